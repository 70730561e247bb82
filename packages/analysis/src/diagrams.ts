import { FALSE, type Node, NodeStore, TRUE, UNKNOWN } from "./node-store.ts";
import { TooLargeError } from "./too-large-error.ts";

/** What becomes of each terminal. */
export type TerminalMap = readonly [whenFalse: Node, whenUnknown: Node, whenTrue: Node];

const AND = 0;
const OR = 1;
const KNOWN = 2;
/** Codes of terminal maps follow; there are 27 of them. */
const MAPS = 3;

/** Half a million nodes are about 25 MB. */
const usualLimit = 1 << 19;
/** Recursion goes as deep as a diagram tests variables, one after the other. */
const deepest = 2_500;

/**
 * Functions from values of variables to false, unknown or true, as canonical diagrams in one shared store: equality is
 * equality of numbers, and `and`, `or` and `not` follow Kleene's tables. A variable is known by its place in the order, from 0.
 * The values of a variable that leave something unknown come first.
 *
 * Every operation throws `TooLargeError` when the store is full; the diagrams that are there stay valid.
 */
export class Diagrams {
  private readonly store: NodeStore;
  private readonly arities: number[] = [];
  private readonly unknowns: number[] = [];
  /** A cache of results that forgets (one entry a slot): operation and first operand, second operand, result. */
  private bits = 12;
  private keys = new Int32Array(1 << 12);
  private others = new Int32Array(1 << 12);
  private results = new Int32Array(1 << 12);
  private depth = 0;

  constructor(limit: number = usualLimit) {
    this.store = new NodeStore(limit);
  }

  /** Nodes held, whether still of use or not. */
  get count(): number {
    return this.store.count;
  }
  get limit(): number {
    return this.store.limit;
  }

  /** A new variable, after all others in the order; the first `unknowns` of its values leave something unknown. */
  addVariable(arity: number, unknowns: number): number {
    this.unknowns.push(unknowns);
    return this.arities.push(arity) - 1;
  }
  arity(variable: number): number {
    return this.arities[variable]!;
  }

  /** The function that tests one variable and goes on with a diagram over later ones. */
  branch(variable: number, child: (value: number) => Node): Node {
    return this.guarded(() => {
      const base = this.store.begin();
      for (let value = 0; value < this.arities[variable]!; value++) this.store.add(base, value + 1, child(value));
      return this.store.finish(base, variable);
    });
  }

  and(f: Node, g: Node): Node {
    return this.combined(AND, f, g);
  }
  or(f: Node, g: Node): Node {
    return this.combined(OR, f, g);
  }
  not(f: Node): Node {
    return this.map(f, negation);
  }
  /** Conjunction and disjunction of many. Lists that begin alike share the work. */
  all(list: Iterable<Node>): Node {
    return this.fold(AND, list, TRUE);
  }
  any(list: Iterable<Node>): Node {
    return this.fold(OR, list, FALSE);
  }
  map(f: Node, terminals: TerminalMap): Node {
    const code = MAPS + terminals[0] * 9 + terminals[1] * 3 + terminals[2];
    try {
      return this.convert(code, terminals, f);
    } catch (error) {
      throw this.abandoned(error);
    }
  }
  /** Where a function is true, as a function of two values; likewise the others. */
  isTrue(f: Node): Node {
    return this.map(f, whereTrue);
  }
  isNotFalse(f: Node): Node {
    return this.map(f, whereNotFalse);
  }

  /** The function over known values alone: what it says of unknown ones is overwritten, so that equality ignores them. */
  known(f: Node): Node {
    return this.guarded(() => this.convert(KNOWN, identity, f));
  }

  /** Whether `f` is true only where `g` is, for functions of two values. */
  implies(f: Node, g: Node): boolean {
    return this.and(f, this.not(g)) === FALSE;
  }

  evaluate(f: Node, valueAt: (variable: number) => number): Node {
    let node = f;
    while (node > TRUE) node = this.store.childAt(node, valueAt(this.store.variable(node)));
    return node;
  }

  /** The function with one variable fixed. */
  restrict(f: Node, variable: number, value: number): Node {
    const memo = new Map<Node, Node>();
    const visit = (node: Node): Node => {
      const tested = this.store.variable(node);
      if (tested > variable) return node;
      if (tested === variable) return this.store.childAt(node, value);
      const known = memo.get(node);
      if (known !== undefined) return known;
      const result = this.rebuild(node, visit);
      memo.set(node, result);
      return result;
    };
    return this.guarded(() => visit(f));
  }

  /** The variables that a function depends on, in their order. */
  support(...functions: readonly Node[]): readonly number[] {
    const variables = new Set<number>();
    for (const node of this.nodes(functions)) variables.add(this.store.variable(node));
    return [...variables].sort((a, b) => a - b);
  }
  /** How many nodes a function takes. */
  size(f: Node): number {
    return this.nodes([f]).length;
  }

  /** For walks from outside: the variable that a node tests, `Infinity` for a terminal. */
  variableOf(node: Node): number {
    return node <= TRUE ? Number.POSITIVE_INFINITY : this.store.variable(node);
  }
  /** Calls back for each run of values with one child, values from `from` to before `to`. */
  eachRun(node: Node, visit: (from: number, to: number, child: Node) => void): void {
    let from = 0;
    for (let run = 0; run < this.store.runs(node); run++) {
      const to = this.store.end(node, run);
      visit(from, to, this.store.child(node, run));
      from = to;
    }
  }
  childAt(node: Node, value: number): Node {
    return this.store.childAt(node, value);
  }

  // ---------------------------------------------------------------------------------------------------------- insides

