import { DeclarationGrammar, quoted } from "./declaration-grammar.ts";
import { missingPolicy, policyNotFirst } from "./diagnostics/index.ts";
import { nearest } from "./nearest.ts";
import { declarationStarts, declarationWords, type RuleOf } from "./parser-base.ts";
import * as T from "./token-types.ts";
import type {
  Bound,
  DateLiteral,
  Declaration,
  DutyCall,
  Expectation,
  Given,
  Interaction,
  Missing,
  Name,
  Path,
  PolicyHeader,
  Promise_,
  PromiseLine,
  Range,
  Rule,
  RulePath,
  SourceFile,
  Test,
} from "./tree.ts";

/** The whole grammar: rules, what holds them, and the file. */
export class Grammar extends DeclarationGrammar {
  constructor(validate = false) {
    super(validate);
    this.performSelfAnalysis();
  }

  // -------------------------------------------------------------------------------------------------------------- rules

  /** `[name:] (allow | deny) OPERATION, … DATA, … clause*` */
  readonly rule: RuleOf<Rule> = this.RULE("rule", (): Rule => {
    const { decoration } = this;
    let name: Name | null = null;
    if (this.RECORDING_PHASE || this.isA(T.PlainName)) {
      this.option(0, () => {
        name = this.nameOf(this.take(0, T.PlainName));
        this.consume(0, T.Colon);
      });
    }
    const effectToken = this.peek(1);
    const effect = this.effectOf(0);
    const operations = this.sub(0, this.operations);
    const data = this.pathsOf(0, "data");
    const clauses = this.clausesOf(0);
    return {
      kind: "rule",
      ...decoration,
      end: this.endOffset(),
      name,
      effect: effect ?? "deny",
      effectRange: effect === null ? this.nothing() : this.rangeOf(effectToken),
      operations,
      data,
      clauses,
    };
  });

  private effectOf(occurrence: number): "allow" | "deny" | null {
    if (!this.RECORDING_PHASE && !this.is(T.K.allow) && !this.is(T.K.deny)) {
      this.expected("`allow` or `deny`");
      return null;
    }
    return this.either(
      occurrence,
      this.is(T.K.allow),
      () => {
        this.consume(occurrence, T.K.allow);
        return "allow" as const;
      },
      () => {
        this.consume(occurrence, T.K.deny);
        return "deny" as const;
      },
    );
  }

  private startsRule(): boolean {
    return this.is(T.K.allow) || this.is(T.K.deny) || (this.isA(T.PlainName) && this.nextIs(2, T.Colon));
  }

  // ------------------------------------------------------------------------------------------------------- interactions

  readonly interaction: RuleOf<Interaction> = this.RULE("interaction", (): Interaction => {
    const { decoration } = this;
    this.consume(0, T.K.interaction);
    const name = this.takeName(0, "the name of the interaction");
    const head: { startedBy?: "company" | "customer"; until?: DateLiteral | Missing } = {};
    this.parts("interaction", [
      [
        T.K.started,
        () => {
          const by = this.starterOf();
          if (by !== null) head.startedBy ??= by;
        },
      ],
      [
        T.K.until,
        () => {
          this.consume(0, T.K.until);
          const until = this.date(0);
          head.until ??= until;
        },
      ],
    ]);
    const bounds: Bound[] = [];
    const rules: Rule[] = [];
    this.block(
      1,
      `the interaction${quoted(name)}`,
      "a rule such as `allow use behaviour`",
      () =>
        this.is(T.At) ||
        this.is(T.K.purposes) ||
        this.is(T.K.channels) ||
        this.startsRule() ||
        this.correctItem(["allow", "deny", "purposes", "channels"]),
      () => this.boundOrRule(bounds, rules),
    );
    return {
      kind: "interaction",
      ...decoration,
      end: this.endOffset(),
      name,
      startedBy: head.startedBy ?? null,
      until: head.until ?? null,
      bounds,
      rules,
    };
  });

