/**
 * What a server says of the service before it has to answer anything: apart from everything else, so that it costs nothing to
 * load.
 */

/** The kinds of code actions that there are, for editors to ask for some. */
export const actionKinds = [
  "quickfix",
  "refactor.extract",
  "refactor.inline",
  "refactor.rewrite",
  "source.fixAll.scruple",
] as const;

/** Commands that the server carries out: `(uri, name)` of a test, or without the name of all in the file. */
export const commands = { runTests: "scruple.runTests", explainTest: "scruple.explainTest" } as const;

/** A command of the editor's own: `(uri, position, locations)`. */
export const showReferences = "scruple.showReferences";

/** The kinds of tokens that the server tells apart, in the order of their numbers. */
export const tokenTypes = [
  "namespace",
  "class",
  "enum",
  "interface",
  "event",
  "struct",
  "property",
  "variable",
  "function",
  "method",
  "enumMember",
  "parameter",
  "keyword",
  "string",
  "number",
  "comment",
  "operator",
  "decorator",
] as const;
export type TokenType = (typeof tokenTypes)[number];

/** What is said of a token besides, each a bit. */
export const tokenModifiers = ["declaration", "documentation", "defaultLibrary"] as const;
export type TokenModifier = (typeof tokenModifiers)[number];
