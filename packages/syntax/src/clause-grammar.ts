import type { TokenType } from "chevrotain";
import { durationOutOfRange, integerOutOfRange, unexpectedToken } from "./diagnostics/index.ts";
import { intValue, nearestUnit, unitList, unitOf, unitSeconds } from "./literals.ts";
import { meantItem, nearest } from "./nearest.ts";
import { clauseTypes, OperationGrammar } from "./operation-grammar.ts";
import { clip, declarationWords, type RuleOf } from "./parser-base.ts";
import { isNamePrefix } from "./retag.ts";
import type { SourceToken } from "./source-token.ts";
import * as T from "./token-types.ts";
import type { BasisWord, Clause, DurationUnit, DutyArgument, DutyCall, Path } from "./tree.ts";

const basisWords = [
  ...["consent", "contract", "legal_obligation", "legitimate_interest", "vital_interest", "public_task"],
] as const;
const basisList = basisWords.map((word) => `\`${word}\``).join(", ");
/** Which alternative of `underClause` a token begins. */
const basisPlaces: ReadonlyMap<TokenType, number> = new Map(basisWords.map((word, place) => [T.K[word], place]));
/** Which alternative of `clause` a token begins. */
const clausePlaces: ReadonlyMap<TokenType, number> = new Map(T.clauseWords.map((word, place) => [T.K[word], place]));
/** What may follow a rule: a misspelt one of these ends the rule before it. */
const itemWords = ["allow", "deny", "never", "always", "expect", ...declarationWords] as const;
const junkTypes: ReadonlySet<string> = new Set(["string", "int", "time", "date", "unit", "operator"]);
const junkMarks: ReadonlySet<TokenType> = new Set([T.Comma, T.Dot, T.DotDot, T.RParen, T.Question, T.Slash]);

/** What rules, exceptions and promises are made of. Clauses are taken in any order; `checkTree` looks at it afterwards. */
export abstract class ClauseGrammar extends OperationGrammar {
  /** All clauses of a rule or of a line of a promise. */
  protected clausesOf(occurrence: number): Clause[] {
    const clauses: Clause[] = [];
    if (this.RECORDING_PHASE) {
      this.many(occurrence, () => clauses.push(this.sub(occurrence, this.clause)));
      return clauses;
    }
    for (;;) {
      if (clauseTypes.has(this.peek(1).tokenType)) clauses.push(this.sub(occurrence, this.clause));
      else if (!this.correctClause() && !this.refuseJunk()) return clauses;
    }
  }

  /** Reports a word or a literal where a clause should begin, and skips to what may be one; whether it did. */
  private refuseJunk(): boolean {
    if (!this.isJunk()) return false;
    const list = !this.startsLine() && this.peek(0).type === "name" && this.isA(T.PlainName);
    if (list) this.expectComma();
    else this.expectedItem("a clause such as `for` or `when`, or the next rule");
    do this.skip();
    while (this.isJunk() && !this.startsLine());
    return true;
  }

  /** Says that a comma is missing between two names, unless a clause should begin with the second. */
  private expectComma(): void {
    const at = this.endOffset();
    const what = `\`,\` or a clause such as \`for\` or \`when\` after \`${clip(this.peek(0).image)}\``;
    const fixes = [{ title: "Insert a comma", edits: [{ start: at, end: at, text: "," }] }];
    this.complain((range, found) => unexpectedToken.at(range, [what, found], { fixes }));
  }

  private isJunk(): boolean {
    const token = this.peek(1);
    if (token.type !== "name") return junkTypes.has(token.type) || junkMarks.has(token.tokenType);
    if (isNamePrefix(this.peek(2), this.peek(3)) && !this.nextIs(2, T.Dot)) return false;
    return token.tokenType !== T.Identifier || !this.startsLine() || meantItem(token.image, itemWords) === null;
  }

  /** Makes a keyword of a word that is a misspelt one; whether it did. */
  protected correctClause(): boolean {
    const token = this.peek(1);
    if (token.tokenType !== T.Identifier || this.nextIs(2, T.Colon)) return false;
    const meant = nearest(token.image, T.clauseWords);
    if (meant === null || !(this.isA(T.Word, 2) || this.peek(2).type === "string" || this.peek(2).type === "int"))
      return false;
    this.correct(token, meant);
    return true;
  }

