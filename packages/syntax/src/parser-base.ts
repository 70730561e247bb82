import { EmbeddedActionsParser, EOF, type IToken, type ParserMethod, type TokenType, tokenMatcher } from "chevrotain";
import type { Finding } from "./diagnostic.ts";
import { nestingTooDeep, unclosed, unexpectedToken } from "./diagnostics/index.ts";
import { Findings } from "./findings.ts";
import { isNamePrefix } from "./retag.ts";
import { SourceToken } from "./source-token.ts";
import * as T from "./token-types.ts";
import type { Missing, Name, Range } from "./tree.ts";

/** Parentheses, `except` and `not` that may be inside each other. */
export const nestingLimit = 256;

export type RuleOf<Result> = ParserMethod<[], Result>;
type WithBody<Result> = RuleOf<Result> & { readonly body: () => Result };

/**
 * What all grammar rules share.
 *
 * No rule ever fails: a rule looks before it consumes, reports what is missing and returns a node all the same. So
 * chevrotain's own recovery, which skips tokens behind the rules' back, is off, and its stack stays shallow.
 */
export abstract class ParserBase extends EmbeddedActionsParser {
  findings = new Findings();
  /** All tokens, comments included. */
  protected all: readonly SourceToken[] = [];
  protected text = "";
  /** Parentheses, `except` and `not` that are open. */
  protected depth = 0;
  /** Braces of exceptions that are open. */
  protected exceptionBraces = 0;
  /** Set where no brace can follow the name that is read: `subject {` is a declaration there, and the name is missing. */
  protected unbraced = false;
  /** Set from nesting too deeply until the next rule or declaration: what follows from one error is no second one. */
  protected muted = false;
  private lastReported: IToken | null = null;

  constructor(validate: boolean) {
    super(T.vocabulary, { maxLookahead: 1, recoveryEnabled: false, skipValidations: !validate, traceInitPerf: false });
  }

  /**
   * Has the parser take input without chevrotain's having worked out its grammar, which would tell it where to go at an
   * `or` or a `many`: the rules look for themselves.
   */
  protected skipSelfAnalysis(): void {
    Object.assign(this, { selfAnalysisDone: true });
  }

  /** Makes ready for another text. */
  start(text: string, all: readonly SourceToken[], significant: SourceToken[]): void {
    this.input = significant;
    this.text = text;
    this.all = all;
    this.findings = new Findings();
    this.depth = 0;
    this.exceptionBraces = 0;
    this.unbraced = false;
    this.muted = false;
    this.lastReported = null;
  }

  // ------------------------------------------------------------------------------------------------- looking at tokens

  /** The `n`th token ahead, from 1; the one last consumed is 0. */
  protected peek(n: number): SourceToken {
    return this.LA(n) as SourceToken;
  }
  protected is(type: TokenType): boolean {
    return this.LA(1).tokenTypeIdx === type.tokenTypeIdx;
  }
  protected nextIs(n: number, type: TokenType): boolean {
    return this.LA(n).tokenTypeIdx === type.tokenTypeIdx;
  }
  protected isA(type: TokenType, n = 1): boolean {
    return tokenMatcher(this.LA(n), type);
  }
  protected atEnd(): boolean {
    return this.LA(1).tokenTypeIdx === EOF.tokenTypeIdx;
  }
  /** Where the next token starts; at the end of the file, where the last one ended. */
  protected startOffset(): number {
    return this.atEnd() ? this.endOffset() : this.peek(1).start;
  }
  /** Where the last token ended, 0 before the first. */
  protected endOffset(): number {
    const { end } = this.peek(0);
    return end === undefined ? 0 : end;
  }
  protected nothing(): Range {
    const at = this.endOffset();
    return { start: at, end: at };
  }
  protected startsLine(n = 1): boolean {
    const token = this.peek(n);
    const before = this.peek(n - 1);
    if (token.start === undefined || before.end === undefined) return true;
    return /[\r\n]/.test(this.text.slice(before.end, token.start));
  }

