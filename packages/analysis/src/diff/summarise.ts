import type { Expr, Id } from "@scruple/model";
import { FactSpace } from "../fact-space.ts";
import { FALSE, type Node } from "../node-store.ts";
import { TooLargeError } from "../too-large-error.ts";
import type { CellBoxes } from "./cell-boxes.ts";
import type { Kind } from "./cell-regions.ts";
import { CellRules, type CellSays, type RulesOfCell } from "./cell-rules.ts";
import type { Joined } from "./join-models.ts";
import type { MergedRegion } from "./merge-regions.ts";
import { startedIn } from "./problems.ts";
import type { Said } from "./said.ts";
import { type Asked, type Bound, mentionsIn, Solver, type Sums } from "./solver.ts";
import { forPurposes, type Selecting, type Sides, type StaticCell, type StaticSpace } from "./static-cells.ts";

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
    const found = solvers.solve(met, (solver) => turnedIn(read, selecting, met, reader, solver, space));
    for (const [kind, { first, parts, cells: ones }] of found) {
      const { region, cell } = first;
      const causes = causesIn(parts, kind);
      yield { kind, when: [], given: "varied", causes, areas: [boxes.around(ones)], region, cell };
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
  private shared: Solver | null = null;

  constructor(joined: Joined) {
    this.joined = joined;
  }

  /** @param rules All that is asked about */
  solve<T>(rules: ReadonlySet<Said>, ask: (solver: Solver) => T): T {
    const own = conditionsOf(rules);
    const fresh = own.filter((expr) => !this.seen.has(expr));
    for (const expr of fresh) this.seen.add(expr);
    try {
      if (this.shared === null || !this.shared.facts.covers(fresh))
        this.shared = new Solver(this.joined, new FactSpace(this.joined.facts, [...this.seen]));
      return ask(this.shared);
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error;
      this.shared = null;
    }
    try {
      return ask(new Solver(this.joined, new FactSpace(this.joined.facts, own)));
    } catch (error) {
      if (!(error instanceof TooLargeError) || error.rules.length > 0) throw error;
      throw new TooLargeError(error.limit, [...new Set([...rules].map(({ rule }) => rule.rule.path))], error.what);
    }
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
  readonly first: Pick<MergedRegion, "region" | "cell">;
}

function turnedIn(
  cells: readonly Read[],
  selecting: Selecting,
  all: ReadonlySet<Said>,
  reader: CellRules,
  solver: Solver,
  { places }: StaticSpace,
): ReadonlyMap<Kind, Found> {
  const said = [...all];
  const mentions = mentionsIn([said]);
  const conditions = () => conditionsOf(said);
  const startedBy = startedIn(selecting);
  const ask = (side: 0 | 1, purpose: Id) => solver.ask(startedBy[side], purpose, mentions, conditions);
  const contextFor = (purpose: Id) => ask(1, purpose).context;
  const found = new Map<Kind, Found>();
  // Of other data and for other operations it is often the same that is said.
  const turns = new Map<number, readonly Turned[]>();
  const occasions: Occasion[] = [];
  for (const { cell, says } of cells) {
    const { id, asks, parts } = says;
    for (const [, purposes] of reader.occasions(asks, cell.purposes)) {
      const first = purposes[0]!;
      const key = id * (places.purposes.length + 1) + (asks === "nothing" ? 0 : first + 1);
      let turned = turns.get(key);
      const isFresh = turned === undefined;
      if (turned === undefined) {
        const id = places.purposes[first]!;
        occasions[first] ??= new Occasion(solver, [ask(0, id), ask(1, id)]);
        turned = occasions[first].turned(parts, cell.inBounds);
        turns.set(key, turned);
      }
      for (const { kind, where } of turned) {
        const its = forPurposes(cell, purposes);
        let one = found.get(kind);
        if (one === undefined) {
          one = { cells: [], parts: new Set(), first: { region: { where, contextFor }, cell: its } };
          found.set(kind, one);
        }
        one.cells.push(its);
        if (isFresh) for (const part of parts) one.parts.add(part);
      }
    }
  }
  return found;
}

/** Where something is decided otherwise in a cell. */
interface Turned {
  readonly kind: Kind;
  readonly where: Node;
}

/** One purpose of an interaction. What a part of the rules comes to is found out once. */
class Occasion {
  private readonly asked: readonly [Asked, Asked];
  private readonly solver: Solver;
  private readonly sums = new Map<RulesOfCell, Sums>();
  private readonly bound = new Map<RulesOfCell, Bound>();

  constructor(solver: Solver, asked: readonly [Asked, Asked]) {
    this.solver = solver;
    this.asked = asked;
  }

  turned([own, others]: CellSays["parts"], inBounds: Sides): readonly Turned[] {
    const { solver } = this;
    const found: Turned[] = [];
    const solved = solver.solve(solver.sum(this.sumsOf(own), this.sumsOf(others)), inBounds);
    if (solved === null) return found;
    const { diagrams } = solver.facts;
    const { allowed, undenied } = solved;
    const [then, now] = [diagrams.and(allowed[0], undenied), diagrams.and(allowed[1], undenied)];
    const add = (kind: Kind, turned: Node) => {
      const where = solver.exact(turned);
      if (where !== FALSE) found.push({ kind, where });
    };
    add("widened", solver.turned(now, then));
    add("narrowed", solver.turned(then, now));
    if (then !== FALSE && now !== FALSE) {
      const bound = solver.boundOtherwise([this.boundIn(own), this.boundIn(others)]);
      if (bound !== FALSE) add("duties", diagrams.all([then, now, bound]));
    }
    return found;
  }

  private sumsOf(part: RulesOfCell): Sums {
    const known = this.sums.get(part) ?? this.solver.sumsOf(part, this.asked);
    this.sums.set(part, known);
    return known;
  }
  private boundIn(part: RulesOfCell): Bound {
    const known = this.bound.get(part) ?? this.solver.boundIn(part, this.asked);
    this.bound.set(part, known);
    return known;
  }
}
