import type { TokenType } from "chevrotain";
import { checkOrder, type Part } from "./check-order.ts";
import { nearest } from "./nearest.ts";
import { declarationStarts } from "./parser-base.ts";
import { isNamePrefix } from "./retag.ts";
import type { SourceToken } from "./source-token.ts";
import * as T from "./token-types.ts";
import type { Name } from "./tree.ts";
import { type Decoration, TypeGrammar } from "./type-grammar.ts";

/** What declarations have in common: a head of clauses, and a block of items between braces. */
export abstract class BlockGrammar extends TypeGrammar {
  /** What stood before the declaration that is being read. */
  protected decoration: Decoration = { start: 0, docs: [], annotations: [] };

  // -------------------------------------------------------------------------------------------- clauses of declarations

  /** Reads one clause of a declaration's head and notes where it stands. */
  protected part(parts: Part[], group: number, body: () => void): void {
    const { start, end, image: word } = this.peek(1);
    body();
    if (!this.RECORDING_PHASE) parts.push({ word, group, start, end: this.endOffset(), keyword: { start, end } });
  }

  /**
   * The clauses of a declaration's head. They are read in any order, and then held to the one in which `clauses` has them,
   * which is what the grammar says. Those whose words are `required` have to be there.
   */
  protected parts(
    owner: string,
    clauses: readonly (readonly [TokenType, () => void])[],
    required: ReadonlySet<TokenType> = none,
  ): Part[] {
    const parts: Part[] = [];
    if (this.RECORDING_PHASE) {
      for (const [place, [type, body]] of clauses.entries()) {
        if (required.has(type)) body();
        else this.option(20 + place, body);
      }
      return parts;
    }
    for (;;) {
      const group = clauses.findIndex(([type]) => this.is(type));
      if (group !== -1) this.part(parts, group, (clauses[group] as (typeof clauses)[number])[1]);
      else if (!this.correctPart(clauses)) break;
    }
    if (parts.length > 1) {
      const words = clauses.map(([type]) => `\`${type.LABEL}\``);
      checkOrder(parts, owner, `the order of the clauses is ${words.join(", ")}`, this.text, this.findings);
    }
    return parts;
  }

  private correctPart(clauses: readonly (readonly [TokenType, () => void])[]): boolean {
    const token = this.peek(1);
    if (token.tokenType !== T.Identifier || this.nextIs(2, T.Colon) || !this.isA(T.Word, 2)) return false;
    const meant = nearest(
      token.image,
      clauses.map(([type]) => type.LABEL as T.Keyword),
    );
    if (meant === null) return false;
    this.correct(token, meant);
    return true;
  }

  // -------------------------------------------------------------------------------------------------------------- blocks

  protected startsMember(): boolean {
    if (this.is(T.At)) return true;
    if (!this.isA(T.PlainName) || this.startsRuleOrDeclaration()) return false;
    return this.nextIs(0, T.LBrace) || this.startsLine() || isNamePrefix(this.peek(2), this.peek(3));
  }

  /**
   * `{ item* }`. What is no item is reported and skipped up to the next one; a declaration that begins inside shows that
   * the closing brace is missing.
   */
  protected block(
    occurrence: number,
    owner: string,
    what: () => string,
    isItem: () => boolean,
    item: () => void,
  ): void {
    const open = this.expect(occurrence, T.LBrace, "`{`") ?? this.laterBrace();
    if (open !== null) this.blockRest(occurrence, open, owner, what, isItem, item);
  }

  /** The opening brace behind what could not be read of a head, if there is one before the next declaration. */
  private laterBrace(): SourceToken | null {
    for (let n = 1; n <= 20; n += 1) {
      const { tokenType, start } = this.peek(n);
      if (start === undefined || tokenType === T.RBrace || (declarationStarts.has(tokenType) && this.startsLine(n)))
        return null;
      if (tokenType !== T.LBrace) continue;
      for (let skipped = 1; skipped < n; skipped += 1) this.skip();
      return this.skip();
    }
    return null;
  }

  /** The block from behind its opening brace. */
  protected blockRest(
    occurrence: number,
    open: SourceToken,
    owner: string,
    what: () => string,
    isItem: () => boolean,
    item: () => void,
  ): void {
    if (this.RECORDING_PHASE) {
      this.many(occurrence + 1, item);
      this.consume(occurrence, T.RBrace);
      return;
    }
    while (!this.atEnd() && !this.is(T.RBrace)) {
      if (isItem()) item();
      else if (this.startsRuleOrDeclaration()) break;
      else if (this.is(T.Comma)) this.refuseComma();
      else {
        this.expectedItem(`${what()} or \`}\``);
        this.skipToItem(isItem);
      }
    }
    this.close(occurrence, T.RBrace, open, owner);
  }

  /** Skips at least one token, and balanced braces as one. */
  private skipToItem(isItem: () => boolean): void {
    let braces = 0;
    do {
      if (this.is(T.LBrace)) braces += 1;
      else if (this.is(T.RBrace)) braces -= 1;
      this.skip();
      if (braces === 0 && (this.is(T.RBrace) || isItem())) return;
    } while (!this.atEnd() && !this.startsRuleOrDeclaration());
  }
}

const none: ReadonlySet<TokenType> = new Set();

/** Sets a part of a head, unless it is there already: of a clause that stands twice, the first counts. */
export function keepFirst<Head, Key extends keyof Head>(head: Head, key: Key, value: Head[Key]): void {
  if (head[key] === undefined) head[key] = value;
}

/** A name as it goes into a message, after a space; nothing where it is missing. */
export function quoted(name: Name): string {
  return name.text === "" || name.text === undefined ? "" : ` \`${name.text}\``;
}
