import type { Expr, Id } from "@scruple/model";
import { FactSpace } from "../fact-space.ts";
import { TooLargeError } from "../too-large-error.ts";
import type { CellBoxes } from "./cell-boxes.ts";
import type { Kind } from "./cell-regions.ts";
import { CellRules, type CellSays, type RulesOfCell } from "./cell-rules.ts";
import type { Joined } from "./join-models.ts";
import type { MergedRegion } from "./merge-regions.ts";
import { startedIn } from "./problems.ts";
import type { Said } from "./said.ts";
import { type Asked, mentionsIn, Solver } from "./solver.ts";
import { forPurposes, type Selecting, type StaticCell, type StaticSpace } from "./static-cells.ts";
import { type Strictness, together } from "./strictness.ts";
import { type Turned, Turns } from "./turns.ts";

/** A cell of the interaction at hand. */
interface Read {
  readonly cell: StaticCell;
  readonly says: CellSays;
}

/**
 * Each of some interactions as a whole: one region for all that became allowed in it, one for what became denied, one for what is bound
 * otherwise. Which combinations are among them is exact; under which facts each is, is not told apart.
 *
 * @throws TooLargeError that names the rules of the interaction
 */
export function* summaries(
  joined: Joined,
  space: StaticSpace,
  boxes: CellBoxes,
  isAsked: (interaction: Id) => boolean,
): Generator<MergedRegion> {
  const reader = new CellRules(joined, space);
  const solvers = new Solvers(joined);
  for (const { selecting, cells } of space.cells(isAsked)) {
    const read: Read[] = [];
    for (const cell of cells) {
      const says = reader.on(cell, selecting);
      if (says !== null) read.push({ cell, says });
    }
    if (read.length === 0) continue;
    const met = reader.takeMet();
    const found = solvers.solve(met, (turns) => turnedIn(read, selecting, met, reader, turns, space));
    for (const [kind, { first, parts, cells: ones, bound }] of found) {
      const { region, cell } = first;
      const causes = causesIn(parts, kind);
      yield {
        kind,
        bound: kind === "duties" ? together(bound) : null,
        when: [],
        given: "varied",
        causes,
        areas: [boxes.around(ones)],
        region,
        cell,
      };
    }
  }
}

function causesIn(parts: Iterable<RulesOfCell>, kind: Kind): readonly string[] {
  const all = new Set<Said>();
  const causes = new Set<string>();
  for (const { cause, changed } of parts) {
    if (cause !== "") causes.add(cause);
    for (const list of changed) for (const said of list) all.add(said);
  }
  for (const { rule } of all) if (kind === "duties" || rule.rule.limit === null) causes.add(rule.rule.path);
  return [...causes].sort();
}

/** One space of facts for one interaction after the other, as long as it has what they ask, and room. */
class Solvers {
  private readonly joined: Joined;
  private readonly seen = new Set<Expr>();
  private shared: Turns | null = null;

  constructor(joined: Joined) {
    this.joined = joined;
  }

  /** @param rules All that is asked about */
  solve<T>(rules: ReadonlySet<Said>, ask: (turns: Turns) => T): T {
    const own = conditionsOf(rules);
    const fresh = own.filter((expr) => !this.seen.has(expr));
    for (const expr of fresh) this.seen.add(expr);
    try {
      if (this.shared === null || !this.shared.solver.facts.covers(fresh)) this.shared = this.turnsFor([...this.seen]);
      return ask(this.shared);
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error;
      this.shared = null;
    }
    try {
      return ask(this.turnsFor(own));
    } catch (error) {
      if (!(error instanceof TooLargeError) || error.rules.length > 0) throw error;
      throw new TooLargeError(error.limit, [...new Set([...rules].map(({ rule }) => rule.rule.path))], error.what);
    }
  }

  private turnsFor(expressions: readonly Expr[]): Turns {
    return new Turns(new Solver(this.joined, new FactSpace(this.joined.facts, expressions)));
  }
}

function conditionsOf(rules: Iterable<Said>): readonly Expr[] {
  const all: Expr[] = [];
  for (const { rule } of rules) for (const expr of rule.condition) all.push(expr);
  return all;
}

/** What was found of one kind so far. */
interface Found {
  readonly cells: StaticCell[];
  readonly parts: Set<RulesOfCell>;
  readonly bound: Set<Strictness>;
  readonly first: Pick<MergedRegion, "region" | "cell">;
}

/** One purpose of an interaction, with the numbers of what parts of the rules come to for it. */
interface Occasion {
  readonly asked: readonly [Asked, Asked];
  readonly numbers: Map<RulesOfCell, number>;
}

function numberOf(part: RulesOfCell, { asked, numbers }: Occasion, turns: Turns): number {
  const known = numbers.get(part);
  if (known !== undefined) return known;
  const number = turns.numberOf(part, asked);
  numbers.set(part, number);
  return number;
}

function turnedIn(
  cells: readonly Read[],
  selecting: Selecting,
  all: ReadonlySet<Said>,
  reader: CellRules,
  turns: Turns,
  { places }: StaticSpace,
): ReadonlyMap<Kind, Found> {
  const said = [...all];
  const mentions = mentionsIn([said]);
  const conditions = () => conditionsOf(said);
  const startedBy = startedIn(selecting);
  const ask = (side: 0 | 1, purpose: Id) => turns.solver.ask(startedBy[side], purpose, mentions, conditions);
  const contextFor = (purpose: Id) => ask(1, purpose).context;
  const found = new Map<Kind, Found>();
  // Of other data and for other operations it is often the same that is said: by the purpose, where it matters, and what is said.
  const known: (readonly Turned[])[][] = [];
  const occasions: Occasion[] = [];
  for (const { cell, says } of cells) {
    const { id, asks, own, others } = says;
    for (const [, purposes] of reader.occasions(asks, cell.purposes)) {
      const first = purposes[0]!;
      const occasion = asks === "nothing" ? places.purposes.length : first;
      known[occasion] ??= [];
      let turned = known[occasion][id];
      const isFresh = turned === undefined;
      if (turned === undefined) {
        const purpose = places.purposes[first]!;
        occasions[first] ??= { asked: [ask(0, purpose), ask(1, purpose)], numbers: new Map() };
        const numbers = [numberOf(own, occasions[first], turns), numberOf(others, occasions[first], turns)] as const;
        turned = turns.of(numbers, cell.inBounds);
        known[occasion][id] = turned;
      }
      for (const { kind, where, bound } of turned) {
        const its = forPurposes(cell, purposes);
        let one = found.get(kind);
        if (one === undefined) {
          one = { cells: [], parts: new Set(), bound: new Set(), first: { region: { where, contextFor }, cell: its } };
          found.set(kind, one);
        }
        one.cells.push(its);
        if (bound !== null) one.bound.add(bound);
        if (isFresh) one.parts.add(own).add(others);
      }
    }
  }
  return found;
}
