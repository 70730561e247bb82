import type { TokenType } from "chevrotain";
import { quoted } from "./block-grammar.ts";
import { DeclarationGrammar } from "./declaration-grammar.ts";
import { emptyPromise, repeatedClause } from "./diagnostics/index.ts";
import { meantItem, nearest } from "./nearest.ts";
import { operationTypes } from "./operation-grammar.ts";
import type { RuleOf } from "./parser-base.ts";
import * as T from "./token-types.ts";
import type { Bound, DateLiteral, Interaction, Missing, Name, Promise_, PromiseLine, Range, Rule } from "./tree.ts";

const insideInteraction: ReadonlySet<TokenType> = new Set([
  ...[T.RBrace, T.K.purposes, T.K.channels, T.K.allow, T.K.deny],
]);

/** Rules, and what holds them: interactions and promises. */
export abstract class RuleGrammar extends DeclarationGrammar {
  /** `[name:] (allow | deny) OPERATION, … DATA, … clause*` */
  readonly rule: RuleOf<Rule> = this.define("rule", (): Rule => {
    const { decoration } = this;
    let name: Name | null = null;
    const named = (): void => {
      name = this.nameOf(this.take(0, T.PlainName));
      this.consume(0, T.Colon);
    };
    if (this.RECORDING_PHASE) this.option(0, named);
    else if (this.isA(T.PlainName)) named();
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

  protected effectOf(occurrence: number): "allow" | "deny" | null {
    if (!this.RECORDING_PHASE && !this.is(T.K.allow) && !this.is(T.K.deny)) {
      return this.unknownEffect();
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

  private unknownEffect(): "allow" | "deny" | null {
    const token = this.peek(1);
    const suggestion = meantItem(token.image, ["allow", "deny"]);
    const goesOn = operationTypes.has(this.peek(2).tokenType) || (suggestion !== null && this.isA(T.Word, 2));
    if (!this.isA(T.PlainName) || !goesOn) {
      this.expected("`allow` or `deny`");
      return null;
    }
    this.skip();
    this.unknown("effect of a rule", token, "`allow`, `deny`", suggestion);
    return suggestion;
  }

  protected startsRule(): boolean {
    return this.is(T.K.allow) || this.is(T.K.deny) || (this.isA(T.PlainName) && this.nextIs(2, T.Colon));
  }

  // ------------------------------------------------------------------------------------------------------- interactions

  readonly interaction: RuleOf<Interaction> = this.define("interaction", (): Interaction => {
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
      () =>
        rules.length === 0 ? "a rule such as `allow use behaviour`" : "a clause such as `for` or `when`, another rule",
      () =>
        this.is(T.At) ||
        this.is(T.K.purposes) ||
        this.is(T.K.channels) ||
        this.startsRule() ||
        this.correctItem(["allow", "deny", "purposes", "channels"]) ||
        this.correctBound(bounds),
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
    this.muted = false;
  }

  readonly bound_: RuleOf<Bound> = this.define("bounds", (): Bound => {
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
      const token = this.peek(1);
      if (this.isA(T.PlainName)) {
        this.skip();
        const suggestion = nearest(token.image, ["company", "customer"]);
        this.unknown("party that starts an interaction", token, "`company`, `customer`", suggestion);
        return suggestion;
      }
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
  protected correctItem(words: readonly T.Keyword[]): boolean {
    const token = this.peek(1);
    if (token.tokenType !== T.Identifier || !this.isA(T.Word, 2)) return false;
    const meant = meantItem(token.image, words);
    if (meant === null) return false;
    this.correct(token, meant);
    return true;
  }

  /** Makes `purposes` of `purpose`, unless that declares one because the brace of the interaction is missing. */
  private correctBound(bounds: readonly Bound[]): boolean {
    const kind = this.is(T.K.purpose) ? "purposes" : this.is(T.K.channel) ? "channels" : null;
    if (kind === null || !this.isA(T.Word, 2) || bounds.some((bound) => bound.kind === kind)) return false;
    let behind = 3;
    while (this.nextIs(behind, T.Comma) || this.nextIs(behind, T.Dot)) behind += 2;
    if (!this.goesOnInside(behind, kind === "purposes" ? T.K.channel : T.K.purpose)) return false;
    this.correct(this.peek(1), kind);
    return true;
  }

  /** Whether the `n`th token ahead shows that this is still the inside of an interaction: no file goes on like that. */
  private goesOnInside(n: number, other: TokenType): boolean {
    if (this.isA(T.PlainName, n)) return this.nextIs(n + 1, T.Colon);
    if (this.nextIs(n, other)) return !this.nextIs(n + 2, T.K.reaches);
    return insideInteraction.has(this.peek(n).tokenType);
  }

  // ----------------------------------------------------------------------------------------------------------- promises

  readonly promise: RuleOf<Promise_> = this.define("promise", (): Promise_ => {
    const { decoration } = this;
    this.consume(0, T.K.promise);
    const text = this.string(0, 'the promise in words, between `"`,');
    const lines: PromiseLine[] = [];
    const before = this.findings.count;
    this.block(
      0,
      "the promise",
      () => "`never` or `always allow`",
      () => this.is(T.At) || this.is(T.K.never) || this.is(T.K.always) || this.correctItem(["never", "always"]),
      () => {
        lines.push(this.sub(0, this.promiseLine));
        this.muted = false;
      },
    );
    if (lines.length === 0 && this.findings.count === before && text.kind !== "missing")
      this.findings.push(emptyPromise.at(text, []));
    return { kind: "promise", ...decoration, end: this.endOffset(), text, lines };
  });

  readonly promiseLine: RuleOf<PromiseLine> = this.define("promiseLine", (): PromiseLine => {
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
          if (this.is(T.Identifier) && meantItem(this.peek(1).image, ["allow"]) !== null)
            this.correct(this.peek(1), "allow");
          this.expect(0, T.K.allow, "`allow`");
        },
      );
    } else this.expected("`never` or `always allow`");
    const operations = this.sub(0, this.operations);
    const data = this.pathsOf(0, "data");
    const clauses = this.clausesOf(0);
    let covertly: Range | null = null;
    this.repeat(2, T.K.covertly, () => {
      const range = this.rangeOf(this.take(0, T.K.covertly));
      if (covertly !== null) this.findings.push(repeatedClause.at(range, ["covertly", "promise"]));
      covertly ??= range;
      clauses.push(...this.clausesOf(1));
    });
    return { kind: "promiseLine", ...decoration, end: this.endOffset(), modality, operations, data, covertly, clauses };
  });
}