  /**
   * Whether a name can stand here. A keyword can be one, unless what follows shows that it is meant as a keyword and
   * that the name before it is missing: no name is followed by another plain one, by a literal or by a colon. Where no
   * keyword of its spelling is either, it is a name all the same, and what follows is misspelt.
   */
  protected isName(): boolean {
    const token = this.peek(1);
    if (!this.isA(T.Word)) return false;
    const next = this.peek(2);
    if (next.tokenType === T.Colon || (next.tokenType === T.Question && isNamePrefix(next, this.peek(3)))) return false;
    if (token.type !== "keyword") return true;
    if (next.type === "string" || next.type === "int") return false;
    if (next.tokenType === T.LBrace) return !(this.unbraced && (this.is(T.K.subject) || this.is(T.K.facts)));
    if (next.type === "keyword") return !neverAfterName.has(next.tokenType);
    if (neverBeforeName.has(token.tokenType)) return true;
    return !tokenMatcher(next, T.PlainName) || isNamePrefix(this.peek(3), this.peek(4));
  }

  // --------------------------------------------------------------------------------------------------------- consuming

  /** Consumes a token of this type, which has been looked at. While chevrotain records the grammar, any token will do. */
  protected take(occurrence: number, type: TokenType): SourceToken {
    const token = this.consume(occurrence, type);
    return this.RECORDING_PHASE ? new SourceToken("name", 0, "", T.Identifier, 0) : (token as SourceToken);
  }

  /**
   * Declares a rule. What chevrotain makes of it keeps books for looking ahead and for recovering; the rules here do both
   * themselves, so one rule calls the body of another, at a fraction of the cost.
   */
  protected define<Result>(name: string, body: () => Result): RuleOf<Result> {
    return Object.assign(this.RULE(name, body), { body });
  }

  /** What another rule finds. While chevrotain records the grammar, something that has all that is asked of a result. */
  protected sub<Result>(occurrence: number, rule: RuleOf<Result>): Result {
    if (!this.RECORDING_PHASE) return (rule as WithBody<Result>).body();
    this.subrule(occurrence, rule);
    return Object.assign([], { kind: "missing", start: 0, end: 0, parts: [] }) as Result;
  }

  /** Consumes a token of this type; where there is none, says what was expected and returns null. */
  protected expect(occurrence: number, type: TokenType, what: string): SourceToken | null {
    if (this.RECORDING_PHASE || tokenMatcher(this.LA(1), type)) return this.take(occurrence, type);
    this.expected(what);
    return null;
  }

  /** Consumes the next token whatever it is and returns it, outside the grammar: what is skipped is no part of it. */
  protected skip(): SourceToken {
    const token = this.peek(1);
    // It answers with the token behind the one that it skips.
    this.SKIP_TOKEN();
    return token;
  }

  /** `[first …]`: the body begins with a token of type `first`. */
  protected maybe(occurrence: number, first: TokenType, body: () => void): void {
    if (this.RECORDING_PHASE) this.option(occurrence, body);
    else if (this.is(first)) body();
  }

  /** `(first …)*`: every turn begins with a token of type `first`. */
  protected repeat(occurrence: number, first: TokenType, body: () => void): void {
    if (this.RECORDING_PHASE) this.many(occurrence, body);
    else while (this.is(first)) body();
  }

  /** `a | b`, of which `first` says whether it is `a`. */
  protected either<Result>(occurrence: number, first: boolean, a: () => Result, b: () => Result): Result {
    if (this.RECORDING_PHASE) return this.firstOf(occurrence, [{ ALT: a }, { ALT: b }]);
    return first ? a() : b();
  }

  /** `a | b | …`: the first that can stand here. A keyword may be a name as well, so chevrotain sees two that can. */
  protected firstOf<Result>(occurrence: number, alternatives: { ALT: () => Result }[]): Result {
    return this.or(occurrence, { DEF: alternatives, IGNORE_AMBIGUITIES: true }) as Result;
  }

