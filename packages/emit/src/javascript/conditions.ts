import {
  type Expr,
  type FactName,
  type Id,
  type Position,
  pieceAges,
  reportedName,
  type Type,
  type Value,
  type World,
} from "@scruple/model";
import { slot, wordSize } from "@scruple/runtime";
import { ConditionWriter, code, isJunction, type Node, smallCost, type WrittenCondition } from "./condition-writer.ts";
import type { Indexes } from "./names.ts";

/** Always true; the number 0 stands for it. */
export const always = 0;
/** Always false. */
export const never = 1;

/** All conditions of a policy, each part of them once. */
export class ConditionTable {
  private readonly world: World;
  private readonly indexes: Indexes;
  private readonly slots: Map<FactName, number>;
  /** Those behind the built-in ones, in the order of their slots; a further word of a set has no name. */
  readonly slotNames: string[] = [];
  /** Whether some condition compares a text with another. */
  comparesTexts = false;
  readonly nodes: Node[] = [];
  private readonly known = new Map<string, number>();
  private readonly named = new Map<Id, number>();
  private readonly constants = new Map<number, number>();
  private readonly texts = new Map<FactName, Map<string, number>>();
  private readonly slotLists = new Map<number, readonly number[]>();
  /** Where each condition that stands by itself was first written. */
  private readonly roots = new Map<number, { at: Position; uses: number }>();

  constructor(world: World, indexes: Indexes) {
    this.world = world;
    this.indexes = indexes;
    this.slots = new Map([
      ["data.age", slot.age],
      [pieceAges.data, slot.first],
      [pieceAges.with, slot.second],
      ["local_time", slot.time],
    ]);
    this.node(code.literal, [2], false, 0);
    this.node(code.literal, [0], false, 0);
  }

  /** The node of a conjunction; `root` has it stand by itself. */
  all(parts: readonly number[]): number {
    return this.junction(code.and, parts, always, never);
  }

  root(node: number, at: Position): number {
    const known = this.roots.get(node);
    if (known === undefined) this.roots.set(node, { at, uses: 1 });
    else known.uses++;
    return node;
  }

  not(operand: number): number {
    if (operand === always) return never;
    if (operand === never) return always;
    const { code: inner, operands, hasFacts, cost } = this.nodes[operand] as Node;
    return inner === code.not ? (operands[0] as number) : this.node(code.not, [operand], hasFacts, cost);
  }

  /** That the last day of the request's interaction is not past. */
  untilInteraction(): number {
    return this.node(code.until, [this.slot("today")], true, 1);
  }

  of(expr: Expr): number {
    switch (expr.op) {
      case "literal":
        return expr.value ? always : never;
      case "fact":
        return this.isTrue(this.slot(expr.fact), true);
      case "compare":
        return this.compare(expr.fact, expr.operator, this.number(expr.fact, expr.value));
      case "compareFacts":
        return this.compareFacts(expr);
      case "in":
        return this.in(expr.fact, expr.values);
      case "between": {
        const [from, to] = [this.number(expr.fact, expr.from), this.number(expr.fact, expr.to)];
        if (from <= to) return this.range(expr.fact, from, to);
        const above = this.range(expr.fact, from, Number.POSITIVE_INFINITY);
        return this.any([above, this.range(expr.fact, Number.NEGATIVE_INFINITY, to)]);
      }
      case "contains": {
        const values = (this.type(expr.fact) as Type & { kind: "set" }).values;
        return this.node(code.has, [this.slot(expr.fact), values.indexOf(expr.value)], true, 1);
      }
      case "consent":
        return this.node(expr.explicit ? code.explicit : code.consent, [this.purpose(expr.purpose)], true, 4);
      case "objection":
        return this.node(code.objection, [this.purpose(expr.purpose)], true, 4);
      case "outbound":
        return this.isTrue(slot.outbound, false);
      case "condition":
        return this.condition(expr.condition);
      case "not":
        return this.not(this.of(expr.operand));
      case "and":
        return this.all(expr.operands.map((operand) => this.of(operand)));
      case "or":
        return this.any(expr.operands.map((operand) => this.of(operand)));
    }
  }

  private condition(id: Id): number {
    const known = this.named.get(id);
    if (known !== undefined) return known;
    const condition = this.world.conditions.get(id);
    if (condition === undefined) throw new Error(`The model has no condition \`${id}\`.`);
    const node = this.of(condition.expr);
    this.named.set(id, node);
    return node;
  }

  private any(parts: readonly number[]): number {
    return this.junction(code.or, parts, never, always);
  }

