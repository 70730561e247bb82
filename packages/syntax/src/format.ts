import { layOutFile } from "./layout/lay-out-file.ts";
import { Layout } from "./layout/layout.ts";
import { writeTokens } from "./layout/write-tokens.ts";
import { parse, type SyntaxTree } from "./parse.ts";
import type { SourceToken } from "./source-token.ts";

/**
 * The canonical layout of a text. Only the white space between tokens is decided, along the tree: no token and no
 * comment is lost or changed, and formatting twice changes nothing more. A text with syntax errors comes back as it is.
 */
export function format(source: SyntaxTree | string): string {
  const tree = typeof source === "string" ? parse(source) : source;
  if (tree.findings.length > 0) return tree.text;
  const layout = new Layout(tree.tokens as readonly SourceToken[]);
  layOutFile(tree.file, layout);
  return writeTokens(layout, tree.text);
}