  private nodes(roots: readonly Node[]): readonly Node[] {
    const seen = new Set<Node>(roots.filter((root) => root > TRUE));
    for (const node of seen) {
      for (let run = 0; run < this.store.runs(node); run++) {
        const child = this.store.child(node, run);
        if (child > TRUE) seen.add(child);
      }
    }
    return [...seen];
  }

  private rebuild(node: Node, visit: (child: Node) => Node): Node {
    const { store } = this;
    const base = store.begin();
    for (let run = 0; run < store.runs(node); run++)
      store.add(base, store.end(node, run), visit(store.child(node, run)));
    return store.finish(base, store.variable(node));
  }

  /** Merges like a binary counter carries: blocks of two, four, eight … are made once for all lists that begin with them. */
  private fold(operation: typeof AND | typeof OR, list: Iterable<Node>, empty: Node): Node {
    return this.guarded(() => {
      if (Array.isArray(list) && list.length <= 3) {
        let all = empty;
        for (const node of list) all = this.combine(operation, all, node);
        return all;
      }
      const blocks: { size: number; node: Node }[] = [];
      for (const node of [...new Set(list)].sort((a, b) => a - b)) {
        blocks.push({ size: 1, node });
        for (let last = blocks.length - 1; last > 0 && blocks[last - 1]!.size === blocks[last]!.size; last--) {
          const [one, other] = blocks.splice(last - 1, 2) as [{ size: number; node: Node }, { node: Node }];
          blocks.push({ size: one.size * 2, node: this.combine(operation, one.node, other.node) });
        }
      }
      return blocks.reduceRight((all, { node }) => this.combine(operation, all, node), empty);
    });
  }

  /** Here and in `map` nothing is allocated: they are asked millions of times. */
  private combined(operation: typeof AND | typeof OR, f: Node, g: Node): Node {
    try {
      return this.combine(operation, f, g);
    } catch (error) {
      throw this.abandoned(error);
    }
  }

  private combine(operation: typeof AND | typeof OR, f: Node, g: Node): Node {
    if (f === g) return f;
    const neutral = operation === AND ? TRUE : FALSE;
    const absorbing = TRUE - neutral;
    if (f === absorbing || g === absorbing) return absorbing;
    if (f === neutral) return g;
    if (g === neutral) return f;
    const one = f < g ? f : g;
    const other = f < g ? g : f;
    const key = one * 32 + operation;
    const cached = this.cached(key, other);
    if (cached >= 0) return cached;
    this.descend();
    const { store } = this;
    const top = store.variable(one);
    const next = store.variable(other);
    const base = store.begin();
    if (top === next) {
      for (let i = 0, j = 0; i < store.runs(one); ) {
        const endOne = store.end(one, i);
        const endOther = store.end(other, j);
        const child = this.combine(operation, store.child(one, i), store.child(other, j));
        store.add(base, Math.min(endOne, endOther), child);
        if (endOne <= endOther) i++;
        if (endOther <= endOne) j++;
      }
    } else {
      const upper = top < next ? one : other;
      const lower = top < next ? other : one;
      for (let run = 0; run < store.runs(upper); run++) {
        store.add(base, store.end(upper, run), this.combine(operation, store.child(upper, run), lower));
      }
    }
    const result = store.finish(base, Math.min(top, next));
    this.depth--;
    this.remember(key, other, result);
    return result;
  }

  private convert(code: number, terminals: TerminalMap, f: Node): Node {
    if (f <= TRUE) return terminals[f]!;
    const key = f * 32 + code;
    const cached = this.cached(key, -1);
    if (cached >= 0) return cached;
    this.descend();
    const { store } = this;
    const variable = store.variable(f);
    const skipped = code === KNOWN ? this.unknowns[variable]! : 0;
    const base = store.begin();
    for (let run = 0; run < store.runs(f); run++) {
      const end = store.end(f, run);
      if (end <= skipped) continue;
      store.add(base, end, this.convert(code, terminals, store.child(f, run)));
    }
    const result = store.finish(base, variable);
    this.depth--;
    this.remember(key, -1, result);
    return result;
  }

  private slot(key: number, other: Node): number {
    return (Math.imul(key, 0x9e3779b1) ^ Math.imul(other + 2, 0x85ebca6b)) >>> (32 - this.bits);
  }
  private cached(key: number, other: Node): Node {
    const slot = this.slot(key, other);
    return this.keys[slot] === key && this.others[slot] === other ? this.results[slot]! : -1;
  }
  private remember(key: number, other: Node, result: Node): void {
    if (this.store.count > this.keys.length * 2 && this.bits < 20) this.growCache();
    const slot = this.slot(key, other);
    this.keys[slot] = key;
    this.others[slot] = other;
    this.results[slot] = result;
  }
  private growCache(): void {
    this.bits += 2;
    const length = 1 << this.bits;
    this.keys = new Int32Array(length);
    this.others = new Int32Array(length);
    this.results = new Int32Array(length);
  }

  private descend(): void {
    if (++this.depth > deepest) throw new TooLargeError(deepest, [], "facts one after the other");
  }
  /** After an error nothing half-made may stay behind. */
  private guarded<T>(compute: () => T): T {
    try {
      return compute();
    } catch (error) {
      throw this.abandoned(error);
    }
  }
  private abandoned(error: unknown): unknown {
    this.store.abandon();
    this.depth = 0;
    return error;
  }
}

const identity: TerminalMap = [FALSE, UNKNOWN, TRUE];
const negation: TerminalMap = [TRUE, UNKNOWN, FALSE];
const whereTrue: TerminalMap = [FALSE, FALSE, TRUE];
const whereNotFalse: TerminalMap = [FALSE, TRUE, TRUE];
