import type { InteractionReport, Lint, LintFinding } from "@scruple/analysis";
import type * as syntax from "@scruple/syntax";
import type { PolicyScope } from "../binder/scope.ts";
import type { Unit } from "../unit.ts";
import { entryOf } from "./entries.ts";
import { fixesFor } from "./fixes.ts";
import type { Places } from "./places.ts";

/** A finding of the analysis as it is told of a text. */
export interface Told {
  readonly lint: string;
  readonly unit: Unit;
  readonly finding: syntax.Finding;
  /** What an `@accept` that settles it may stand before. */
  readonly around: readonly syntax.Decorated[];
}

interface ToldReport {
  readonly told: readonly Told[];
  /** Files that anything of it stands in, or refers to. */
  readonly units: ReadonlySet<Unit>;
}

/** What was told of reports holds as long as they and the files that it speaks of stay the same. */
const known = new WeakMap<InteractionReport, ToldReport>();

/** What comes of a source can be settled at the source. */
const ofSources: ReadonlySet<Lint> = new Set<Lint>(["secondary-use", "laundering"]);

/** Makes sentences with places in the text of what the analysis has found. */
export class Telling {
  readonly places: Places;
  private readonly units: ReadonlySet<Unit>;

  constructor(places: Places, closure: readonly PolicyScope[]) {
    this.places = places;
    this.units = new Set(closure.flatMap(({ units }) => units));
  }

  ofReport(report: InteractionReport): readonly Told[] {
    const before = known.get(report);
    if (before !== undefined && [...before.units].every((unit) => this.units.has(unit))) return before.told;
    const units = new Set<Unit>();
    const told = this.of(report.findings, units);
    known.set(report, { told, units });
    return told;
  }

  /** @param units The files that anything stands in or refers to are added to these. */
  of(findings: readonly LintFinding[], units = new Set<Unit>()): readonly Told[] {
    return findings.flatMap((found): Told[] => {
      const located = this.places.locate(found.at);
      if (located === null) return [];
      const { unit, range } = located;
      units.add(unit);
      const words = found.words.map((word) => this.places.wordFor(word, units));
      const finding = entryOf(found.lint).at(range, words, {
        related: this.relatedOf(found, units),
        fixes: fixesFor(found, located, this.places, units),
      });
      return [{ lint: found.lint, unit, finding, around: [...located.around, ...this.alsoAround(found, units)] }];
    });
  }

  private relatedOf({ related }: LintFinding, units: Set<Unit>): readonly syntax.RelatedRange[] {
    return related.flatMap(({ at, message }) => {
      const located = this.places.locate(at);
      if (located === null) return [];
      units.add(located.unit);
      return [{ file: located.unit.path, start: located.range.start, end: located.range.end, message }];
    });
  }

  private alsoAround({ lint, words }: LintFinding, units: Set<Unit>): readonly syntax.Decorated[] {
    if (!ofSources.has(lint)) return [];
    const located = this.places.locate({ kind: "declaration", id: words[0]! });
    if (located !== null) units.add(located.unit);
    return located?.around ?? [];
  }
}
