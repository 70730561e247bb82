import type { TokenType } from "chevrotain";
import { testWithoutExpectation, unexpectedToken } from "./diagnostics/index.ts";
import type { RuleOf } from "./parser-base.ts";
import { RuleGrammar } from "./rule-grammar.ts";
import * as T from "./token-types.ts";
import type { DutyCall, Expectation, Given, Name, Path, RulePath, Test } from "./tree.ts";

/** Test blocks, and the paths by which rules are told. */
export abstract class TestGrammar extends RuleGrammar {
  readonly test: RuleOf<Test> = this.define("test", (): Test => {
    const { decoration } = this;
    this.consume(0, T.K.test);
    const text = this.string(0, 'what is tested, in words between `"`,');
    const head: { in?: Path; for?: Path; on?: Path; to?: Path; given?: Given[] } = {};
    const expectations: Expectation[] = [];
    const before = this.findings.count;
    const named = (key: "in" | "for" | "on" | "to", occurrence: number, what: string) => (): void => {
      this.consume(0, T.K[key]);
      const path = this.pathOf(occurrence, what);
      head[key] ??= path;
    };
    const open = this.expect(0, T.LBrace, "`{`");
    if (open !== null) {
      this.parts(
        "test",
        [
          [T.K.in, named("in", 0, "an interaction")],
          [T.K.for, named("for", 1, "a purpose")],
          [T.K.on, named("on", 2, "a channel")],
          [T.K.to, named("to", 3, "a recipient")],
          [
            T.K.given,
            () => {
              this.consume(0, T.K.given);
              const given = this.sub(0, this.givens);
              head.given ??= given;
            },
          ],
        ],
        new Set([T.K.in, T.K.for, T.K.on]),
      );
      if (!this.RECORDING_PHASE) {
        const [absent] = (["in", "for", "on"] as const).filter((key) => head[key] === undefined);
        const what = { in: "`in` and an interaction", for: "`for` and a purpose", on: "`on` and a channel" } as const;
        if (absent !== undefined) this.expected(what[absent]);
      }
      this.blockRest(
        0,
        open,
        "the test",
        () => "`expect`",
        () => this.is(T.At) || this.is(T.K.expect) || this.correctItem(["expect"]),
        () => {
          expectations.push(this.sub(0, this.expectation));
        },
      );
    }
    if (expectations.length === 0 && this.findings.count === before && text.kind !== "missing")
      this.findings.push(testWithoutExpectation.at(text, []));
    return {
      kind: "test",
      ...decoration,
      end: this.endOffset(),
      text,
      interaction: head.in ?? null,
      purpose: head.for ?? null,
      channel: head.on ?? null,
      recipient: head.to ?? null,
      given: head.given ?? [],
      expectations,
    };
  });

  readonly givens: RuleOf<Given[]> = this.define("givens", (): Given[] => {
    const givens = [this.sub(0, this.given)];
    this.repeat(0, T.Comma, () => {
      this.consume(0, T.Comma);
      givens.push(this.sub(1, this.given));
    });
    return givens;
  });

  readonly given: RuleOf<Given> = this.define("given", (): Given => {
    if (this.RECORDING_PHASE) {
      return this.firstOf(0, [
        { ALT: () => this.sub(0, this.givenConsent) },
        { ALT: () => this.sub(0, this.givenObjection) },
        { ALT: () => this.sub(0, this.givenValue) },
      ]);
    }
    if (this.is(T.K.consent) || (this.is(T.K.explicit) && this.nextIs(2, T.K.consent)))
      return this.sub(0, this.givenConsent);
    return this.is(T.K.objection) ? this.sub(0, this.givenObjection) : this.sub(0, this.givenValue);
  });

  readonly givenConsent: RuleOf<Given> = this.define("givenConsent", (): Given => {
    const start = this.startOffset();
    let explicit = false;
    this.maybe(0, T.K.explicit, () => {
      this.consume(0, T.K.explicit);
      explicit = true;
    });
    this.consume(0, T.K.consent);
    const purpose = this.purposeAfter(T.K.for, T.K.to);
    const channel = this.givenChannel();
    return { kind: "givenConsent", start, end: this.endOffset(), explicit, purpose, channel };
  });

  readonly givenObjection: RuleOf<Given> = this.define("givenObjection", (): Given => {
    const { start } = this.take(0, T.K.objection);
    const purpose = this.purposeAfter(T.K.to, T.K.for);
    const channel = this.givenChannel();
    return { kind: "givenObjection", start, end: this.endOffset(), explicit: false, purpose, channel };
  });

