import type { SourceToken } from "../source-token.ts";
import { clauseWords } from "../token-types.ts";

/** Lines are broken beyond this many columns, where they may be. */
export const lineWidth = 120;

/** What an opening brace is for. */
export type BraceKind = "set" | "exceptions" | "block";

export function braceKind(before: SourceToken | undefined): BraceKind {
  if (before?.image === "except") return "exceptions";
  return before?.image === "in" || before?.type === "operator" ? "set" : "block";
}

const tightBefore: ReadonlySet<string> = new Set([",", ")", ".", "..", "?", ":", "/"]);
const tightAfter: ReadonlySet<string> = new Set(["(", ".", "..", "@", "/"]);

/** The white space between two tokens of one line; `brace` is the kind of the innermost brace that is open. */
export function spaceBetween(before: SourceToken, after: SourceToken, brace: BraceKind): "" | " " {
  if (after.type !== "string" && tightBefore.has(after.image)) return "";
  if (before.type !== "string" && tightAfter.has(before.image)) return "";
  // A parenthesis is a call's or an annotation's after a name, and groups after a keyword.
  if (after.image === "(") return before.type === "name" ? "" : " ";
  if (before.image === "{" || after.image === "}") return brace === "exceptions" ? " " : "";
  return " ";
}

const breakable: ReadonlySet<string> = new Set([
  ...["and", "or", "within", "precision", "reaches", "quiet", "started", "derived", "deleted"],
  ...clauseWords,
  "covertly",
]);
/** Words that what follows belongs to. */
const bound: ReadonlySet<string> = new Set(["consent", "objection", "collected", "except", "keep"]);

/** Whether a line that is too long may be broken between two tokens. */
export function mayBreak(before: SourceToken, after: SourceToken): boolean {
  if (before.image === ",") return true;
  if (after.image === "|") return true;
  return (
    after.type === "keyword" && breakable.has(after.image) && !(before.type === "keyword" && bound.has(before.image))
  );
}
