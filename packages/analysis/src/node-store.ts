import { TooLargeError } from "./too-large-error.ts";

/** A diagram, by the number of its root. Equal numbers are equal functions. */
export type Node = number;

/** Terminals, in the order of Kleene's tables: `and` is the least of two, `or` the greatest. */
export const FALSE: Node = 0;
export const UNKNOWN: Node = 1;
export const TRUE: Node = 2;
const terminals = 3;

/** Below every variable. */
const bottom = 0x7fffffff;

/**
 * Nodes of multi-valued decision diagrams (Srinivasan, Kam, Malik and Brayton, 1990), each stored once. A node tests one
 * variable; its values are parted into runs of neighbours that lead to one child, so that a comparison with a constant
 * costs two runs however many constants there are. Neighbouring runs lead to different children, and a node has at least two:
 * both together make the form canonical.
 *
 * Layout of a node in `words`: variable, number of runs, then for each run the end of its values (exclusive) and its child.
 */
export class NodeStore {
  readonly limit: number;
  /** Nodes, the terminals included. */
  count = terminals;
  private words = new Int32Array(1 << 12);
  private used = 0;
  private starts = new Int32Array(1 << 9);
  private table = new Int32Array(1 << 10);
  /** Runs under construction, as a stack: ends and children in turns. */
  private stack = new Int32Array(1 << 10);
  private top = 0;

  constructor(limit: number) {
    this.limit = limit;
    for (let terminal = 0; terminal < terminals; terminal++) {
      this.starts[terminal] = this.used;
      this.words[this.used++] = bottom;
      this.words[this.used++] = 0;
    }
  }

  /** The variable that a node tests; greater than any for a terminal. */
  variable(node: Node): number {
    return this.words[this.starts[node]!]!;
  }
  runs(node: Node): number {
    return this.words[this.starts[node]! + 1]!;
  }
  /** The first value after the run. */
  end(node: Node, run: number): number {
    return this.words[this.starts[node]! + 2 + 2 * run]!;
  }
  child(node: Node, run: number): Node {
    return this.words[this.starts[node]! + 3 + 2 * run]!;
  }
  childAt(node: Node, value: number): Node {
    const start = this.starts[node]! + 2;
    let low = 0;
    let high = this.words[start - 1]! - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value < this.words[start + 2 * middle]!) high = middle;
      else low = middle + 1;
    }
    return this.words[start + 2 * low + 1]!;
  }

  /** Begins a node; its runs are added by `add`, and `finish` makes it. Other nodes may be made in between. */
  begin(): number {
    return this.top;
  }
  /** Adds a run to the node begun at `base`; a run with the child of the one before prolongs it. */
  add(base: number, end: number, child: Node): void {
    const { top } = this;
    if (top > base && this.stack[top - 1] === child) {
      this.stack[top - 2] = end;
      return;
    }
    if (top + 2 > this.stack.length) this.stack = grown(this.stack);
    this.stack[top] = end;
    this.stack[top + 1] = child;
    this.top = top + 2;
  }
  finish(base: number, variable: number): Node {
    const node = this.top - base === 2 ? this.stack[base + 1]! : this.intern(base, variable);
    this.top = base;
    return node;
  }
  /** Forgets nodes under construction, after an error. */
  abandon(): void {
    this.top = 0;
  }

  private intern(base: number, variable: number): Node {
    const mask = this.table.length - 1;
    let slot = hash(this.stack, base, this.top, variable) & mask;
    for (; this.table[slot] !== 0; slot = (slot + 1) & mask) {
      if (this.isSame(this.table[slot]!, base, variable)) return this.table[slot]!;
    }
    if (this.count >= this.limit) throw new TooLargeError(this.limit);
    const node = this.append(base, variable);
    this.table[slot] = node;
    if (this.count * 2 > this.table.length) this.rehash();
    return node;
  }

  private isSame(node: Node, base: number, variable: number): boolean {
    const start = this.starts[node]!;
    const length = this.top - base;
    if (this.words[start] !== variable || this.words[start + 1] !== length >> 1) return false;
    for (let i = 0; i < length; i++) if (this.words[start + 2 + i] !== this.stack[base + i]) return false;
    return true;
  }

  private append(base: number, variable: number): Node {
    const length = this.top - base;
    while (this.used + 2 + length > this.words.length) this.words = grown(this.words);
    if (this.count === this.starts.length) this.starts = grown(this.starts);
    this.starts[this.count] = this.used;
    this.words[this.used++] = variable;
    this.words[this.used++] = length >> 1;
    for (let i = base; i < this.top; i++) this.words[this.used++] = this.stack[i]!;
    return this.count++;
  }

  private rehash(): void {
    const table = new Int32Array(this.table.length * 2);
    const mask = table.length - 1;
    for (let node = terminals; node < this.count; node++) {
      const start = this.starts[node]!;
      const from = start + 2;
      let slot = hash(this.words, from, from + 2 * this.words[start + 1]!, this.words[start]!) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = node;
    }
    this.table = table;
  }
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

/** Murmur-like mixing (Appleby, 2008). */
function hash(words: Int32Array, from: number, to: number, seed: number): number {
  let h = seed;
  for (let i = from; i < to; i++) h = Math.imul(h ^ words[i]!, 0x5bd1e995) ^ (h >>> 15);
  return (h ^ (h >>> 13)) >>> 0;
}
