import type { Expr, Id } from "@scruple/model";
import { FactSpace } from "../fact-space.ts";
import { FALSE, type Node } from "../node-store.ts";
import { TooLargeError } from "../too-large-error.ts";
import type { CellBoxes } from "./cell-boxes.ts";
import type { Kind } from "./cell-regions.ts";
import { CellRules, type RulesOfCell } from "./cell-rules.ts";
import type { Joined } from "./join-models.ts";
import type { MergedRegion } from "./merge-regions.ts";
import { causesOf, conditionsIn, startedIn } from "./problems.ts";
import { asksOf, type Said } from "./said.ts";
import { mentionsIn, Solver } from "./solver.ts";
import type { Selecting, StaticCell, StaticSpace } from "./static-cells.ts";

/** A cell of the interaction at hand. */
interface Read {
  readonly cell: StaticCell;
  readonly selecting: Selecting;
  readonly rules: RulesOfCell;
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
  let interaction: Id | null = null;
  let cells: Read[] = [];
  for (const { cell, selecting, selected } of space.cells(isAsked)) {
    if (cell.interaction !== interaction) {
      yield* summary(cells, reader, solvers, space, boxes);
      interaction = cell.interaction;
      cells = [];
    }
    const rules = reader.on(cell, selecting, selected);
    if (rules !== null) cells.push({ cell, selecting, rules });
  }
  yield* summary(cells, reader, solvers, space, boxes);
}

/** One space of facts for one interaction after the other, as long as it has what they ask, and room. */
class Solvers {
  private readonly joined: Joined;
  private readonly seen = new Set<Expr>();
  private shared: Solver | null = null;

  constructor(joined: Joined) {
    this.joined = joined;
  }

  solve<T>(cells: readonly Read[], ask: (solver: Solver) => T): T {
    const rules = new Set<Said>();
    for (const { rules: said } of cells)
      for (const list of [said.unchanged, ...said.changed]) for (const one of list) rules.add(one);
    const own = [...rules].flatMap(({ rule }) => rule.condition);
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

/** What was found of one kind so far. */
interface Found {
  readonly cells: StaticCell[];
  readonly rules: Set<Said>;
  readonly causes: Set<string>;
  readonly first: Pick<MergedRegion, "region" | "cell">;
}

function* summary(
  cells: readonly Read[],
  reader: CellRules,
  solvers: Solvers,
  space: StaticSpace,
  boxes: CellBoxes,
): Generator<MergedRegion> {
  if (cells.length === 0) return;
  const found = solvers.solve(cells, (solver) => turnedIn(cells, reader, solver, space));
  for (const [kind, { first, causes, cells: those }] of found)
    yield { ...first, kind, when: [], given: "varied", causes: [...causes].sort(), areas: [boxes.around(those)] };
}

function turnedIn(
  cells: readonly Read[],
  reader: CellRules,
  solver: Solver,
  { places }: StaticSpace,
): ReadonlyMap<Kind, Found> {
  const { diagrams } = solver.facts;
  const all = cells.map(({ rules: { unchanged, changed } }) => [unchanged, ...changed]);
  const mentions = mentionsIn(all.flat());
  const conditions = () => cells.flatMap(({ rules }) => conditionsIn(rules));
  const found = new Map<Kind, Found>();
  const add = (
    kind: Kind,
    region: Node,
    cell: StaticCell,
    rules: RulesOfCell,
    contextFor: Found["first"]["region"]["contextFor"],
  ) => {
    const where = solver.exact(region);
    if (where === FALSE) return;
    let known = found.get(kind);
    if (known === undefined) {
      known = { cells: [], rules: new Set(), causes: new Set(), first: { region: { where, contextFor }, cell } };
      found.set(kind, known);
    }
    known.cells.push(cell);
    const fresh = rules.changed.some((list) => list.some((said) => !known.rules.has(said))) || rules.cause !== "";
    if (!fresh) return;
    for (const list of rules.changed) for (const said of list) known.rules.add(said);
    for (const path of causesOf(rules, kind === "duties" ? "binds" : "decides")) known.causes.add(path);
  };
  for (const [index, { cell, selecting, rules }] of cells.entries()) {
    const [before, after] = startedIn(selecting);
    const [from, to] = [before, after].map(
      (startedBy) => (purpose: Id) => solver.ask(startedBy, purpose, mentions, conditions),
    ) as [Asking, Asking];
    for (const [, purposes] of reader.occasions(asksOf(all[index]!), cell.purposes)) {
      const its = purposes === cell.purposes ? cell : { ...cell, purposes };
      const purpose = places.purposes[purposes[0]!]!;
      const asked = [from(purpose), to(purpose)] as const;
      const solved = solver.solve(rules, cell.inBounds, asked);
      if (solved === null) continue;
      const { allowed, undenied } = solved;
      const [then, now] = [diagrams.and(allowed[0], undenied), diagrams.and(allowed[1], undenied)];
      const contextFor = (one: Id) => to(one).context;
      add("widened", solver.turned(now, then), its, rules, contextFor);
      add("narrowed", solver.turned(then, now), its, rules, contextFor);
      if (then === FALSE || now === FALSE) continue;
      add("duties", diagrams.all([then, now, solver.boundOtherwise(rules, asked)]), its, rules, contextFor);
    }
  }
  return found;
}
type Asking = (purpose: Id) => ReturnType<Solver["ask"]>;
