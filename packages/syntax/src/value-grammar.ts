import { durationOutOfRange } from "./diagnostics/duration-out-of-range.ts";
import { missingUnit, needlessComma, unknownWord } from "./diagnostics/index.ts";
import {
  dateFault,
  intValue,
  nearestUnit,
  textValue,
  timeFault,
  timeValue,
  unitList,
  unitOf,
  unitSeconds,
} from "./literals.ts";
import { ParserBase, type RuleOf } from "./parser-base.ts";
import { removalOfMark } from "./removal.ts";
import { isNamePrefix } from "./retag.ts";
import type { SourceToken, TokenKind } from "./source-token.ts";
import * as T from "./token-types.ts";
import type {
  DateLiteral,
  DurationLiteral,
  IntLiteral,
  Literal,
  Missing,
  Name,
  Path,
  Range,
  RangeLiteral,
  Ref,
  SetLiteral,
  StringLiteral,
} from "./tree.ts";

/** What tokens of literals are, in the order of the alternatives; behind them are `true` and `false`. */
const literalKinds: readonly TokenKind[] = ["int", "time", "date", "string"];

/** What stands in the text: a token, or several that are taken together. */
export interface Written extends Range {
  readonly image: string;
}

/** Names, paths, literals, sets and ranges. Rules take no arguments: what a name is for is said in `what` before it is asked for. */
export abstract class ValueGrammar extends ParserBase {
  /** What the next name, path or value is, for the message if it is missing. */
  protected what = "a name";

  protected pathOf(occurrence: number, what: string): Path {
    this.what = what;
    return this.sub(occurrence, this.path);
  }

  readonly path: RuleOf<Path> = this.define("path", (): Path => {
    const start = this.startOffset();
    const first = this.takeName(0, this.what);
    const parts: Name[] = [first];
    this.repeat(0, T.Dot, () => {
      const dot = this.take(0, T.Dot);
      if (this.cutOff(dot)) parts.push({ kind: "name", ...this.nothing(), text: "", quoted: false });
      else parts.push(this.takeName(1, "a name"));
    });
    return { kind: "path", start: first.text === "" ? first.start : start, end: this.endOffset(), parts };
  });

  /**
   * Whether the word after this dot is the next clause rather than the rest of the name: it stands on another line, is
   * spelt like a keyword, and goes on like one. It becomes a keyword again then.
   */
  private cutOff(dot: SourceToken): boolean {
    if (this.RECORDING_PHASE || this.peek(1).tokenType !== T.Identifier || !this.startsLine()) return false;
    const keyword = T.keywordTypes.get(this.peek(1).image);
    if (keyword === undefined || dot.end === this.peek(1).start) return false;
    const token = this.peek(1);
    token.retag(keyword, "keyword");
    if (this.isName()) {
      token.retag(T.Identifier, "name");
      return false;
    }
    this.expected("a name");
    return true;
  }

  /** `a, b, c`: at least one. */
  protected pathsOf(occurrence: number, what: string): Path[] {
    this.what = what;
    return this.sub(occurrence, this.paths);
  }

  readonly paths: RuleOf<Path[]> = this.define("paths", (): Path[] => {
    const what = this.what;
    const paths = [this.sub(0, this.path)];
    this.repeat(0, T.Comma, () => {
      if (
        !this.RECORDING_PHASE &&
        this.isA(T.PlainName, 2) &&
        isNamePrefix(this.peek(3), this.peek(4)) &&
        !this.nextIs(3, T.Dot)
      ) {
        this.refuseComma();
        return;
      }
      this.consume(0, T.Comma);
      paths.push(this.pathOf(1, what));
    });
    return paths;
  });

  /** A comma before the next field, attribute or rule. */
  protected refuseComma(): void {
    const range = this.rangeOf(this.peek(1));
    this.skip();
    this.findings.push(
      needlessComma.at(range, [], { fixes: [{ title: "Remove the comma", edits: [removalOfMark(this.text, range)] }] }),
    );
  }

  // ----------------------------------------------------------------------------------------------------------- literals

  readonly literal: RuleOf<Literal> = this.define("literal", (): Literal => {
    this.literals ??= [
      { ALT: () => this.sub(0, this.number) },
      { ALT: () => this.timeOf(this.take(0, T.Time)) },
      { ALT: () => this.dateOf(this.take(0, T.DateToken)) },
      { ALT: () => this.textOf(this.take(0, T.Text)) },
      { ALT: () => this.boolOf(this.take(0, T.K.true)) },
      { ALT: () => this.boolOf(this.take(0, T.K.false)) },
    ];
    const place = literalKinds.indexOf(this.peek(1).type);
    return this.choose(0, this.literals, place !== -1 ? place : literalKinds.length + (this.is(T.K.true) ? 0 : 1));
  });
  private literals: { ALT: () => Literal }[] | undefined;