  /**
   * @param neutral The literal that changes nothing, and that an empty junction comes to.
   * @param decisive The literal that decides alone; but while it does, `missing` may have to name facts beside it.
   */
  private junction(kind: number, parts: readonly number[], neutral: number, decisive: number): number {
    const flat = parts.flatMap((part) => {
      const node = this.nodes[part] as Node;
      return node.code === kind ? node.operands : [part];
    });
    const operands = [...new Set(flat)].filter((part) => part !== neutral);
    const nodes = operands.map((part) => this.nodes[part] as Node);
    const hasFacts = nodes.some((node) => node.hasFacts);
    if (operands.includes(decisive) && !hasFacts) return decisive;
    if (operands.length === 0) return neutral;
    if (operands.length === 1) return operands[0] as number;
    const costOf = (part: number) => (this.nodes[part] as Node).cost;
    operands.sort((a, b) => costOf(a) - costOf(b) || a - b);
    const cost = nodes.reduce((sum, node) => sum + node.cost, 1);
    return this.node(kind, operands, hasFacts, cost);
  }

  /**
   * The ages in seconds at which a condition may come to something else than at the second before; comparisons with other
   * facts apart.
   */
  ages(): readonly number[] {
    const constants = [...this.constants.keys()];
    const at = (index: number) => constants[index] as number;
    const isAge = (one: number) => one === slot.age || one === slot.first || one === slot.second;
    const found = this.nodes.flatMap(({ code: kind, operands: [first = 0, ...rest] }) => {
      if (!isAge(first)) return [];
      if (kind === code.range) return [at(rest[0] as number), at(rest[1] as number) + 1];
      return kind === code.in ? rest.slice(1).flatMap((index) => [at(index), at(index) + 1]) : [];
    });
    return [...new Set(found)].filter((age) => Number.isSafeInteger(age) && age > 0).sort((a, b) => a - b);
  }

  /** Whether the node is false whatever the facts are. */
  isNever(node: number): boolean {
    const { code: kind, operands } = this.nodes[node] as Node;
    return node === never || (kind === code.and && operands.includes(never));
  }

  private compare(fact: FactName, operator: string, value: number): number {
    switch (operator) {
      case "=":
        return this.range(fact, value, value);
      case "!=":
        return this.not(this.range(fact, value, value));
      case "<":
        return this.range(fact, Number.NEGATIVE_INFINITY, value - 1);
      case "<=":
        return this.range(fact, Number.NEGATIVE_INFINITY, value);
      case ">":
        return this.range(fact, value + 1, Number.POSITIVE_INFINITY);
      default:
        return this.range(fact, value, Number.POSITIVE_INFINITY);
    }
  }

  private compareFacts({ operator, left, right }: Expr & { op: "compareFacts" }): number {
    const [one, other] = [this.slot(left), this.slot(right)];
    const equal = this.type(left).kind === "text" ? code.same : code.equal;
    this.comparesTexts ||= equal === code.same;
    switch (operator) {
      case "=":
        return this.node(equal, [Math.min(one, other), Math.max(one, other)], true, 1);
      case "!=":
        return this.not(this.compareFacts({ op: "compareFacts", operator: "=", left, right }));
      case "<":
        return this.node(code.less, [one, other], true, 1);
      case ">":
        return this.node(code.less, [other, one], true, 1);
      case "<=":
        return this.not(this.node(code.less, [other, one], true, 1));
      default:
        return this.not(this.node(code.less, [one, other], true, 1));
    }
  }

  private in(fact: FactName, values: readonly Value[]): number {
    const constants = values.map((value) => this.constant(this.number(fact, value)));
    return this.node(code.in, [this.slot(fact), constants.length, ...constants], true, 2);
  }

  private range(fact: FactName, from: number, to: number): number {
    return this.node(code.range, [this.slot(fact), this.constant(from), this.constant(to)], true, 1);
  }

  /** Facts take a slot when the first condition asks for them. */
  private slot(fact: FactName): number {
    const known = this.slots.get(fact);
    if (known !== undefined) return known;
    const type = this.type(fact);
    const words = type.kind === "set" ? Math.max(1, Math.ceil(type.values.length / wordSize)) : 1;
    const first = this.takeSlots([reportedName(fact), ...Array<string>(words - 1).fill("")]);
    this.slots.set(fact, first);
    return first;
  }

  private takeSlots(names: readonly string[]): number {
    return slot.declared + this.slotNames.push(...names) - names.length;
  }

