import type { TokenType } from "chevrotain";
import { checkOrder, type Part } from "./check-order.ts";
import { keepConflict, severalParents } from "./diagnostics/index.ts";
import { nearest } from "./nearest.ts";
import { declarationStarts, type RuleOf } from "./parser-base.ts";
import { isNamePrefix } from "./retag.ts";
import type { SourceToken } from "./source-token.ts";
import * as T from "./token-types.ts";
import type {
  Category,
  Channel,
  Condition,
  Duty,
  Facts,
  Field,
  Keep,
  Member,
  Missing,
  Name,
  OriginWord,
  Path,
  PolicyHeader,
  Purpose,
  Quiet,
  Range,
  RangeLiteral,
  Recipient,
  Source,
  Subject,
  Use,
} from "./tree.ts";
import { type Decoration, TypeGrammar } from "./type-grammar.ts";

export const originWords = ["provided", "published", "observed", "public", "third_party", "derived"] as const;
const originTypes = new Set(originWords.map((word) => T.K[word]));

/** The declarations of vocabulary: everything but interactions, promises, tests and rules. */
export abstract class DeclarationGrammar extends TypeGrammar {
  /** What stood before the declaration that is being read. */
  protected decoration: Decoration = { start: 0, docs: [], annotations: [] };

  readonly policyHeader: RuleOf<PolicyHeader> = this.RULE("policyHeader", (): PolicyHeader => {
    const { decoration } = this;
    this.consume(0, T.K.policy);
    this.unbraced = true;
    const name = this.pathOf(0, "the policy's name");
    this.unbraced = false;
    return { kind: "policy", ...decoration, end: this.endOffset(), name };
  });

  readonly useDeclaration: RuleOf<Use> = this.RULE("useDeclaration", (): Use => {
    const { decoration } = this;
    this.consume(0, T.K.use);
    this.unbraced = true;
    const policy = this.pathOf(0, "the name of a policy");
    this.unbraced = false;
    return { kind: "use", ...decoration, end: this.endOffset(), policy };
  });

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

  private withinOf(what: string): Path[] {
    this.consume(0, T.K.within);
    this.unbraced = true;
    const parents = this.pathsOf(0, what);
    this.unbraced = false;
    return parents;
  }

  // ------------------------------------------------------------------------------------- categories, purposes, recipients