  /** Whether the `n`th token ahead is a literal. */
  protected isLiteral(n = 1): boolean {
    const { type } = this.peek(n);
    if (type === "int" || type === "time" || type === "date" || type === "string") return true;
    return this.nextIs(n, T.K.true) || this.nextIs(n, T.K.false);
  }

  /** An integer, or a duration where a unit follows. */
  readonly number: RuleOf<IntLiteral | DurationLiteral> = this.define("number", (): IntLiteral | DurationLiteral => {
    const token = this.take(0, T.Int);
    const count = this.RECORDING_PHASE ? 0 : intValue(token.image);
    let unit: SourceToken | undefined;
    this.maybe(0, T.Unit, () => {
      unit = this.take(0, T.Unit);
    });
    if (!this.RECORDING_PHASE) unit ??= this.misspeltUnit() ?? undefined;
    if (unit === undefined || this.RECORDING_PHASE)
      return { kind: "int", start: token.start, end: token.end, value: count };
    return this.durationOf(token, count, unit);
  });

  /** Consumes a word that is nearly a unit, after the integer on the same line; null where there is none. */
  private misspeltUnit(): SourceToken | null {
    const token = this.peek(1);
    if (token.tokenType !== T.Identifier || this.startsLine() || isNamePrefix(this.peek(2), this.peek(3))) return null;
    const meant = nearestUnit(token.image);
    if (meant === null) return null;
    this.skip();
    this.unknown("unit of time", token, unitList, meant);
    token.retag(T.Unit, "unit");
    return token;
  }

  /** Consumes a unit that a colon, which is out of place, makes a name of; null where there is none. A name would begin a line. */
  protected unitBeforeColon(): SourceToken | null {
    const token = this.peek(1);
    if (token.tokenType !== T.Identifier || this.startsLine() || unitOf(token.image) === undefined) return null;
    this.skip();
    token.retag(T.Unit, "unit");
    return token;
  }

  /**
   * Reports a word that is none of those which may stand in its place. If it is one, a dot or a colon beside it made a name of it: that is
   * out of place then, and reported where it stands.
   */
  protected unknown(what: string, { start, end, image }: Written, known: string, suggestion: string | null): void {
    if (this.muted || image === suggestion) return;
    const fixes =
      suggestion === null ? [] : [{ title: `Write \`${suggestion}\``, edits: [{ start, end, text: suggestion }] }];
    this.findings.push(unknownWord.at({ start, end }, [what, image, known, suggestion], { fixes }));
  }

  private durationOf(token: SourceToken, count: number, word: SourceToken): DurationLiteral {
    const unit = unitOf(word.image) ?? unitOf(nearestUnit(word.image) ?? "") ?? "second";
    const seconds = count * unitSeconds[unit];
    const range = { start: token.start, end: word.end };
    const fits = count >= 0 && Number.isSafeInteger(seconds);
    if (!fits && !Number.isNaN(count)) {
      const why = count < 0 ? "it is less than nothing." : "in seconds it goes beyond 2^53-1.";
      this.findings.push(durationOutOfRange.at(range, [`${token.image} ${word.image}`, why]));
    }
    return { kind: "duration", ...range, count, unit, seconds: fits ? seconds : Number.NaN };
  }

  /** A duration, where nothing else will do. */
  protected duration(occurrence: number): DurationLiteral | Missing {
    if (!this.RECORDING_PHASE && !this.isA(T.Int)) return this.missing("a duration such as `30 days`");
    const found = this.sub(occurrence, this.number);
    if (this.RECORDING_PHASE || found.kind === "duration") return found as DurationLiteral;
    const token = this.peek(0);
    const unit = this.unitBeforeColon();
    if (unit !== null) return this.durationOf(token, found.value, unit);
    if (!this.muted) this.findings.push(missingUnit.at(found, [this.peek(0).image]));
    return { kind: "missing", start: found.start, end: found.end };
  }

  protected timeOf(token: SourceToken): Literal {
    if (this.RECORDING_PHASE) return { kind: "time", start: 0, end: 0, value: 0 };
    const value = timeFault(token.image) === null ? timeValue(token.image) : Number.NaN;
    return { kind: "time", start: token.start, end: token.end, value };
  }
  protected dateOf(token: SourceToken): DateLiteral {
    if (this.RECORDING_PHASE) return { kind: "date", start: 0, end: 0, value: "" };
    return {
      kind: "date",
      start: token.start,
      end: token.end,
      value: dateFault(token.image) === null ? token.image : "",
    };
  }
  protected textOf(token: SourceToken): StringLiteral {
    if (this.RECORDING_PHASE) return { kind: "string", start: 0, end: 0, value: "" };
    const value = textValue(token.image, token.tokenType !== T.OpenText);
    return { kind: "string", start: token.start, end: token.end, value };
  }
  private boolOf(token: SourceToken): Literal {
    return { kind: "bool", start: token.start, end: token.end, value: token.tokenType === T.K.true };
  }