  /** Where a fact stands; undefined where no condition asks for it. */
  slotOf(fact: FactName): number | undefined {
    return this.slots.get(fact);
  }

  private type(fact: FactName): Type {
    return this.world.facts.get(reportedName(fact)) as Type;
  }

  private isTrue(at: number, isFact: boolean): number {
    const one = this.constant(1);
    return this.node(code.range, [at, one, one], isFact, 1);
  }

  /** 0: that of the request. */
  private purpose(id: Id | null): number {
    return id === null ? 0 : 1 + (this.indexes.purposes.get(id) as number);
  }

  private constant(value: number): number {
    const known = this.constants.get(value) ?? this.constants.size;
    this.constants.set(value, known);
    return known;
  }

  /** As the runtime's values.ts makes numbers of what a request says. */
  private number(fact: FactName, value: Value): number {
    const type = this.type(fact);
    switch (type.kind) {
      case "bool":
        return value === true ? 1 : 0;
      case "time":
        return minutes(value as string);
      case "date":
        return Number((value as string).replaceAll("-", ""));
      case "oneOf":
        return type.values.indexOf(value as string);
      case "text": {
        const texts = this.texts.get(fact) ?? new Map<string, number>();
        this.texts.set(fact, texts);
        const index = texts.get(value as string) ?? texts.size;
        texts.set(value as string, index);
        return index;
      }
      default:
        return value as number;
    }
  }

  private node(kind: number, operands: readonly number[], hasFacts: boolean, cost: number): number {
    const key = `${kind} ${operands.join(" ")}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const id = this.nodes.push({ code: kind, operands, hasFacts, cost, uses: 0 }) - 1;
    this.known.set(key, id);
    if (isJunction(kind)) for (const operand of operands) (this.nodes[operand] as Node).uses++;
    return id;
  }

  /** What nodes compare with, by the numbers that stand in them. */
  constantList(): readonly number[] {
    return [...this.constants.keys()];
  }

  /** Texts that conditions compare a fact with, by their numbers. */
  textsOf(fact: FactName): readonly string[] {
    return [...(this.texts.get(fact)?.keys() ?? [])];
  }

  /**
   * Numbers the conditions from 1, the frequent ones first, so that they take few digits. Large parts that several
   * conditions share are conditions too.
   */
  write(): { readonly numberOf: (node: number) => number; readonly conditions: readonly WrittenCondition[] } {
    const reached = new Set<number>();
    const pending = [...this.roots.keys()];
    for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
      if (reached.has(node)) continue;
      reached.add(node);
      const { code: kind, operands } = this.nodes[node] as Node;
      if (isJunction(kind)) pending.push(...operands);
    }
    const shared = [...reached].filter((node) => {
      const { code: kind, uses, cost } = this.nodes[node] as Node;
      return !this.roots.has(node) && uses > 1 && cost > smallCost && isJunction(kind) && kind !== code.not;
    });
    const usesOf = (node: number) => this.roots.get(node)?.uses ?? 0;
    const order = [...this.roots.keys(), ...shared].filter((node) => node !== always);
    order.sort((a, b) => usesOf(b) - usesOf(a) || a - b);
    const numbers = new Map(order.map((node, index) => [node, index + 1]));
    const written = order.map((node): WrittenCondition => {
      const writer = new ConditionWriter(this.nodes, this.constantList(), numbers);
      return { node, text: writer.write(node), slots: this.slotsIn(node), at: this.roots.get(node)?.at ?? null };
    });
    return { numberOf: (node) => (node === always ? 0 : (numbers.get(node) as number)), conditions: written };
  }

  /** The slots of the facts that stand anywhere in a node. */
  private slotsIn(node: number): readonly number[] {
    const known = this.slotLists.get(node);
    if (known !== undefined) return known;
    const { code: kind, operands } = this.nodes[node] as Node;
    const slots = [
      ...new Set(isJunction(kind) ? operands.flatMap((operand) => this.slotsIn(operand)) : this.asks(kind, operands)),
    ];
    this.slotLists.set(node, slots);
    return slots;
  }

  private asks(kind: number, [first = 0, other = 0]: readonly number[]): readonly number[] {
    // Of these, the first number is a purpose.
    if (kind === code.consent || kind === code.explicit) return [slot.consents];
    if (kind === code.objection) return [slot.objections];
    if (kind === code.literal || first === slot.outbound) return [];
    return kind === code.equal || kind === code.less || kind === code.same ? [first, other] : [first];
  }
}

/** `HH:MM` as minutes since midnight. */
export function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