  private boundOrRule(bounds: Bound[], rules: Rule[]): void {
    this.muted = false;
    this.either(
      2,
      this.is(T.K.purposes) || this.is(T.K.channels),
      () => {
        bounds.push(this.sub(0, this.bound_));
      },
      () => {
        this.decoration = this.sub(0, this.decorations);
        if (this.RECORDING_PHASE || this.startsRule()) rules.push(this.sub(0, this.rule));
        else this.expected("a rule");
      },
    );
  }

  readonly bound_: RuleOf<Bound> = this.RULE("bounds", (): Bound => {
    const keyword = this.rangeOf(this.peek(1));
    const kind = this.is(T.K.channels) ? "channels" : "purposes";
    this.either(
      0,
      kind === "purposes",
      () => this.consume(0, T.K.purposes),
      () => this.consume(0, T.K.channels),
    );
    const names = this.pathsOf(0, kind === "purposes" ? "a purpose" : "a channel");
    return { kind, start: keyword.start, end: this.endOffset(), keyword, names };
  });

  private starterOf(): "company" | "customer" | null {
    this.consume(0, T.K.started);
    this.expect(0, T.K.by, "`by company` or `by customer`");
    const by = this.is(T.K.company) ? "company" : this.is(T.K.customer) ? "customer" : null;
    if (by === null && !this.RECORDING_PHASE) {
      this.expected("`company` or `customer`");
      return null;
    }
    this.either(
      1,
      by === "company",
      () => this.consume(0, T.K.company),
      () => this.consume(0, T.K.customer),
    );
    return by;
  }

  /** Makes a keyword of a misspelt one where an item of a block begins; whether it did. */
  private correctItem(words: readonly T.Keyword[]): boolean {
    const token = this.peek(1);
    if (token.tokenType !== T.Identifier || !this.isA(T.Word, 2)) return false;
    const meant = nearest(token.image, words);
    if (meant === null) return false;
    this.correct(token, meant);
    return true;
  }

  // ----------------------------------------------------------------------------------------------------------- promises

  readonly promise: RuleOf<Promise_> = this.RULE("promise", (): Promise_ => {
    const { decoration } = this;
    this.consume(0, T.K.promise);
    const text = this.string(0, 'the promise in words, between `"`,');
    const lines: PromiseLine[] = [];
    this.block(
      0,
      "the promise",
      "`never` or `always allow`",
      () => this.is(T.At) || this.is(T.K.never) || this.is(T.K.always) || this.correctItem(["never", "always"]),
      () => {
        this.muted = false;
        lines.push(this.sub(0, this.promiseLine));
      },
    );
    return { kind: "promise", ...decoration, end: this.endOffset(), text, lines };
  });

  readonly promiseLine: RuleOf<PromiseLine> = this.RULE("promiseLine", (): PromiseLine => {
    const decoration = this.sub(0, this.decorations);
    let modality: "never" | "always" = "never";
    if (this.RECORDING_PHASE || this.is(T.K.never) || this.is(T.K.always)) {
      this.either(
        0,
        this.is(T.K.never),
        () => {
          this.consume(0, T.K.never);
        },
        () => {
          this.consume(0, T.K.always);
          modality = "always";
          this.expect(0, T.K.allow, "`allow`");
        },
      );
    } else this.expected("`never` or `always allow`");
    const operations = this.sub(0, this.operations);
    const data = this.pathsOf(0, "data");
    const clauses = this.clausesOf(0);
    let covertly: Range | null = null;
    this.maybe(0, T.K.covertly, () => {
      covertly = this.rangeOf(this.take(0, T.K.covertly));
      clauses.push(...this.clausesOf(1));
    });
    return { kind: "promiseLine", ...decoration, end: this.endOffset(), modality, operations, data, covertly, clauses };
  });

  // -------------------------------------------------------------------------------------------------------------- tests