  readonly clause: RuleOf<Clause> = this.define("clause", (): Clause => {
    const { start, end } = this.peek(1);
    this.clauseRange = { start, end: start, keyword: { start, end } };
    this.clauseAlternatives ??= [
      { ALT: () => this.listClause("with", "data", "data") },
      { ALT: () => this.listClause("for", "purposes", "a purpose") },
      { ALT: () => this.listClause("on", "channels", "a channel") },
      { ALT: () => this.listClause("to", "recipients", "a recipient") },
      { ALT: () => this.sub(0, this.atClause) },
      { ALT: () => this.sub(0, this.underClause) },
      { ALT: () => this.conditionClause("when") },
      { ALT: () => this.conditionClause("unless") },
      { ALT: () => this.untilClause() },
      { ALT: () => this.sub(0, this.afterClause) },
      { ALT: () => this.sub(0, this.thenClause) },
      { ALT: () => this.textClause("told") },
      { ALT: () => this.textClause("because") },
      { ALT: () => this.sub(0, this.exceptClause) },
    ];
    return this.choose(0, this.clauseAlternatives, clausePlaces.get(this.peek(1).tokenType) ?? 0);
  });
  private clauseAlternatives: { ALT: () => Clause }[] | undefined;
  protected clauseRange = { start: 0, end: 0, keyword: { start: 0, end: 0 } };

  private listClause(kind: "with" | "for" | "on" | "to", key: string, what: string): Clause {
    const range = this.clauseRange;
    this.consume(0, T.K[kind]);
    const paths = this.pathsOf(["with", "for", "on", "to"].indexOf(kind), what);
    return { kind, ...range, end: this.endOffset(), [key]: paths } as unknown as Clause;
  }

  private conditionClause(kind: "when" | "unless"): Clause {
    const range = this.clauseRange;
    this.consume(0, T.K[kind]);
    const condition = this.expressionOf(kind === "when" ? 0 : 1, "a condition");
    return { kind, ...range, end: this.endOffset(), condition };
  }

  private textClause(kind: "told" | "because"): Clause {
    const range = this.clauseRange;
    this.consume(0, T.K[kind]);
    const text = this.string(kind === "told" ? 0 : 1, 'a text between `"`');
    return { kind, ...range, end: this.endOffset(), text };
  }

  private untilClause(): Clause {
    const range = this.clauseRange;
    this.consume(0, T.K.until);
    const date = this.date(0);
    return { kind: "until", ...range, end: this.endOffset(), date };
  }

  readonly atClause: RuleOf<Clause> = this.define("atClause", (): Clause => {
    const range = this.clauseRange;
    this.consume(0, T.K.at);
    const level = this.takeName(0, "a level of precision");
    return { kind: "at", ...range, end: this.endOffset(), level };
  });

  readonly underClause: RuleOf<Clause> = this.define("underClause", (): Clause => {
    const range = this.clauseRange;
    this.consume(0, T.K.under);
    const explicit = this.is(T.K.explicit);
    const { tokenType, image } = this.peek(explicit ? 2 : 1);
    this.bases ??= [
      { ALT: () => this.consentBasis() },
      ...basisWords.slice(1).map((word) => ({ ALT: () => this.otherBasis(word) })),
    ];
    const place = basisPlaces.get(tokenType) ?? -1;
    const known = place === 0 || (place > 0 && !explicit);
    let basis: BasisWord | "";
    let purpose: Path | null = null;
    if (known || this.RECORDING_PHASE) {
      purpose = this.choose(0, this.bases, place);
      basis = (explicit ? "explicit consent" : image) as BasisWord;
    } else basis = this.unknownBasis(explicit);
    return { kind: "under", ...range, end: this.endOffset(), basis, purpose };
  });
  private bases: { ALT: () => Path | null }[] | undefined;

  /** `[explicit] consent [for P]` */
  private consentBasis(): Path | null {
    this.maybe(0, T.K.explicit, () => this.consume(0, T.K.explicit));
    this.consume(0, T.K.consent);
    return this.purposeOf();
  }

  private otherBasis(word: (typeof basisWords)[number]): null {
    this.consume(0, T.K[word]);
    return null;
  }

  private unknownBasis(explicit: boolean): BasisWord | "" {
    const token = this.peek(1);
    if (explicit) {
      this.skip();
      this.expected("`consent`");
      return "explicit consent";
    }
    const apart = this.basisInTwoWords();
    if (apart !== null) return apart;
    if (!this.isA(T.PlainName) || !this.isName()) {
      this.expected("a legal basis such as `consent` or `contract`");
      return "";
    }
    this.skip();
    const suggestion = nearest(token.image, basisWords);
    this.unknown("legal basis", token, basisList, suggestion);
    return suggestion ?? "";
  }

  /** Consumes `legitimate interest`, which is meant to be one word; null where no such two stand here. */
  private basisInTwoWords(): BasisWord | null {
    const [first, second] = [this.peek(1), this.peek(2)];
    if (!this.isA(T.Word) || !this.isA(T.Word, 2) || this.startsLine(2)) return null;
    if (isNamePrefix(this.peek(3), this.peek(4))) return null;
    const meant = nearest(`${first.image}_${second.image}`, basisWords);
    if (meant === null || !meant.includes("_")) return null;
    this.skip();
    this.skip();
    const range = { start: first.start, end: second.end };
    const written = { ...range, image: this.text.slice(range.start, range.end) };
    this.unknown("legal basis", written, basisList, meant);
    return meant;
  }

