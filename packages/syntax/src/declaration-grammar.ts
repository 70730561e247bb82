import { keepFirst } from "./block-grammar.ts";
import { severalParents, unexpectedToken } from "./diagnostics/index.ts";
import { clip, type RuleOf } from "./parser-base.ts";
import { SourceGrammar } from "./source-grammar.ts";
import * as T from "./token-types.ts";
import type {
  Category,
  Channel,
  Condition,
  Duty,
  Facts,
  Member,
  Missing,
  Name,
  Path,
  PolicyHeader,
  Purpose,
  Quiet,
  Range,
  RangeLiteral,
  Recipient,
  Subject,
  Use,
} from "./tree.ts";

/** The declarations of vocabulary: everything but sources, interactions, promises, tests and rules. */
export abstract class DeclarationGrammar extends SourceGrammar {
  readonly policyHeader: RuleOf<PolicyHeader> = this.define("policyHeader", (): PolicyHeader => {
    const { decoration } = this;
    this.consume(0, T.K.policy);
    this.unbraced = true;
    const name = this.pathOf(0, "the policy's name");
    this.unbraced = false;
    return { kind: "policy", ...decoration, end: this.endOffset(), name };
  });

  readonly useDeclaration: RuleOf<Use> = this.define("useDeclaration", (): Use => {
    const { decoration } = this;
    this.consume(0, T.K.use);
    this.unbraced = true;
    const policy = this.pathOf(0, "the name of a policy");
    this.unbraced = false;
    return { kind: "use", ...decoration, end: this.endOffset(), policy };
  });

  private withinOf(what: string): Path[] {
    this.consume(0, T.K.within);
    this.unbraced = true;
    const parents = this.pathsOf(0, what);
    this.unbraced = false;
    return parents;
  }

  // ------------------------------------------------------------------------------------- categories, purposes, recipients

  readonly category: RuleOf<Category> = this.define("category", (): Category => {
    const { decoration } = this;
    this.consume(0, T.K.category);
    const name = this.takeName(0, "the name of the category");
    const head: { within?: Path[]; special?: Range; precision?: Name[] } = {};
    this.parts("category", [
      [T.K.within, () => keepFirst(head, "within", this.withinOf("a category"))],
      [T.K.special, () => keepFirst(head, "special", this.rangeOf(this.take(0, T.K.special)))],
      [T.K.precision, () => keepFirst(head, "precision", this.sub(0, this.precision))],
    ]);
    const { within = [], special = null, precision = [] } = head;
    return { kind: "category", ...decoration, end: this.endOffset(), name, within, special, precision };
  });

  readonly precision: RuleOf<Name[]> = this.define("precision", (): Name[] => {
    this.consume(0, T.K.precision);
    const levels = [this.takeName(0, "a level")];
    this.repeat(0, T.Comma, () => {
      this.consume(0, T.Comma);
      levels.push(this.takeName(1, "a level"));
    });
    return levels;
  });

  readonly purpose: RuleOf<Purpose> = this.define("purpose", (): Purpose => {
    const { decoration } = this;
    this.consume(0, T.K.purpose);
    const name = this.takeName(0, "the name of the purpose");
    const head: { within?: Path[] } = {};
    this.parts("purpose", [[T.K.within, () => keepFirst(head, "within", this.withinOf("a purpose"))]]);
    return { kind: "purpose", ...decoration, end: this.endOffset(), name, within: head.within ?? [] };
  });

  readonly recipient: RuleOf<Recipient> = this.define("recipient", (): Recipient => {
    const { decoration } = this;
    this.consume(0, T.K.recipient);
    const name = this.takeName(0, "the name of the recipient");
    const head: { within?: Path[] } = {};
    this.parts("recipient", [[T.K.within, () => keepFirst(head, "within", this.withinOf("a recipient"))]]);
    const within = head.within ?? [];
    const [, second] = within;
    if (second !== undefined) {
      this.findings.push(severalParents.at({ start: second.start, end: this.endOffset() }, [name.text]));
    }
    return { kind: "recipient", ...decoration, end: this.endOffset(), name, within };
  });

