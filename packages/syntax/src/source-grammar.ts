import { BlockGrammar, keepFirst, quoted } from "./block-grammar.ts";
import { keepConflict } from "./diagnostics/index.ts";
import { nearest } from "./nearest.ts";
import type { RuleOf } from "./parser-base.ts";
import * as T from "./token-types.ts";
import type { Field, Keep, OriginWord, Path, Range, Source } from "./tree.ts";

const originWords = ["provided", "published", "observed", "public", "third_party", "derived"] as const;
const originTypes = new Set(originWords.map((word) => T.K[word]));

/** Sources of data and their fields. */
export abstract class SourceGrammar extends BlockGrammar {
  readonly source: RuleOf<Source> = this.define("source", (): Source => {
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

  readonly origin: RuleOf<Pick<Source, "origin" | "originRange" | "derivedFrom">> = this.define(
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
      const derivedFrom = this.choose(0, this.originAlternatives, originWords.indexOf(token.image as OriginWord));
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
  readonly keep: RuleOf<Keep> = this.define("keep", (): Keep => {
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

  readonly field: RuleOf<Field> = this.define("field", (): Field => {
    const decoration = this.sub(0, this.decorations);
    const name = this.memberName(0, "the name of a field");
    const colon = this.expect(0, T.Colon, "`:` and a category");
    const categories = colon === null ? [] : this.pathsOf(0, "a category");
    return { kind: "field", ...decoration, end: this.endOffset(), name, categories };
  });

  /** `[except for P, …]` */
  protected exceptForOf(): Path[] {
    let purposes: Path[] = [];
    this.maybe(0, T.K.except, () => {
      this.consume(0, T.K.except);
      if (this.expect(0, T.K.for, "`for` and a purpose") !== null) purposes = this.pathsOf(0, "a purpose");
    });
    return purposes;
  }
}
