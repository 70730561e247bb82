import { checkTree } from "./check-tree.ts";
import type { Finding } from "./diagnostic.ts";
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
  const findings = [...lexical, ...grammar.findings, ...checkTree(file, text)];
  grammar.start("", [], []);
  findings.sort((a, b) => a.start - b.start || a.end - b.end || (a.code < b.code ? -1 : 1));
  return { text, file, tokens, findings };
}
