import { slot as builtIn, type Condition, type Kleene, type PolicyCode, wordSize } from "@scruple/runtime";
import { code, isJunction, type Node, smallCost } from "./condition-writer.ts";

type Asked = Parameters<PolicyCode>[2];

/** What conditions ask when they are evaluated. */
export interface Asking {
  /** By slot. */
  readonly facts: Float64Array;
  /** Of facts that are compared with each other as texts, what was said, by slot. */
  readonly texts: readonly unknown[];
  readonly consent: Asked;
  readonly explicit: Asked;
  readonly objection: Asked;
}

const negate = (value: Kleene): Kleene => (value === 2 ? 2 : 3 - value);

/**
 * Conditions as functions that call each other, for hosts where no code may come of text: what `ConditionWriter` writes,
 * with the same outcomes.
 */
export class ConditionClosures {
  private readonly nodes: readonly Node[];
  private readonly constants: readonly number[];
  private readonly asking: Asking;
  private readonly known = new Map<number, Condition>();

  constructor(nodes: readonly Node[], constants: readonly number[], asking: Asking) {
    this.nodes = nodes;
    this.constants = constants;
    this.asking = asking;
  }

  of(node: number): Condition {
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const { code: kind, operands, cost, uses } = this.nodes[node] as Node;
    const made = isJunction(kind) ? this.junction(kind, operands) : this.atom(kind, operands);
    const condition = uses > 1 && cost > smallCost ? this.once(made) : made;
    this.known.set(node, condition);
    return condition;
  }

  /** A large part of several conditions is asked once a piece of data. */
  private once(condition: Condition): Condition {
    const { facts } = this.asking;
    let round = Number.NaN;
    let value: Kleene = 0;
    return () => {
      const now = facts[builtIn.round] as number;
      if (round !== now) value = condition();
      round = now;
      return value;
    };
  }

  private junction(kind: number, operands: readonly number[]): Condition {
    const parts = operands.map((operand) => this.of(operand));
    if (kind === code.not) {
      const [part] = parts as [Condition];
      return () => negate(part());
    }
    if (kind === code.and) {
      return () => {
        let value = 3;
        for (let i = 0; i < parts.length && value !== 0; i++) value &= (parts[i] as Condition)();
        return value;
      };
    }
    return () => {
      let value = 0;
      for (let i = 0; i < parts.length && value !== 3; i++) value |= (parts[i] as Condition)();
      return value;
    };
  }

  private atom(kind: number, operands: readonly number[]): Condition {
    const [at = 0, from = 0, to = 0] = operands;
    const { facts, texts, consent, explicit, objection } = this.asking;
    const fact = () => facts[at] as number;
    switch (kind) {
      case code.literal:
        return at === 2 ? () => 3 : () => 0;
      case code.range: {
        const [least, most] = [this.constants[from] as number, this.constants[to] as number];
        return () => known(fact(), fact() >= least && fact() <= most);
      }
      case code.in: {
        const values = new Set(operands.slice(2).map((constant) => this.constants[constant]));
        return () => known(fact(), values.has(fact()));
      }
      case code.until:
        return () => known(fact() - (facts[builtIn.until] as number), fact() <= (facts[builtIn.until] as number));
      case code.has: {
        const word = at + Math.floor(from / wordSize);
        const bit = 2 ** (from % wordSize);
        return () => known(fact(), ((facts[word] as number) & bit) !== 0);
      }
      case code.equal:
        return () => known(fact() - (facts[from] as number), fact() === facts[from]);
      case code.less:
        return () => known(fact() - (facts[from] as number), fact() < (facts[from] as number));
      case code.same:
        return () => known(fact() + (facts[from] as number), texts[at] === texts[from]);
      default: {
        const ask = { [code.consent]: consent, [code.explicit]: explicit, [code.objection]: objection }[kind];
        if (ask === undefined) throw new Error(`There is no condition of the kind ${kind}.`);
        // Of a purpose, 0 is that of the request.
        return at === 0 ? () => ask() : () => ask(at - 1);
      }
    }
  }
}

/** Unknown where what is compared is NaN; every number that a fact can be is finite. */
function known(compared: number, holds: boolean): Kleene {
  return Number.isNaN(compared) ? 2 : holds ? 3 : 0;
}
