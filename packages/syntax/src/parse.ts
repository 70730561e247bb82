import { checkTree } from "./check-tree.ts";
import type { Finding } from "./diagnostic.ts";
import { tooManyErrors } from "./diagnostics/index.ts";
import { type Findings, findingLimit } from "./findings.ts";
import { Grammar } from "./grammar.ts";
import { lex } from "./lexer.ts";
import type { Token } from "./source-token.ts";
import type { SourceFile } from "./tree.ts";

/** A text, what it says, and what is wrong with it. */
export interface SyntaxTree {
  readonly text: string;
  readonly file: SourceFile;
  /** All tokens in order, comments included; between two of them there is only white space. */
  readonly tokens: readonly Token[];
  /** Sorted by place. */
  readonly findings: readonly Finding[];
}

let grammar: Grammar | undefined;

/**
 * Parses a file. Total: any text, however broken, gives a tree and findings, in time and space linear in its length and
 * on a bounded stack. Offsets are UTF-16 code units. A byte order mark at the start is skipped.
 */
export function parse(text: string): SyntaxTree {
  const { tokens, significant, findings: lexical } = lex(text);
  grammar ??= new Grammar();
  grammar.start(text, tokens, significant);
  const file = grammar.file();
  const findings = inOrder([lexical, grammar.findings, checkTree(file, text, tokens)], tokens.at(-1));
  grammar.start("", [], []);
  return { text, file, tokens, findings };
}

/** All findings by their place; where there are too many, the first ones and a word about the rest. */
function inOrder(parts: readonly Findings[], last: Token | undefined): Finding[] {
  const all = parts.flatMap(({ list }) => list);
  all.sort((a, b) => a.start - b.start || a.end - b.end || (a.code < b.code ? -1 : 1));
  if (parts.every(({ count }) => count <= findingLimit) && all.length <= findingLimit) return all;
  const kept = all.slice(0, findingLimit);
  const from = kept.at(-1)?.end ?? 0;
  kept.push(tooManyErrors.at({ start: from, end: Math.max(from, last?.end ?? 0) }, [findingLimit]));
  return kept;
}