  protected date(occurrence: number): DateLiteral | Missing {
    const token = this.expect(occurrence, T.DateToken, "a date such as `2026-09-01`");
    return token === null ? { kind: "missing", ...this.nothing() } : this.dateOf(token);
  }
  protected string(occurrence: number, what: string): StringLiteral | Missing {
    const token = this.expect(occurrence, T.Text, what);
    return token === null ? { kind: "missing", ...this.nothing() } : this.textOf(token);
  }

  /** `{a, b}`, with at least one element. */
  readonly set: RuleOf<SetLiteral> = this.define("set", (): SetLiteral => {
    const open = this.take(0, T.LBrace);
    const elements = this.sub(0, this.elements);
    this.close(0, T.RBrace, open, "the set");
    return { kind: "set", start: open.start, end: this.endOffset(), elements };
  });

  /** `{}` or `{a, b}`: nothing is in the empty set, so nothing asks for it, but it can be what is known. */
  readonly knownSet: RuleOf<SetLiteral> = this.define("knownSet", (): SetLiteral => {
    const open = this.take(0, T.LBrace);
    let elements: readonly (Literal | Ref)[] = [];
    if (this.RECORDING_PHASE) this.option(0, () => this.sub(0, this.elements));
    else if (!this.is(T.RBrace)) elements = this.sub(0, this.elements);
    this.close(0, T.RBrace, open, "the set");
    return { kind: "set", start: open.start, end: this.endOffset(), elements };
  });

  readonly elements: RuleOf<readonly (Literal | Ref)[]> = this.define("elements", (): readonly (Literal | Ref)[] => {
    const elements: (Literal | Ref)[] = [];
    const first = this.operandOf(0, "a value");
    if (first.kind !== "missing") elements.push(first);
    this.repeat(0, T.Comma, () => {
      this.consume(0, T.Comma);
      const value = this.operandOf(1, "a value");
      if (value.kind !== "missing") elements.push(value);
    });
    return elements;
  });

  /** A literal or a bare name. */
  protected operandOf(occurrence: number, what: string): Literal | Ref | Missing {
    this.what = what;
    return this.sub(occurrence, this.operand);
  }

  readonly operand: RuleOf<Literal | Ref | Missing> = this.define("operand", (): Literal | Ref | Missing => {
    if (!this.RECORDING_PHASE && !this.isLiteral() && !this.isName()) return this.missing(this.what);
    return this.either<Literal | Ref>(
      0,
      this.isLiteral(),
      () => this.sub(0, this.literal),
      () => this.refTo(this.sub(0, this.path)),
    );
  });

  protected refTo(path: Path): Ref {
    return { kind: "ref", start: path.start, end: path.end, path };
  }

  /** A value as `given` and the arguments of duties have it: a literal, a bare name or a set, which may be empty. */
  protected takeValue(occurrence: number): Literal | SetLiteral | Ref | Missing {
    return this.sub(occurrence, this.value);
  }

  readonly value: RuleOf<Literal | SetLiteral | Ref | Missing> = this.define(
    "value",
    (): Literal | SetLiteral | Ref | Missing => {
      return this.either<Literal | SetLiteral | Ref | Missing>(
        0,
        this.is(T.LBrace),
        () => this.sub(0, this.knownSet),
        () => this.operandOf(0, "a value"),
      );
    },
  );

  /** The end of a range, after `..`. */
  protected bound(occurrence: number): Literal | Missing {
    if (!this.RECORDING_PHASE && !this.isLiteral()) return this.missing("the end of the range");
    return this.sub(occurrence, this.literal);
  }

  readonly range: RuleOf<RangeLiteral | Missing> = this.define("range", (): RangeLiteral | Missing => {
    if (!this.RECORDING_PHASE && !this.isLiteral())
      return this.missing("a set such as `{a, b}` or a range such as `1..9`");
    const from = this.sub(0, this.literal);
    this.expect(0, T.DotDot, "`..` and the end of the range");
    const to =
      this.RECORDING_PHASE || this.nextIs(0, T.DotDot)
        ? this.bound(1)
        : ({ kind: "missing", ...this.nothing() } as const);
    return { kind: "range", start: from.start, end: this.endOffset(), from, to };
  });
}
