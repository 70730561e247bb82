import { FALSE, type Node } from "../node-store.ts";
import type { Kind } from "./cell-regions.ts";
import type { RulesOfCell } from "./cell-rules.ts";
import { Sequences } from "./sequences.ts";
import type { Asked, Bindings, Bound, Solver, Sums, Together } from "./solver.ts";
import type { Sides } from "./static-cells.ts";
import type { Strictness } from "./strictness.ts";

/** Where something is decided otherwise in a cell. */
export interface Turned {
  readonly kind: Kind;
  readonly bound: Strictness | null;
  readonly where: Node;
}

/**
 * What two models decide otherwise in cells, whichever the cells are. Parts of rules that come to the same have one number, and what
 * two of these make together is found out once: most interactions show nothing new.
 */
export class Turns {
  readonly solver: Solver;
  private readonly sequences = new Sequences();
  private readonly parts: { readonly sums: Sums; readonly bound: Bound }[] = [];
  /** By the number of the one part. */
  private readonly known: Map<number, readonly Turned[]>[] = [];

  constructor(solver: Solver) {
    this.solver = solver;
  }

  /** The number of what some rules come to. */
  numberOf(part: RulesOfCell, asked: readonly [Asked, Asked]): number {
    const sums = this.solver.sumsOf(part, asked);
    const bound = this.solver.boundIn(part, asked);
    this.sequences.begin();
    for (const one of [sums.same, sums.before, sums.after]) this.addSum(one);
    for (const one of [bound.same, bound.before, bound.after]) this.addBindings(one);
    const number = this.sequences.id();
    this.parts[number] ??= { sums, bound };
    return number;
  }

  /** @param parts The numbers of what the two parts of the rules of a cell come to */
  of([one, other]: readonly [number, number], inBounds: Sides): readonly Turned[] {
    this.known[one] ??= new Map();
    const known = this.known[one];
    const key = other * 4 + (inBounds[0] ? 1 : 0) + (inBounds[1] ? 2 : 0);
    const turned = known.get(key) ?? this.find(one, other, inBounds);
    known.set(key, turned);
    return turned;
  }

  private addSum({ permitted, forbidden }: Together): void {
    this.sequences.add(permitted).add(forbidden);
  }
  private addBindings(bindings: Bindings): void {
    this.sequences.add(bindings.size);
    for (const [key, where] of bindings) this.sequences.add(key).add(where);
  }

  private find(one: number, other: number, inBounds: Sides): readonly Turned[] {
    const { solver } = this;
    const [own, others] = [this.parts[one]!, this.parts[other]!];
    const found: Turned[] = [];
    const solved = solver.solve(solver.sum(own.sums, others.sums), inBounds);
    if (solved === null) return found;
    const { diagrams } = solver.facts;
    const { allowed, undenied } = solved;
    const [then, now] = [diagrams.and(allowed[0], undenied), diagrams.and(allowed[1], undenied)];
    const add = (kind: Kind, turned: Node, bound: Strictness | null = null) => {
      const where = solver.exact(turned);
      if (where !== FALSE) found.push({ kind, bound, where });
    };
    add("widened", solver.turned(now, then));
    add("narrowed", solver.turned(then, now));
    if (then !== FALSE && now !== FALSE) {
      const { gone, come } = solver.boundOtherwise([own.bound, others.bound]);
      const [looser, tighter] = [gone, come].map((one) => solver.exact(diagrams.all([then, now, one]))) as [Node, Node];
      const bound = looser === FALSE ? "tighter" : tighter === FALSE ? "looser" : "otherwise";
      add("duties", diagrams.or(looser, tighter), bound);
    }
    return found;
  }
}
