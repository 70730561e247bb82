import type { Position } from "@scruple/model";
import { slot as builtIn, wordSize } from "@scruple/runtime";

/** What a node is. */
export const code = {
  literal: 0,
  not: 2,
  and: 3,
  or: 4,
  range: 5,
  in: 6,
  has: 7,
  equal: 8,
  less: 9,
  same: 10,
  until: 11,
  consent: 12,
  explicit: 13,
  objection: 14,
} as const;

/** The node that is always true; the number 0 stands for it. */
export const always = 0;
/** The one that is always false. */
export const never = 1;

export interface Node {
  readonly code: number;
  /** Numbers of an atom; nodes of the others. */
  readonly operands: readonly number[];
  /** Whether a fact stands in it. What holds no fact may be left out without a change to what is missing. */
  readonly hasFacts: boolean;
  /** What it takes to evaluate, to ask the cheaper first. */
  readonly cost: number;
  uses: number;
}

export interface WrittenCondition {
  readonly node: number;
  /** JavaScript: a function over the facts `f`, and what stands before all conditions; see policy-code.ts. */
  readonly text: string;
  readonly slots: readonly number[];
  readonly at: Position | null;
}

/** Up to this cost, what several conditions share is written in each of them. */
export const smallCost = 16;

export function isJunction(kind: number): boolean {
  return kind === code.and || kind === code.or || kind === code.not;
}

/**
 * Writes one condition as JavaScript over numbers: 0 is false, 2 unknown, 3 true, and `and` and `or` are those of the bits.
 * What is decided early is asked no further.
 */
export class ConditionWriter {
  private readonly nodes: readonly Node[];
  private readonly constants: readonly number[];
  private readonly numbers: ReadonlyMap<number, number>;
  /** Junctions inside each other, each with a variable of its own. */
  private depth = 0;
  private deepest = 0;

  /** @param numbers Of the conditions that stand by themselves, from 1. */
  constructor(nodes: readonly Node[], constants: readonly number[], numbers: ReadonlyMap<number, number>) {
    this.nodes = nodes;
    this.constants = constants;
    this.numbers = numbers;
  }

  write(node: number): string {
    const text = this.whole(node, false);
    // Parameters that nobody passes are the shortest variables.
    const variables = Array.from({ length: this.deepest }, (_, i) => `t${i}`);
    return `(${variables.join(", ")}) => ${text}`;
  }

  private part(node: number, negated: boolean): string {
    const { code: kind, cost } = this.nodes[node] as Node;
    const number = this.numbers.get(node);
    if (number === undefined || cost <= smallCost || !isJunction(kind) || kind === code.not)
      return this.whole(node, negated);
    return negated ? `not(once(${number - 1}))` : `once(${number - 1})`;
  }

  private whole(node: number, negated: boolean): string {
    const { code: kind, operands } = this.nodes[node] as Node;
    if (kind === code.not) return this.part(operands[0] as number, !negated);
    if (kind === code.and || kind === code.or) return this.junction((kind === code.and) !== negated, operands, negated);
    return this.atom(kind, operands, negated);
  }

  /** A negated junction is the other one of its negated parts (De Morgan). */
  private junction(isAnd: boolean, operands: readonly number[], negated: boolean): string {
    const variable = `t${this.depth++}`;
    this.deepest = Math.max(this.deepest, this.depth);
    const [first = "", ...rest] = operands.map((operand) => this.part(operand, negated));
    this.depth--;
    if (isAnd)
      return `(${[`(${variable} = ${first})`, ...rest.map((part) => `(${variable} &= ${part})`)].join(" && ")})`;
    const last = rest.pop();
    const tests = [`(${variable} = ${first})`, ...rest.map((part) => `(${variable} |= ${part})`)];
    return `(${tests.map((test) => `${test} === 3 ? 3 : `).join("")}${variable} | ${last})`;
  }

  private atom(kind: number, operands: readonly number[], negated: boolean): string {
    const [slot = 0, from = 0, to = 0] = operands;
    const [yes, no] = negated ? [0, 3] : [3, 0];
    const fact = `f[${slot}]`;
    const known = (test: string) => `(${test} ? ${yes} : ${fact} === ${fact} ? ${no} : 2)`;
    switch (kind) {
      case code.literal:
        return String(slot === 2 ? yes : no);
      case code.range: {
        const [least, most] = [this.constants[from], this.constants[to]];
        if (least === most) return known(`${fact} === ${least}`);
        if (least === Number.NEGATIVE_INFINITY) return `(${fact} <= ${most} ? ${yes} : ${fact} > ${most} ? ${no} : 2)`;
        if (most === Number.POSITIVE_INFINITY) return `(${fact} >= ${least} ? ${yes} : ${fact} < ${least} ? ${no} : 2)`;
        return known(`${fact} >= ${least} && ${fact} <= ${most}`);
      }
      case code.in:
        return known(
          operands
            .slice(2)
            .map((constant) => `${fact} === ${this.constants[constant]}`)
            .join(" || "),
        );
      case code.until:
        return `(${fact} <= f[${builtIn.until}] ? ${yes} : ${fact} > f[${builtIn.until}] ? ${no} : 2)`;
      case code.has:
        return known(`f[${slot + Math.floor(from / wordSize)}] & ${2 ** (from % wordSize)}`);
      case code.equal:
        return `(${fact} === f[${from}] ? ${yes} : ${fact} < f[${from}] || ${fact} > f[${from}] ? ${no} : 2)`;
      case code.less:
        return `(${fact} < f[${from}] ? ${yes} : ${fact} >= f[${from}] ? ${no} : 2)`;
      case code.same:
        return `(${fact} !== ${fact} || f[${from}] !== f[${from}] ? 2 : t[${slot}] === t[${from}] ? ${yes} : ${no})`;
      default: {
        // Of a purpose, 0 is that of the request.
        const call = `${names[kind]}(${slot === 0 ? "" : slot - 1})`;
        return negated ? `not(${call})` : call;
      }
    }
  }
}

/** What the runtime answers, by code. */
const names: Readonly<Record<number, string>> = {
  [code.consent]: "consent",
  [code.explicit]: "explicit",
  [code.objection]: "objection",
};