  /** `a | b | …`, of which the caller knows which one. */
  protected choose<Result>(occurrence: number, alternatives: { ALT: () => Result }[], chosen: number): Result {
    if (this.RECORDING_PHASE) return this.firstOf(occurrence, alternatives);
    return (alternatives[chosen] as { ALT: () => Result }).ALT();
  }

  /** A name, consumed under the given occurrence; an empty one, after a complaint, where there is none. */
  protected takeName(occurrence: number, what: string): Name {
    if (!this.RECORDING_PHASE && !this.isName()) {
      this.expected(what);
      return { kind: "name", ...this.nothing(), text: "", quoted: false };
    }
    return this.nameOf(this.take(occurrence, T.Word));
  }

  protected nameOf(token: SourceToken): Name {
    token.type = "name";
    const quoted = token.tokenType === T.Quoted || token.tokenType === T.OpenQuoted;
    const text = quoted ? token.image.slice(1, token.tokenType === T.Quoted ? -1 : undefined) : token.image;
    return { kind: "name", start: token.start, end: token.end, text, quoted };
  }

  protected missing(what: string): Missing {
    this.expected(what);
    return { kind: "missing", ...this.nothing() };
  }

  // --------------------------------------------------------------------------------------------------------- reporting

  /** Says that something else is expected here: once for a place, and not where something meaningless was left out. */
  protected expected(what: string): void {
    const after = this.peek(0);
    const context = after.image === undefined || after.image === "" ? "" : ` after \`${clip(after.image)}\``;
    this.complain((range, found) => unexpectedToken.at(range, [`${what}${context}`, found]));
  }

  /** Consumes the closing token; where it is missing, points at the opening one as well. */
  protected close(occurrence: number, type: TokenType, open: SourceToken | null, what: string): void {
    if (this.RECORDING_PHASE || (this.is(type) && !this.muted)) {
      this.consume(occurrence, type);
      return;
    }
    const closing = type === T.RBrace ? "}" : ")";
    this.complain((range, found) =>
      unclosed.at(range, [closing, what, found], {
        related: open === null ? [] : [{ start: open.start, end: open.end, message: "It was opened here." }],
      }),
    );
  }

  /** Says that something else is expected where an item of a list of them would begin. */
  protected expectedItem(what: string): void {
    const token = this.peek(1);
    this.complain((range, found) => unexpectedToken.at(this.atEnd() ? range : this.rangeOf(token), [what, found]));
  }

  protected complain(finding: (range: Range, found: string) => Finding): void {
    const next = this.LA(1);
    if (this.RECORDING_PHASE || this.muted || next === this.lastReported) return;
    this.lastReported = next;
    const after = this.peek(0);
    const from = (after.index ?? -1) + 1;
    const to = this.atEnd() ? this.all.length : this.peek(1).index;
    for (let i = from; i < to; i += 1) {
      const { type, tokenType } = this.all[i] as SourceToken;
      if (type === "error" || tokenType === T.OpenComment) return;
    }
    const found = this.atEnd() ? "the end of the file" : `\`${clip(next.image)}\``;
    const here = this.atEnd() || this.startsLine() ? this.nothing() : this.rangeOf(this.peek(1));
    this.findings.push(finding(here, found));
  }

  protected rangeOf(token: SourceToken): Range {
    return { start: token.start, end: token.end };
  }

  // ----------------------------------------------------------------------------------------------------------- nesting

  /** Goes some levels deeper. Beyond the limit, the rest of the rule is skipped and the answer is false. */
  protected enter(levels: number): boolean {
    if (this.depth + levels <= nestingLimit || this.RECORDING_PHASE) {
      this.depth += levels;
      return true;
    }
    if (!this.muted) this.findings.push(nestingTooDeep.at(this.rangeOf(this.peek(0)), [nestingLimit]));
    this.muted = true;
    this.skipToNextRule();
    return false;
  }