  readonly afterClause: RuleOf<Clause> = this.define("afterClause", (): Clause => {
    const range = this.clauseRange;
    this.consume(0, T.K.after);
    const times = this.expect(0, T.Int, "a number of times");
    this.expect(0, T.K.per, "`per` and a time such as `week`");
    let number: SourceToken | null = null;
    this.maybe(0, T.Int, () => {
      number = this.take(1, T.Int);
    });
    const word = this.unitOf();
    let perChannel = false;
    this.maybe(1, T.K.per, () => {
      this.consume(1, T.K.per);
      if (this.is(T.Identifier) && nearest(this.peek(1).image, ["channel"]) !== null)
        this.correct(this.peek(1), "channel");
      perChannel = this.expect(0, T.K.channel, "`channel`") !== null;
    });
    const unit: DurationUnit | "" =
      word === null || this.RECORDING_PHASE ? "" : (unitOf(word.image) ?? unitOf(nearestUnit(word.image) ?? "") ?? "");
    const count = times === null ? Number.NaN : this.timesOf(times);
    const every = number === null ? 1 : this.everyOf(number, unit, word);
    return { kind: "after", ...range, end: this.endOffset(), count, every, unit, perChannel };
  });

  /** How often: from 0. */
  private timesOf(token: SourceToken): number {
    const count = intValue(token.image);
    if (!(count < 0)) return count;
    this.findings.push(integerOutOfRange.at(token, [token.image, "less than nothing: a limit counts from 0."]));
    return Number.NaN;
  }

  /** How many units a window has: some time, but no more than can be counted. */
  private everyOf(token: SourceToken, unit: DurationUnit | "", word: SourceToken | null): number {
    const every = intValue(token.image);
    const seconds = unit === "" ? every : every * unitSeconds[unit];
    if (Number.isNaN(every) || (every > 0 && Number.isSafeInteger(seconds))) return every;
    const why = every > 0 ? "in seconds it goes beyond 2^53-1." : "a limit counts within some time.";
    const range = { start: token.start, end: (word ?? token).end };
    this.findings.push(durationOutOfRange.at(range, [this.text.slice(range.start, range.end), why]));
    return Number.NaN;
  }

  private unitOf(): SourceToken | null {
    const token = this.peek(1);
    const unit = this.RECORDING_PHASE ? null : this.unitBeforeColon();
    if (unit !== null) return unit;
    const isNext = !this.RECORDING_PHASE && this.startsLine() && isNamePrefix(this.peek(2), this.peek(3));
    const suggestion = token.tokenType === T.Identifier && !isNext ? nearestUnit(token.image) : null;
    if (suggestion === null) return this.expect(0, T.Unit, "a unit such as `week`");
    this.skip();
    this.unknown("unit of time", token, unitList, suggestion);
    return token;
  }

  readonly thenClause: RuleOf<Clause> = this.define("thenClause", (): Clause => {
    const range = this.clauseRange;
    this.consume(0, T.K.then);
    const duties = this.sub(0, this.dutyCalls);
    return { kind: "then", ...range, end: this.endOffset(), duties };
  });

  readonly dutyCalls: RuleOf<DutyCall[]> = this.define("dutyCalls", (): DutyCall[] => {
    const duties = [this.sub(0, this.dutyCall)];
    this.repeat(0, T.Comma, () => {
      this.consume(0, T.Comma);
      duties.push(this.sub(1, this.dutyCall));
    });
    return duties;
  });

  readonly dutyCall: RuleOf<DutyCall> = this.define("dutyCall", (): DutyCall => {
    const duty = this.pathOf(0, "a duty");
    const args: DutyArgument[] = [];
    this.maybe(0, T.LParen, () => {
      const open = this.take(0, T.LParen);
      if (this.RECORDING_PHASE || !this.is(T.RParen)) {
        args.push(this.sub(0, this.argument));
        this.repeat(0, T.Comma, () => {
          this.consume(0, T.Comma);
          args.push(this.sub(1, this.argument));
        });
      }
      this.close(0, T.RParen, open, "the duty's arguments");
    });
    return { kind: "dutyCall", start: duty.start, end: this.endOffset(), duty, args };
  });

  readonly argument: RuleOf<DutyArgument> = this.define("argument", (): DutyArgument => {
    const name = this.takeName(0, "the name of a parameter");
    const value = this.expect(0, T.Equal, "`=` and a value") === null ? null : this.takeValue(0);
    return {
      kind: "argument",
      start: name.start,
      end: this.endOffset(),
      name,
      value: value ?? { kind: "missing", ...this.nothing() },
    };
  });

  abstract readonly exceptClause: RuleOf<Clause>;
}