  readonly category: RuleOf<Category> = this.RULE("category", (): Category => {
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

  readonly precision: RuleOf<Name[]> = this.RULE("precision", (): Name[] => {
    this.consume(0, T.K.precision);
    const levels = [this.takeName(0, "a level")];
    this.repeat(0, T.Comma, () => {
      this.consume(0, T.Comma);
      levels.push(this.takeName(1, "a level"));
    });
    return levels;
  });

  readonly purpose: RuleOf<Purpose> = this.RULE("purpose", (): Purpose => {
    const { decoration } = this;
    this.consume(0, T.K.purpose);
    const name = this.takeName(0, "the name of the purpose");
    const head: { within?: Path[] } = {};
    this.parts("purpose", [[T.K.within, () => keepFirst(head, "within", this.withinOf("a purpose"))]]);
    return { kind: "purpose", ...decoration, end: this.endOffset(), name, within: head.within ?? [] };
  });

  readonly recipient: RuleOf<Recipient> = this.RULE("recipient", (): Recipient => {
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

  readonly channel: RuleOf<Channel> = this.RULE("channel", (): Channel => {
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
  readonly quiet: RuleOf<Quiet> = this.RULE("quiet", (): Quiet => {
    const { start } = this.take(0, T.K.quiet);
    const found = this.sub(0, this.range);
    const hours: RangeLiteral =
      found.kind === "missing" ? { kind: "range", start: found.start, end: found.end, from: found, to: found } : found;
    const exceptFor = this.exceptForOf();
    return { kind: "quiet", start, end: this.endOffset(), hours, exceptFor };
  });

  /** `[except for P, …]` */
  private exceptForOf(): Path[] {
    let purposes: Path[] = [];
    this.maybe(0, T.K.except, () => {
      this.consume(0, T.K.except);
      if (this.expect(0, T.K.for, "`for` and a purpose") !== null) purposes = this.pathsOf(0, "a purpose");
    });
    return purposes;
  }

  // ------------------------------------------------------------------------------------------------------------ sources

  readonly source: RuleOf<Source> = this.RULE("source", (): Source => {
    const { decoration } = this;
    this.consume(0, T.K.source);
    const name = this.takeName(0, "the name of the source");
    const { origin, originRange, derivedFrom } = this.sub(0, this.origin);
    const head: { collected?: Path[]; under?: Path; keep?: Keep } = {};
    this.parts("source", [
      [T.K.collected, () => keepFirst(head, "collected", this.collectedOf())],
      [T.K.under, () => keepFirst(head, "under", this.underOf())],
      [T.K.keep, () => keepFirst(head, "keep", this.sub(0, this.keep))],
    ]);
    const fields: Field[] = [];
    this.block(
      0,
      `the source${quoted(name)}`,
      () => "a field such as `email : contact_point`",
      () => this.startsMember(),
      () => {
        fields.push(this.sub(0, this.field));
      },
    );
    return {
      kind: "source",
      ...decoration,
      end: this.endOffset(),
      name,
      origin,
      originRange,
      derivedFrom,
      collectedFor: head.collected ?? [],
      consentFor: head.under ?? null,
      keep: head.keep ?? null,
      fields,
    };
  });

  readonly origin: RuleOf<Pick<Source, "origin" | "originRange" | "derivedFrom">> = this.RULE(
    "origin",
    (): Pick<Source, "origin" | "originRange" | "derivedFrom"> => {
      const token = this.peek(1);
      if (!this.RECORDING_PHASE && !originTypes.has(token.tokenType)) return this.unknownOrigin();
      this.originAlternatives ??= originWords.map((word) => ({
        ALT: () => {
          this.consume(0, T.K[word]);
          if (word !== "derived") return [];
          return this.expect(0, T.K.from, "`from` and a field or a source") === null
            ? []
            : this.pathsOf(0, "a field or a source");
        },
      }));
      const derivedFrom = this.or(0, this.originAlternatives) as Path[];
      return { origin: token.image as OriginWord, originRange: this.rangeOf(token), derivedFrom };
    },
  );
  private originAlternatives: { ALT: () => Path[] }[] | undefined;

  private unknownOrigin(): Pick<Source, "origin" | "originRange" | "derivedFrom"> {
    const token = this.peek(1);
    if (this.isA(T.PlainName) && this.isName()) {
      this.skip();
      const suggestion = nearest(token.image, originWords);
      this.unknown("origin of data", token, originWords.map((word) => `\`${word}\``).join(", "), suggestion);
      return { origin: suggestion ?? "", originRange: this.rangeOf(token), derivedFrom: [] };
    }
    this.expected("the data's origin, such as `provided` or `observed`,");
    return { origin: "", originRange: this.nothing(), derivedFrom: [] };
  }

  private collectedOf(): Path[] {
    this.consume(0, T.K.collected);
    return this.expect(0, T.K.for, "`for` and a purpose") === null ? [] : this.pathsOf(0, "a purpose");
  }

  private underOf(): Path {
    this.consume(0, T.K.under);
    this.expect(0, T.K.consent, "`consent for` and a purpose");
    this.expect(1, T.K.for, "`for` and a purpose");
    return this.pathOf(0, "a purpose");
  }

  /** `keep at most D`, and then `deleted by store` or `except for P, …`. */
  readonly keep: RuleOf<Keep> = this.RULE("keep", (): Keep => {
    const { start } = this.take(0, T.K.keep);
    this.expect(0, T.K.at, "`at most` and a duration");
    this.expect(0, T.K.most, "`most` and a duration");
    const atMost = this.duration(0);
    let deletedByStore: Range | null = null;
    const deletedOf = (): void => {
      const first = this.take(0, T.K.deleted);
      this.expect(0, T.K.by, "`by store`");
      this.expect(0, T.K.store, "`store`");
      deletedByStore = { start: first.start, end: this.endOffset() };
    };
    this.maybe(1, T.K.deleted, deletedOf);
    const exceptFor = this.exceptForOf();
    if (!this.RECORDING_PHASE && this.is(T.K.deleted)) deletedOf();
    const deleted = deletedByStore as Range | null;
    if (deleted !== null && exceptFor.length > 0) this.findings.push(keepConflict.at(deleted, []));
    return { kind: "keep", start, end: this.endOffset(), atMost, deletedByStore: deleted, exceptFor };
  });

  readonly field: RuleOf<Field> = this.RULE("field", (): Field => {
    const decoration = this.sub(0, this.decorations);
    const name = this.memberName(0, "the name of a field");
    const colon = this.expect(0, T.Colon, "`:` and a category");
    const categories = colon === null ? [] : this.pathsOf(0, "a category");
    return { kind: "field", ...decoration, end: this.endOffset(), name, categories };
  });

  // ----------------------------------------------------------------------------- the subject, facts, conditions, duties

  readonly subject: RuleOf<Subject> = this.RULE("subject", (): Subject => {
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

  readonly facts: RuleOf<Facts> = this.RULE("facts", (): Facts => {
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

  readonly condition: RuleOf<Condition> = this.RULE("condition", (): Condition => {
    const { decoration } = this;
    this.consume(0, T.K.condition);
    const name = this.takeName(0, "the name of the condition");
    const value: Condition["value"] | Missing =
      this.expect(0, T.Equal, "`=` and a condition") === null
        ? { kind: "missing", ...this.nothing() }
        : this.expressionOf(0, "a condition");
    return { kind: "condition", ...decoration, end: this.endOffset(), name, value };
  });

  readonly duty: RuleOf<Duty> = this.RULE("duty", (): Duty => {
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
function keepFirst<Head, Key extends keyof Head>(head: Head, key: Key, value: Head[Key]): void {
  if (head[key] === undefined) head[key] = value;
}

/** A name as it goes into a message, after a space; nothing where it is missing. */
export function quoted(name: Name): string {
  return name.text === "" || name.text === undefined ? "" : ` \`${name.text}\``;
}
