import type { Expr, Id, Interaction } from "@scruple/model";
import { asOne, CellRules, type CellSays, type RulesOfCell } from "./cell-rules.ts";
import type { Joined } from "./join-models.ts";
import { hasDuties, type Said } from "./said.ts";
import { Sequences } from "./sequences.ts";
import {
  type CellsOfOne,
  forPurposes,
  type Selecting,
  type Sides,
  type StaticCell,
  type StaticSpace,
} from "./static-cells.ts";

/**
 * What two models say of some cells, on the facts alone: the conditions of rules that say the same in both, and of those that do not.
 * Cells of many interactions may come to one problem.
 */
export interface Problem extends RulesOfCell {
  /** The first of its purposes; for the others it comes to the same. */
  readonly purpose: Id;
  readonly startedBy: readonly [Interaction["startedBy"], Interaction["startedBy"]];
  readonly inBounds: Sides;
  /** Equal where the changes are, whatever the rules say that are not changed. */
  readonly change: number;
  readonly cells: StaticCell[];
}

export function problemsOf(
  joined: Joined,
  space: StaticSpace,
  isAsked?: (interaction: Id) => boolean,
): readonly Problem[] {
  const finder = new ProblemFinder(new CellRules(joined, space), space);
  for (const one of space.cells(isAsked)) finder.add(one);
  return finder.problems;
}

/** Paths of what one model has and the other has not, or otherwise; without those that only limit, where it is asked what decides. */
export function causesOf({ changed, cause }: RulesOfCell, what: "decides" | "binds"): readonly string[] {
  const others = changed.flat().map(({ rule }) => rule.rule);
  const deciding = what === "binds" ? others : others.filter(({ limit }) => limit === null);
  const paths = new Set(deciding.map(({ path }) => path));
  if (cause !== "") paths.add(cause);
  return [...paths].sort();
}

export function conditionsIn({ unchanged, changed }: RulesOfCell): readonly Expr[] {
  return [unchanged, ...changed].flatMap((rules) => rules.flatMap(({ rule }) => rule.condition));
}

class ProblemFinder {
  readonly problems: Problem[] = [];
  private readonly rules: CellRules;
  private readonly space: StaticSpace;
  private readonly changes = new Sequences();
  private readonly keys = new Sequences();
  private readonly texts = new Map<string, number>();

  constructor(rules: CellRules, space: StaticSpace) {
    this.rules = rules;
    this.space = space;
  }

  add({ selecting, cells }: CellsOfOne): void {
    const known = new Map<number, Map<number, Problem>>();
    for (const cell of cells) {
      const says = this.rules.on(cell, selecting);
      if (says === null) continue;
      const byOccasion = known.get(says.id) ?? new Map<number, Problem>();
      known.set(says.id, byOccasion);
      for (const [occasion, purposes] of this.rules.occasions(says.asks, cell.purposes)) {
        const problem = byOccasion.get(occasion) ?? this.problemOf(says, selecting, cell.inBounds, occasion, purposes);
        byOccasion.set(occasion, problem);
        problem.cells.push(forPurposes(cell, purposes));
      }
    }
  }

  private problemOf(
    says: CellSays,
    selecting: Selecting,
    inBounds: Sides,
    occasion: number,
    purposes: readonly number[],
  ): Problem {
    const rules = asOne(says);
    const { unchanged, changed, cause } = rules;
    const startedBy = startedIn(selecting);
    const [here, there] = changed;
    const asksStart = [unchanged, here, there].some((list) => list.some((one) => one.asksStart));
    const fixed = unchanged.map(({ decides }) => decides);
    if (here.some(hasDuties) || there.some(hasDuties))
      for (const one of unchanged) if (hasDuties(one)) fixed.push(one.binds);
    const change = this.changes
      .begin()
      .add(Number(inBounds[0]) * 2 + Number(inBounds[1]))
      .add(asksStart ? this.numberOf(startedBy.join()) : -1)
      .add(this.numberOf(cause))
      .add(occasion)
      .addSet(here.map(idOf))
      .addSet(there.map(idOf))
      .id();
    const key = this.keys.begin().add(change).addSet(fixed).id();
    const purpose = this.space.places.purposes[purposes[0]!]!;
    this.problems[key] ??= { unchanged, changed, cause, startedBy, change, purpose, inBounds, cells: [] };
    return this.problems[key];
  }

  private numberOf(text: string): number {
    const known = this.texts.get(text) ?? this.texts.size;
    this.texts.set(text, known);
    return known;
  }
}

function idOf({ id }: Said): number {
  return id;
}

/** Who starts an interaction, in each model. */
export function startedIn({ declared }: Selecting): Problem["startedBy"] {
  return [declared[0]?.startedBy ?? null, declared[1]?.startedBy ?? null];
}
