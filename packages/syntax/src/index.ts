export { syntaxCatalogue } from "./catalogue.ts";
export * from "./diagnostic.ts";
export { LineIndex } from "./line-index.ts";
export { nearest } from "./nearest.ts";
export { parse, type SyntaxTree } from "./parse.ts";
export type { Token, TokenKind } from "./source-token.ts";
export { stripRanges } from "./strip-ranges.ts";
export * from "./tree.ts";
export { childrenOf, type Node, walk } from "./walk.ts";
