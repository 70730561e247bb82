import type { Expr, Id } from "@scruple/model";
import { FactSpace } from "../fact-space.ts";
import { FALSE, type Node } from "../node-store.ts";
import { TooLargeError } from "../too-large-error.ts";
import type { CellBoxes } from "./cell-boxes.ts";
import type { Kind } from "./cell-regions.ts";
import { CellRules, type RulesOfCell } from "./cell-rules.ts";
import type { Joined } from "./join-models.ts";
import type { MergedRegion } from "./merge-regions.ts";
import { startedIn } from "./problems.ts";
import { asksOf, type Said } from "./said.ts";
import { type Asked, mentionsIn, Solver } from "./solver.ts";
import type { Selecting, Sides, StaticCell, StaticSpace } from "./static-cells.ts";

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
  let cells: Read[] = [];
  for (const { cell, selecting, selected } of space.cells(isAsked)) {
    if (cells[0] !== undefined && cells[0].cell.interaction !== cell.interaction) {
      yield* summary(cells, reader, solvers, space, boxes);
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

  /** @param rules All that is asked about */
  solve<T>(rules: ReadonlySet<Said>, ask: (solver: Solver) => T): T {
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
  const met = reader.takeMet();
  const found = solvers.solve(met, (solver) => turnedIn(cells, met, reader, solver, space));
  for (const [kind, { first, causes, rules: those, cells: ones }] of found) {
    const deciding = [...those].filter(({ rule }) => kind === "duties" || rule.rule.limit === null);
    const paths = new Set([...causes, ...deciding.map(({ rule }) => rule.rule.path)]);
    yield { ...first, kind, when: [], given: "varied", causes: [...paths].sort(), areas: [boxes.around(ones)] };
  }
}

function turnedIn(
  cells: readonly Read[],
  all: ReadonlySet<Said>,
  reader: CellRules,
  solver: Solver,
  { places }: StaticSpace,
): ReadonlyMap<Kind, Found> {
  const said = [...all];
  const mentions = mentionsIn([said]);
  const conditions = () => said.flatMap(({ rule }) => rule.condition);
  const startedBy = startedIn(cells[0]!.selecting);
  const known = new Map<number, readonly [Asked, Asked]>();
  const askedFor = (purpose: number) => {
    const id = places.purposes[purpose]!;
    const asked =
      known.get(purpose) ??
      ([
        solver.ask(startedBy[0], id, mentions, conditions),
        solver.ask(startedBy[1], id, mentions, conditions),
      ] as const);
    known.set(purpose, asked);
    return asked;
  };
  const contextFor = (purpose: Id) => askedFor(places.purposes.indexOf(purpose))[1].context;
  const found = new Map<Kind, Found>();
  const foundOf = ({ kind, where }: Turned, cell: StaticCell) => {
    const known = found.get(kind);
    if (known !== undefined) return known;
    const region = { where, contextFor };
    const made: Found = { cells: [], rules: new Set(), causes: new Set(), first: { region, cell } };
    found.set(kind, made);
    return made;
  };
  // In other data and for other operations it is often the same rules that select.
  const turns = new Map<string, readonly Turned[]>();
  for (const { cell, rules } of cells) {
    const asks = asksOf(rules);
    for (const [, purposes] of reader.occasions(asks, cell.purposes)) {
      const its = purposes === cell.purposes ? cell : { ...cell, purposes };
      const first = purposes[0]!;
      const key = keyOf(rules, cell.inBounds, asks === "nothing" ? "" : first);
      const known = turns.get(key);
      const turned = known ?? turnedBy(rules, cell.inBounds, askedFor(first), solver);
      if (known === undefined) turns.set(key, turned);
      for (const one of turned) {
        const { cells: ones, rules: those, causes } = foundOf(one, its);
        ones.push(its);
        if (rules.cause !== "") causes.add(rules.cause);
        if (known === undefined) for (const list of rules.changed) for (const said of list) those.add(said);
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

/** What rules say, and where they are asked: what has the same key turns the same. */
function keyOf({ unchanged, changed: [before, after] }: RulesOfCell, inBounds: Sides, purpose: number | ""): string {
  let key = `${inBounds[0] ? 1 : 0}${inBounds[1] ? 1 : 0}${purpose}`;
  for (const list of [unchanged, before, after]) {
    key += "|";
    for (const { id } of list) key += `${id},`;
  }
  return key;
}

function turnedBy(
  rules: RulesOfCell,
  inBounds: Sides,
  asked: readonly [Asked, Asked],
  solver: Solver,
): readonly Turned[] {
  const solved = solver.solve(rules, inBounds, asked);
  if (solved === null) return [];
  const { diagrams } = solver.facts;
  const { allowed, undenied } = solved;
  const [then, now] = [diagrams.and(allowed[0], undenied), diagrams.and(allowed[1], undenied)];
  const found: Turned[] = [
    { kind: "widened", where: solver.exact(solver.turned(now, then)) },
    { kind: "narrowed", where: solver.exact(solver.turned(then, now)) },
  ];
  if (then !== FALSE && now !== FALSE) {
    const bound = solver.boundOtherwise(rules, asked);
    if (bound !== FALSE) found.push({ kind: "duties", where: solver.exact(diagrams.all([then, now, bound])) });
  }
  return found.filter(({ where }) => where !== FALSE);
}
