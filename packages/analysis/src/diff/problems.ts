import type { Expr, Id, Interaction } from "@scruple/model";
import { CellRules, type RulesOfCell } from "./cell-rules.ts";
import type { Joined } from "./join-models.ts";
import { asksOf, hasDuties, type Said } from "./said.ts";
import { Sequences } from "./sequences.ts";
import type { Selecting, Sides, StaticCell, StaticSpace } from "./static-cells.ts";

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
  for (const { cell, selecting, selected } of space.cells(isAsked)) finder.add(cell, selecting, selected);
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

  add(cell: StaticCell, selecting: Selecting, indices: readonly number[]): void {
    const rules = this.rules.on(cell, selecting, indices);
    if (rules === null) return;
    const { unchanged, changed, cause } = rules;
    const startedBy = startedIn(selecting);
    const [here, there] = changed;
    const all = [unchanged, here, there];
    const asksStart = all.some((list) => list.some((one) => one.asksStart));
    const start = asksStart ? this.numberOf(startedBy.join()) : -1;
    const bounds = Number(cell.inBounds[0]) * 2 + Number(cell.inBounds[1]);
    const fixed = unchanged.map(({ decides }) => decides);
    if (here.some(hasDuties) || there.some(hasDuties))
      for (const one of unchanged) if (hasDuties(one)) fixed.push(one.binds);
    for (const [occasion, purposes] of this.rules.occasions(asksOf(rules), cell.purposes)) {
      const its = purposes === cell.purposes ? cell : { ...cell, purposes };
      const change = this.changes
        .begin()
        .add(bounds)
        .add(start)
        .add(this.numberOf(cause))
        .add(occasion)
        .addSet(here.map(idOf))
        .addSet(there.map(idOf))
        .id();
      const key = this.keys.begin().add(change).addSet(fixed).id();
      const known = this.problems[key];
      if (known !== undefined) known.cells.push(its);
      else {
        const purpose = this.space.places.purposes[its.purposes[0]!]!;
        const { inBounds } = its;
        this.problems[key] = { unchanged, changed, cause, startedBy, change, purpose, inBounds, cells: [its] };
      }
    }
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