  /** `for P` after consent and `to P` after objection; the other word is reported, and taken for the right one. */
  private purposeAfter(right: TokenType, wrong: TokenType): Path | null {
    if (!this.RECORDING_PHASE && this.is(wrong)) {
      const { start, end, image } = this.peek(1);
      const meant = right.LABEL ?? "";
      const fixes = [{ title: `Write \`${meant}\``, edits: [{ start, end, text: meant }] }];
      this.complain(() =>
        unexpectedToken.at({ start, end }, [`\`${meant}\` after \`${this.peek(0).image}\``, `\`${image}\``], { fixes }),
      );
      this.skip();
    } else if (this.expect(0, right, `\`${right.LABEL}\` and a purpose`) === null) return null;
    return this.pathOf(0, "a purpose");
  }

  /** `[on C]`; `on any` says no more than leaving it out. */
  private givenChannel(): Path | null {
    let channel: Path | null = null;
    this.maybe(1, T.K.on, () => {
      this.consume(0, T.K.on);
      const path = this.pathOf(1, "a channel");
      const [name] = path.parts;
      channel = path.parts.length === 1 && name?.text === "any" && !name.quoted ? null : path;
    });
    return channel;
  }

  readonly givenValue: RuleOf<Given> = this.define("givenValue", (): Given => {
    const path = this.pathOf(0, "a fact, a consent or an objection");
    const value = this.expect(0, T.Equal, "`=` and a value") === null ? null : this.takeValue(0);
    return {
      kind: "givenValue",
      start: path.start,
      end: this.endOffset(),
      path,
      value: value ?? { kind: "missing", ...this.nothing() },
    };
  });

  readonly expectation: RuleOf<Expectation> = this.define("expectation", (): Expectation => {
    const decoration = this.sub(0, this.decorations);
    this.expect(0, T.K.expect, "`expect`");
    const effect = this.effectOf(1) ?? "deny";
    const operation = this.sub(0, this.operation);
    const field = this.pathOf(0, "a field");
    const head: { with?: Path; to?: Path; at?: Name; because?: RulePath[]; duties?: DutyCall[] } = {};
    const named = (key: "with" | "to", occurrence: number, what: string) => (): void => {
      this.consume(0, T.K[key]);
      const path = this.pathOf(occurrence, what);
      head[key] ??= path;
    };
    this.parts("expectation", [
      [T.K.with, named("with", 1, "a field")],
      [T.K.to, named("to", 2, "a recipient")],
      [
        T.K.at,
        () => {
          this.consume(0, T.K.at);
          const level = this.takeName(0, "a level of precision");
          head.at ??= level;
        },
      ],
      [
        T.K.because,
        () => {
          this.consume(0, T.K.because);
          const because = this.sub(0, this.rulePaths);
          head.because ??= because;
        },
      ],
      [
        T.K.then,
        () => {
          this.consume(0, T.K.then);
          const duties = this.sub(0, this.dutyCalls);
          head.duties ??= duties;
        },
      ],
    ]);
    return {
      kind: "expectation",
      ...decoration,
      end: this.endOffset(),
      effect,
      operation,
      field,
      with: head.with ?? null,
      recipient: head.to ?? null,
      level: head.at ?? null,
      because: head.because ?? [],
      duties: head.duties ?? [],
    };
  });

  readonly rulePaths: RuleOf<RulePath[]> = this.define("rulePaths", (): RulePath[] => {
    const paths = [this.sub(0, this.rulePath)];
    this.repeat(0, T.Comma, () => {
      this.consume(0, T.Comma);
      paths.push(this.sub(1, this.rulePath));
    });
    return paths;
  });

  /** `interaction.rule`, `rule`, `interaction.#2`, and any of them behind a policy's name and a slash. */
  readonly rulePath: RuleOf<RulePath> = this.define("rulePath", (): RulePath => {
    let parts = this.ruleParts(0);
    const start = parts[0]?.start ?? this.endOffset();
    let policy: Path | null = null;
    this.maybe(2, T.Slash, () => {
      policy = { kind: "path", start, end: this.endOffset(), parts };
      this.consume(0, T.Slash);
      parts = this.ruleParts(4);
    });
    const before = policy === null ? "" : `${textOf((policy as Path).parts)}/`;
    return { kind: "rulePath", start, end: this.endOffset(), text: before + textOf(parts), policy, parts };
  });

  private ruleParts(occurrence: number): Name[] {
    const part = (at: number): Name => {
      if (!this.RECORDING_PHASE && !this.is(T.Ordinal)) return this.takeName(at, "a rule");
      if (this.RECORDING_PHASE) {
        return this.either(
          at,
          false,
          () => this.nameOf(this.take(at, T.Ordinal)),
          () => this.takeName(at, "a rule"),
        );
      }
      return this.nameOf(this.take(at, T.Ordinal));
    };
    const parts = [part(occurrence)];
    this.repeat(occurrence, T.Dot, () => {
      this.consume(occurrence, T.Dot);
      parts.push(part(occurrence + 1));
    });
    return parts;
  }
}

function textOf(parts: readonly Name[]): string {
  return parts.map(({ text }) => text).join(".");
}
