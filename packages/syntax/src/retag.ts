import type { TokenType } from "chevrotain";
import { foreignOperator } from "./diagnostics/index.ts";
import type { Findings } from "./findings.ts";
import { unitOf } from "./literals.ts";
import type { SourceToken } from "./source-token.ts";
import * as T from "./token-types.ts";

/**
 * Words become keywords and units, in one pass over what the parser will see.
 *
 * A word that directly follows a `.`, or directly precedes a `.` or a `:`, is a name and nothing else; so is one before
 * the `?` of an optional attribute. A unit is one directly after an integer or after `per`. Every other word that has a
 * keyword's spelling gets the keyword's type, which still counts as a `Word`: whether it is one is up to the grammar.
 */
export function retag(tokens: readonly SourceToken[], findings: Findings): void {
  let previous: TokenType | undefined;
  for (const [place, token] of tokens.entries()) {
    if (token.tokenType === T.Identifier) {
      const type = wordType(token.image, previous, tokens[place + 1], tokens[place + 2]);
      if (type !== undefined) token.retag(type, type === T.Unit ? "unit" : "keyword");
    } else if (token.tokenType === T.ForeignOperator) {
      reviseOperator(token, tokens[place - 1], tokens[place + 1], findings);
    }
    previous = token.tokenType;
  }
}

function wordType(
  word: string,
  previous: TokenType | undefined,
  next: SourceToken | undefined,
  afterNext: SourceToken | undefined,
): TokenType | undefined {
  const keyword = T.keywordTypes.get(word);
  const afterNumber = previous === T.Int || previous === T.Decimal || previous === T.K.per;
  if (keyword === undefined && !afterNumber) return undefined;
  if (previous === T.Dot || isNamePrefix(next, afterNext)) return undefined;
  return afterNumber && unitOf(word) !== undefined ? T.Unit : keyword;
}

/** Whether what follows makes a name of the word before it. */
export function isNamePrefix(next: SourceToken | undefined, afterNext: SourceToken | undefined): boolean {
  const type = next?.tokenType;
  if (type === T.Dot || type === T.Colon) return true;
  return type === T.Question && afterNext?.tokenType === T.Colon;
}

const meanings: Readonly<Record<string, readonly [string, TokenType]>> = {
  "==": ["=", T.Equal],
  "===": ["=", T.Equal],
  "!==": ["!=", T.NotEqual],
  "<>": ["!=", T.NotEqual],
  "=<": ["<=", T.LessEqual],
  "=>": [">=", T.GreaterEqual],
  "&": ["and", T.K.and],
  "&&": ["and", T.K.and],
  "||": ["or", T.K.or],
  "!": ["not", T.K.not],
};

function reviseOperator(
  token: SourceToken,
  before: SourceToken | undefined,
  after: SourceToken | undefined,
  findings: Findings,
): void {
  const [meant, type] = meanings[token.image] ?? ["=", T.Equal];
  const isWord = /^[a-z]/.test(meant);
  const text = `${isWord && before?.end === token.start ? " " : ""}${meant}${isWord && after?.start === token.end ? " " : ""}`;
  findings.push(
    foreignOperator.at(token, [token.image, meant], {
      fixes: [{ title: `Write \`${meant}\``, edits: [{ start: token.start, end: token.end, text }] }],
    }),
  );
  token.retag(type, "operator");
}