  protected leave(levels: number): void {
    if (!this.RECORDING_PHASE) this.depth -= levels;
  }

  /** Skips what is left of the rule or declaration, closed braces included. */
  protected skipToNextRule(): void {
    let braces = this.exceptionBraces;
    while (!this.atEnd() && (this.isAwaitedName() || !this.startsRuleOrDeclaration())) {
      if (this.is(T.LBrace)) braces += 1;
      else if (this.is(T.RBrace)) {
        if (braces === 0) return;
        braces -= 1;
      }
      this.skip();
    }
  }

  /** Whether what was read last has to go on with a name, and a name can stand here, though it may be a keyword elsewhere. */
  private isAwaitedName(): boolean {
    return goesOn.has(this.peek(0).tokenType) && this.isName();
  }

  /** Whether a rule, a bound or a declaration begins here, as far as can be told without knowing where one is. */
  protected startsRuleOrDeclaration(): boolean {
    const { tokenType } = this.peek(1);
    if (tokenType === T.At) return this.startsLine();
    if (tokenMatcher(this.LA(1), T.PlainName)) {
      if (!this.nextIs(2, T.Colon) || !(this.nextIs(3, T.K.allow) || this.nextIs(3, T.K.deny))) return false;
      // A field or an attribute may have `allow` behind its colon, but then no word follows but the next one's name.
      return this.isA(T.Word, 4) && !isNamePrefix(this.peek(5), this.peek(6));
    }
    if (!ruleStarts.has(tokenType)) return false;
    return (
      this.startsLine() &&
      (tokenMatcher(this.LA(2), T.Word) || this.peek(2).type === "string" || this.nextIs(2, T.LBrace))
    );
  }
}

/** As much of a token as a message can show. */
export function clip(image: string): string {
  const line = image.slice(0, 80).replace(/\s+/g, " ");
  return line.length > 40 ? `${line.slice(0, 40)}…` : line;
}

export const declarationWords = [
  ...["policy", "use", "category", "source", "purpose", "recipient", "channel", "subject", "facts", "condition"],
  ...["duty", "interaction", "promise", "test"],
] as const;
/** The types of the words that begin a declaration. */
export const declarationStarts: ReadonlySet<TokenType> = new Set(declarationWords.map((word) => T.K[word]));
const ruleStarts: ReadonlySet<TokenType> = new Set([
  ...declarationStarts,
  ...[T.K.allow, T.K.deny, T.K.purposes, T.K.channels, T.K.never, T.K.always, T.K.expect],
]);
/** What cannot be the last of a rule: in a condition or an exception, a name follows it. */
const goesOn: ReadonlySet<TokenType> = new Set([
  ...[T.K.except, T.LBrace, T.Pipe, T.Comma, T.K.with, T.K.for, T.K.on, T.K.to, T.K.at, T.K.when, T.K.unless],
  ...[T.LParen, T.K.and, T.K.or, T.K.not, T.K.in, T.Equal, T.NotEqual, T.LessEqual, T.Less, T.GreaterEqual, T.Greater],
]);
/** Keywords that can follow no name, in any construct. */
const neverAfterName: ReadonlySet<TokenType> = new Set([
  ...[T.K.from, T.K.most, T.K.by, T.K.store, T.K.of, T.K.company, T.K.customer],
  ...[T.K.collect, T.K.infer, T.K.combine, T.K.disclose, T.K.process, T.K.per, T.K.explicit, T.K.consent],
  ...[T.K.objection, T.K.contract, T.K.legal_obligation, T.K.legitimate_interest, T.K.vital_interest],
  ...[T.K.public_task, T.K.not, T.K.true, T.K.false],
]);
/** Keywords that no plain name follows, in any construct, and that std or a policy is likely to have as names. */
export const neverBeforeName: ReadonlySet<TokenType> = new Set([
  ...[T.K.customer, T.K.company, T.K.special, T.K.public, T.K.third_party, T.K.observed, T.K.published],
]);
