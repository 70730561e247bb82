import type { Position } from "@scruple/model";
import { slot } from "@scruple/runtime";
import {
  always,
  ConditionWriter,
  code,
  isJunction,
  type Node,
  smallCost,
  type WrittenCondition,
} from "./condition-writer.ts";

/** By node, where each condition that stands by itself was first written. */
export type Roots = Map<number, { readonly at: Position; uses: number }>;

export interface NumberedConditions {
  readonly numberOf: (node: number) => number;
  readonly conditions: readonly WrittenCondition[];
}

/**
 * Numbers the conditions from 1, the frequent ones first, so that they take few digits. Large parts that several
 * conditions share are conditions too.
 */
export function numberConditions(
  nodes: readonly Node[],
  roots: Readonly<Roots>,
  constants: readonly number[],
): NumberedConditions {
  const usesOf = (node: number) => roots.get(node)?.uses ?? 0;
  const order = [...roots.keys(), ...sharedParts(nodes, roots)].filter((node) => node !== always);
  order.sort((a, b) => usesOf(b) - usesOf(a) || a - b);
  const numbers = new Map(order.map((node, index) => [node, index + 1]));
  const slots = new SlotLists(nodes);
  const conditions = order.map((node): WrittenCondition => {
    const writer = new ConditionWriter(nodes, constants, numbers);
    return { node, text: writer.write(node), slots: slots.in(node), at: roots.get(node)?.at ?? null };
  });
  return { numberOf: (node) => (node === always ? 0 : (numbers.get(node) as number)), conditions };
}

function sharedParts(nodes: readonly Node[], roots: Readonly<Roots>): readonly number[] {
  const reached = new Set<number>();
  const pending = [...roots.keys()];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (reached.has(node)) continue;
    reached.add(node);
    const { code: kind, operands } = nodes[node] as Node;
    if (isJunction(kind)) pending.push(...operands);
  }
  return [...reached].filter((node) => {
    const { code: kind, uses, cost } = nodes[node] as Node;
    return !roots.has(node) && uses > 1 && cost > smallCost && isJunction(kind) && kind !== code.not;
  });
}

/** The slots of the facts that stand anywhere in a node. */
class SlotLists {
  private readonly nodes: readonly Node[];
  private readonly known = new Map<number, readonly number[]>();

  constructor(nodes: readonly Node[]) {
    this.nodes = nodes;
  }

  in(node: number): readonly number[] {
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const { code: kind, operands } = this.nodes[node] as Node;
    const slots = [
      ...new Set(isJunction(kind) ? operands.flatMap((operand) => this.in(operand)) : slotsOf(kind, operands)),
    ];
    this.known.set(node, slots);
    return slots;
  }
}

function slotsOf(kind: number, [first = 0, other = 0]: readonly number[]): readonly number[] {
  // Of these, the first number is a purpose.
  if (kind === code.consent || kind === code.explicit) return [slot.consents];
  if (kind === code.objection) return [slot.objections];
  if (kind === code.literal || first === slot.outbound) return [];
  return kind === code.equal || kind === code.less || kind === code.same ? [first, other] : [first];
}