  readonly test: RuleOf<Test> = this.RULE("test", (): Test => {
    const { decoration } = this;
    this.consume(0, T.K.test);
    const text = this.string(0, 'what is tested, in words between `"`,');
    const head: { in?: Path; for?: Path; on?: Path; to?: Path; given?: Given[] } = {};
    const expectations: Expectation[] = [];
    const named = (key: "in" | "for" | "on" | "to", occurrence: number, what: string) => (): void => {
      this.consume(0, T.K[key]);
      const path = this.pathOf(occurrence, what);
      head[key] ??= path;
    };
    const open = this.expect(0, T.LBrace, "`{`");
    if (open !== null) {
      this.parts("test", [
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
      ]);
      if (!this.RECORDING_PHASE) {
        const [absent] = (["in", "for", "on"] as const).filter((key) => head[key] === undefined);
        const what = { in: "`in` and an interaction", for: "`for` and a purpose", on: "`on` and a channel" } as const;
        if (absent !== undefined) this.expected(what[absent]);
      }
      this.blockRest(
        0,
        open,
        "the test",
        "`expect`",
        () => this.is(T.At) || this.is(T.K.expect) || this.correctItem(["expect"]),
        () => {
          expectations.push(this.sub(0, this.expectation));
        },
      );
    }
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

  readonly givens: RuleOf<Given[]> = this.RULE("givens", (): Given[] => {
    const givens = [this.sub(0, this.given)];
    this.repeat(0, T.Comma, () => {
      this.consume(0, T.Comma);
      givens.push(this.sub(1, this.given));
    });
    return givens;
  });

  readonly given: RuleOf<Given> = this.RULE("given", (): Given => {
    if (this.RECORDING_PHASE) {
      return this.or(0, [
        { ALT: () => this.sub(0, this.givenConsent) },
        { ALT: () => this.sub(0, this.givenObjection) },
        { ALT: () => this.sub(0, this.givenValue) },
      ]) as Given;
    }
    if (this.is(T.K.consent) || (this.is(T.K.explicit) && this.nextIs(2, T.K.consent)))
      return this.sub(0, this.givenConsent);
    return this.is(T.K.objection) ? this.sub(0, this.givenObjection) : this.sub(0, this.givenValue);
  });

  readonly givenConsent: RuleOf<Given> = this.RULE("givenConsent", (): Given => {
    const start = this.startOffset();
    let explicit = false;
    this.maybe(0, T.K.explicit, () => {
      this.consume(0, T.K.explicit);
      explicit = true;
    });
    this.consume(0, T.K.consent);
    const purpose = this.expect(0, T.K.for, "`for` and a purpose") === null ? null : this.pathOf(0, "a purpose");
    const channel = this.givenChannel();
    return { kind: "givenConsent", start, end: this.endOffset(), explicit, purpose, channel };
  });

  readonly givenObjection: RuleOf<Given> = this.RULE("givenObjection", (): Given => {
    const { start } = this.take(0, T.K.objection);
    const purpose = this.expect(0, T.K.to, "`to` and a purpose") === null ? null : this.pathOf(0, "a purpose");
    const channel = this.givenChannel();
    return { kind: "givenObjection", start, end: this.endOffset(), explicit: false, purpose, channel };
  });

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

  readonly givenValue: RuleOf<Given> = this.RULE("givenValue", (): Given => {
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

  readonly expectation: RuleOf<Expectation> = this.RULE("expectation", (): Expectation => {
    const decoration = this.sub(0, this.decorations);
    this.expect(0, T.K.expect, "`expect`");
    const effect = this.effectOf(0) ?? "deny";
    const operation = this.sub(0, this.operation);
    const field = this.pathOf(0, "a field");
    const head: { with?: Path; to?: Path; at?: Name; because?: RulePath[]; then?: DutyCall[] } = {};
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
          head.then ??= duties;
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
      duties: head.then ?? [],
    };
  });

  readonly rulePaths: RuleOf<RulePath[]> = this.RULE("rulePaths", (): RulePath[] => {
    const paths = [this.sub(0, this.rulePath)];
    this.repeat(0, T.Comma, () => {
      this.consume(0, T.Comma);
      paths.push(this.sub(1, this.rulePath));
    });
    return paths;
  });

  /** `interaction.rule`, `rule`, `interaction.#2`, and any of them behind a policy's name and a slash. */
  readonly rulePath: RuleOf<RulePath> = this.RULE("rulePath", (): RulePath => {
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

  // --------------------------------------------------------------------------------------------------------------- file

  readonly declaration: RuleOf<PolicyHeader | Declaration | null> = this.RULE(
    "declaration",
    (): PolicyHeader | Declaration | null => {
      this.muted = false;
      this.decoration = this.sub(0, this.decorations);
      if (!this.RECORDING_PHASE && !declarationStarts.has(this.peek(1).tokenType) && !this.startsRule()) {
        this.refuseItem();
        return null;
      }
      this.declarationAlternatives ??= [
        { ALT: () => this.sub(0, this.policyHeader) },
        { ALT: () => this.sub(0, this.useDeclaration) },
        { ALT: () => this.sub(0, this.category) },
        { ALT: () => this.sub(0, this.source) },
        { ALT: () => this.sub(0, this.purpose) },
        { ALT: () => this.sub(0, this.recipient) },
        { ALT: () => this.sub(0, this.channel) },
        { ALT: () => this.sub(0, this.subject) },
        { ALT: () => this.sub(0, this.facts) },
        { ALT: () => this.sub(0, this.condition) },
        { ALT: () => this.sub(0, this.duty) },
        { ALT: () => this.sub(0, this.interaction) },
        { ALT: () => this.sub(0, this.promise) },
        { ALT: () => this.sub(0, this.test) },
        { ALT: () => this.sub(0, this.rule) },
      ];
      return this.or(0, this.declarationAlternatives) as PolicyHeader | Declaration;
    },
  );
  private declarationAlternatives: { ALT: () => PolicyHeader | Declaration }[] | undefined;

  readonly file: RuleOf<SourceFile> = this.RULE("file", (): SourceFile => {
    let policy: PolicyHeader | null = null;
    const declarations: Declaration[] = [];
    const one = (): void => {
      const found = this.sub(0, this.declaration);
      if (found === null || this.RECORDING_PHASE) return;
      if (found.kind !== "policy") declarations.push(found);
      else if (policy === null && declarations.length === 0) policy = found;
      else {
        this.findings.push(policyNotFirst.at({ start: found.name.start, end: found.end }, []));
        policy ??= found;
      }
    };
    if (this.RECORDING_PHASE) this.many(0, one);
    while (!this.RECORDING_PHASE && !this.atEnd()) one();
    if (policy === null) this.findings.push(missingPolicy.at({ start: 0, end: 0 }, []));
    return { kind: "file", start: 0, end: this.text.length, policy, declarations };
  });

  /** At the top of a file, where nothing begins: corrects a misspelt word, or skips to where something does begin. */
  private refuseItem(): void {
    const token = this.peek(1);
    if (
      token.tokenType === T.Identifier &&
      (this.isA(T.Word, 2) || this.peek(2).type === "string" || this.nextIs(2, T.LBrace))
    ) {
      const meant = nearest(token.image, [...declarationWords, "allow", "deny"]);
      if (meant !== null) return this.correct(token, meant);
    }
    this.expected("a declaration such as `source`, or a rule");
    let braces = 0;
    while (!this.atEnd()) {
      if (this.is(T.LBrace)) braces += 1;
      else if (this.is(T.RBrace)) braces = Math.max(0, braces - 1);
      this.skip();
      if (this.startsRuleOrDeclaration() && (braces === 0 || declarationStarts.has(this.peek(1).tokenType))) return;
    }
  }
}

function textOf(parts: readonly Name[]): string {
  return parts.map(({ text }) => text).join(".");
}
