import { Lexer, type TokenType } from "chevrotain";
import { checkToken } from "./check-token.ts";
import type { Finding } from "./diagnostic.ts";
import { strayCharacter } from "./diagnostics/index.ts";
import { needlessSemicolon } from "./diagnostics/needless-semicolon.ts";
import { Findings } from "./findings.ts";
import { removalOfMark } from "./removal.ts";
import { retag } from "./retag.ts";
import { SourceToken, type TokenKind } from "./source-token.ts";
import * as T from "./token-types.ts";

export interface LexedText {
  /** Every token, comments and errors included. */
  readonly tokens: readonly SourceToken[];
  /** What the parser sees: no comments, and nothing that was reported as meaningless. */
  readonly significant: SourceToken[];
  readonly findings: Findings;
}

/** Types that a test has found to be sound. */
export const lexerOptions = {
  positionTracking: "onlyOffset",
  ensureOptimizations: true,
  skipValidations: true,
} as const;
let lexer: Lexer | undefined;

const kinds = new Map<TokenType, TokenKind>([
  [T.Identifier, "name"],
  [T.ForeignWord, "name"],
  [T.Quoted, "name"],
  [T.OpenQuoted, "name"],
  [T.Int, "int"],
  [T.Decimal, "int"],
  [T.Time, "time"],
  [T.DateToken, "date"],
  [T.Text, "string"],
  [T.OpenText, "string"],
  [T.OddlyQuoted, "string"],
  [T.Ordinal, "name"],
  [T.DocComment, "doc"],
  [T.LineComment, "comment"],
  [T.BlockComment, "comment"],
  [T.OpenComment, "comment"],
  [T.Equal, "operator"],
  [T.NotEqual, "operator"],
  [T.Less, "operator"],
  [T.LessEqual, "operator"],
  [T.Greater, "operator"],
  [T.GreaterEqual, "operator"],
  [T.ForeignOperator, "operator"],
  [T.Stray, "error"],
]);

/** Text to tokens. Total and linear: whatever stands in the text is some token, and what is wrong with it a finding. */
export function lex(text: string): LexedText {
  lexer ??= new Lexer(T.lexedTypes, lexerOptions);
  const marked = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const { tokens: found } = lexer.tokenize(marked === 1 ? text.slice(1) : text);
  const tokens: SourceToken[] = [];
  const significant: SourceToken[] = [];
  const findings = new Findings();
  for (const { image, startOffset, tokenType } of found) {
    const start = startOffset + marked;
    const last = tokens[tokens.length - 1];
    if (
      tokenType === T.Stray &&
      last !== undefined &&
      last.tokenType === T.Stray &&
      last.end === start &&
      image !== ";"
    ) {
      last.extend(image);
      continue;
    }
    const kind = kinds.get(tokenType) ?? "punctuation";
    const token = new SourceToken(kind, start, image, tokenType, tokens.length);
    tokens.push(token);
    if (kind !== "comment" && kind !== "doc" && kind !== "error") significant.push(token);
  }
  for (const token of tokens) {
    if (token.tokenType === T.Stray) findings.push(stray(token, text));
    else checkToken(token, findings);
  }
  retag(significant, findings);
  return { tokens, significant, findings };
}

function stray(token: SourceToken, text: string): Finding {
  if (token.image === ";") {
    return needlessSemicolon.at(token, [], {
      fixes: [{ title: "Remove the semicolon", edits: [removalOfMark(text, token)] }],
    });
  }
  const shown = token.image.length > 20 ? `${[...token.image].slice(0, 20).join("")}…` : token.image;
  return strayCharacter.at(token, [printable(shown), hint(token.image)]);
}

function hint(image: string): string {
  if (/^[+\-*%^]/.test(image)) return "There is no arithmetic: compare with the value that is meant.";
  if (/^[[\]]/.test(image)) return "A set stands between braces, a nested test between parentheses.";
  if (/^#/.test(image)) return "`#` and a number name a rule that has no name of its own, as in `offer_email.#2`.";
  if (/^'/.test(image)) return 'Strings stand between `"` and `"`.';
  return "Take it away, or put it into a string, a comment or a name between backticks.";
}

/** Quoted where it can be seen, by its code point where it cannot. */
function printable(text: string): string {
  return /^[\p{L}\p{M}\p{N}\p{P}\p{S}]+$/u.test(text)
    ? `\`${text}\``
    : [...text].map((c) => `U+${(c.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`).join(" ");
}