  readonly channel: RuleOf<Channel> = this.define("channel", (): Channel => {
    const { decoration } = this;
    this.consume(0, T.K.channel);
    const name = this.takeName(0, "the name of the channel");
    const head: { within?: Path[]; reaches?: Path[]; quiet?: Quiet } = {};
    this.parts(
      "channel",
      [
        [T.K.within, () => keepFirst(head, "within", this.withinOf("a channel"))],
        [T.K.reaches, () => keepFirst(head, "reaches", this.reachesOf())],
        [T.K.quiet, () => keepFirst(head, "quiet", this.sub(0, this.quiet))],
      ],
      new Set([T.K.reaches]),
    );
    if (head.reaches === undefined && !this.RECORDING_PHASE) this.expected("`reaches` and a recipient");
    const { within = [], reaches = [], quiet = null } = head;
    return { kind: "channel", ...decoration, end: this.endOffset(), name, within, reaches, quiet };
  });

  private reachesOf(): Path[] {
    this.consume(0, T.K.reaches);
    return this.pathsOf(1, "a recipient");
  }

  /** `quiet T..T [except for P, …]` */
  readonly quiet: RuleOf<Quiet> = this.define("quiet", (): Quiet => {
    const { start } = this.take(0, T.K.quiet);
    const found = this.sub(0, this.range);
    const hours: RangeLiteral =
      found.kind === "missing" ? { kind: "range", start: found.start, end: found.end, from: found, to: found } : found;
    const exceptFor = this.exceptForOf();
    return { kind: "quiet", start, end: this.endOffset(), hours, exceptFor };
  });

  // ----------------------------------------------------------------------------- the subject, facts, conditions, duties

  readonly subject: RuleOf<Subject> = this.define("subject", (): Subject => {
    const { decoration } = this;
    this.consume(0, T.K.subject);
    const attributes: Member[] = [];
    this.block(
      0,
      "`subject`",
      () => "an attribute such as `age : int`",
      () => this.startsMember(),
      () => {
        attributes.push(this.sub(0, this.member));
      },
    );
    return { kind: "subject", ...decoration, end: this.endOffset(), attributes };
  });

  readonly facts: RuleOf<Facts> = this.define("facts", (): Facts => {
    const { decoration } = this;
    this.consume(0, T.K.facts);
    const facts: Member[] = [];
    this.block(
      0,
      "`facts`",
      () => "a fact such as `nearby : bool`",
      () => this.startsMember(),
      () => {
        facts.push(this.sub(0, this.member));
      },
    );
    return { kind: "facts", ...decoration, end: this.endOffset(), facts };
  });

  readonly condition: RuleOf<Condition> = this.define("condition", (): Condition => {
    const { decoration } = this;
    this.consume(0, T.K.condition);
    const name = this.conditionName();
    const value: Condition["value"] | Missing =
      this.refuseColon() || this.expect(0, T.Equal, "`=` and a condition") !== null
        ? this.expressionOf(0, "a condition")
        : { kind: "missing", ...this.nothing() };
    return { kind: "condition", ...decoration, end: this.endOffset(), name, value };
  });

  /** The name of a condition, also where the colon after it would make it the name of something else. */
  private conditionName(): Name {
    const isRule = this.nextIs(3, T.K.allow) || this.nextIs(3, T.K.deny);
    const hasColon = this.isA(T.PlainName) && this.nextIs(2, T.Colon) && !this.startsLine() && !isRule;
    return this.RECORDING_PHASE || !hasColon ? this.takeName(0, "the name of the condition") : this.nameOf(this.skip());
  }

  /** Skips a colon where `=` belongs; whether it did. */
  private refuseColon(): boolean {
    if (this.RECORDING_PHASE || !this.is(T.Colon)) return false;
    const { start, end } = this.peek(1);
    const what = `\`=\` after \`${clip(this.peek(0).image)}\``;
    const text = this.peek(0).end === start ? " =" : "=";
    const fixes = [{ title: "Write `=`", edits: [{ start, end, text }] }];
    this.complain(() => unexpectedToken.at({ start, end }, [what, "`:`"], { fixes }));
    this.skip();
    return true;
  }

  readonly duty: RuleOf<Duty> = this.define("duty", (): Duty => {
    const { decoration } = this;
    this.consume(0, T.K.duty);
    const name = this.takeName(0, "the name of the duty");
    const parameters: Member[] = [];
    this.maybe(0, T.LParen, () => {
      const open = this.take(0, T.LParen);
      if (this.RECORDING_PHASE || !this.is(T.RParen)) {
        parameters.push(this.sub(0, this.member));
        this.repeat(0, T.Comma, () => {
          this.consume(0, T.Comma);
          parameters.push(this.sub(1, this.member));
        });
      }
      this.close(0, T.RParen, open, "the duty's parameters");
    });
    return { kind: "duty", ...decoration, end: this.endOffset(), name, parameters };
  });
}
