import type { Expr, FactName, Id, Position, Type, Value, World } from "@scruple/model";
import { slot } from "@scruple/runtime";
import { always, code, isJunction, type Node, never } from "./condition-writer.ts";
import { FactNumbers } from "./fact-numbers.ts";
import type { Indexes } from "./names.ts";
import { type NumberedConditions, numberConditions, type Roots } from "./numbered-conditions.ts";

/** All conditions of a policy, each part of them once. */
export class ConditionTable {
  private readonly world: World;
  private readonly indexes: Indexes;
  readonly facts: FactNumbers;
  /** Whether some condition compares a text with another. */
  comparesTexts = false;
  readonly nodes: Node[] = [];
  private readonly known = new Map<string, number>();
  private readonly named = new Map<Id, number>();
  /** Where each condition that stands by itself was first written. */
  private readonly roots: Roots = new Map();

  constructor(world: World, indexes: Indexes) {
    this.world = world;
    this.indexes = indexes;
    this.facts = new FactNumbers(world);
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
    return this.node(code.until, [this.facts.slot("today")], true, 1);
  }

  of(expr: Expr): number {
    switch (expr.op) {
      case "literal":
        return expr.value ? always : never;
      case "fact":
        return this.isTrue(this.facts.slot(expr.fact), true);
      case "compare":
        return this.compare(expr.fact, expr.operator, this.facts.number(expr.fact, expr.value));
      case "compareFacts":
        return this.compareFacts(expr);
      case "in":
        return this.in(expr.fact, expr.values);
      case "between": {
        const [from, to] = [this.facts.number(expr.fact, expr.from), this.facts.number(expr.fact, expr.to)];
        if (from <= to) return this.range(expr.fact, from, to);
        const above = this.range(expr.fact, from, Number.POSITIVE_INFINITY);
        return this.any([above, this.range(expr.fact, Number.NEGATIVE_INFINITY, to)]);
      }
      case "contains": {
        const values = (this.facts.type(expr.fact) as Type & { kind: "set" }).values;
        return this.node(code.has, [this.facts.slot(expr.fact), values.indexOf(expr.value)], true, 1);
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
    const constants = this.facts.constants();
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
    const [one, other] = [this.facts.slot(left), this.facts.slot(right)];
    const equal = this.facts.type(left).kind === "text" ? code.same : code.equal;
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
    const constants = values.map((value) => this.facts.constant(this.facts.number(fact, value)));
    return this.node(code.in, [this.facts.slot(fact), constants.length, ...constants], true, 2);
  }

  private range(fact: FactName, from: number, to: number): number {
    return this.node(code.range, [this.facts.slot(fact), this.facts.constant(from), this.facts.constant(to)], true, 1);
  }

  private isTrue(at: number, isFact: boolean): number {
    const one = this.facts.constant(1);
    return this.node(code.range, [at, one, one], isFact, 1);
  }

  /** 0: that of the request. */
  private purpose(id: Id | null): number {
    return id === null ? 0 : 1 + (this.indexes.purposes.get(id) as number);
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

  /** The conditions that stand by themselves, numbered and written. */
  write(): NumberedConditions {
    return numberConditions(this.nodes, this.roots, this.facts.constants());
  }
}
