import type { IToken, TokenType } from "chevrotain";
import type { Range } from "./tree.ts";

/** What a token is for whoever colours or moves it; a keyword that serves as a name is a `name`. */
export type TokenKind =
  | "name"
  | "keyword"
  | "unit"
  | "int"
  | "time"
  | "date"
  | "string"
  | "operator"
  | "punctuation"
  | "comment"
  | "doc"
  | "error";

/** One token. Between two neighbours there is nothing but white space (and, before the first, a byte order mark). */
export interface Token extends Range {
  readonly type: TokenKind;
}

/** The token as lexer and parser share it: theirs to change until the tree is handed out. */
export class SourceToken implements Token, IToken {
  type: TokenKind;
  readonly start: number;
  end: number;
  image: string;
  tokenType: TokenType;
  tokenTypeIdx: number;
  /** Its place among all tokens, comments included. */
  readonly index: number;

  constructor(type: TokenKind, start: number, image: string, tokenType: TokenType, index: number) {
    this.type = type;
    this.start = start;
    this.end = start + image.length;
    this.image = image;
    this.tokenType = tokenType;
    this.tokenTypeIdx = tokenType.tokenTypeIdx as number;
    this.index = index;
  }

  get startOffset(): number {
    return this.start;
  }

  /** Takes in what follows directly: a run of meaningless characters is one token, and one finding. */
  extend(image: string): void {
    this.image += image;
    this.end += image.length;
  }

  retag(tokenType: TokenType, type: TokenKind): void {
    this.tokenType = tokenType;
    this.tokenTypeIdx = tokenType.tokenTypeIdx as number;
    this.type = type;
  }
}
