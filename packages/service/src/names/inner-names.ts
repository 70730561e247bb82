import type { CheckedFile, NamedSymbol, Program } from "@scruple/compiler";
import {
  type Compare,
  type Contains,
  type DutyCall,
  type Expr,
  type Literal,
  type Member,
  type Membership,
  type Missing,
  type Name,
  type Path,
  type Range,
  type Ref,
  type RulePath,
  type SetLiteral,
  walk,
} from "@scruple/syntax";
import { scopeOf } from "../snapshot.ts";
import { type Entity, entityOf, memberOf } from "./entity.ts";

type Add = (range: Range, entity: Entity, declares?: boolean) => void;
type ValueNode = Literal | SetLiteral | Ref | Missing;

/**
 * Finds the names that the compiler has no symbols for, or keeps no references of: policies, levels, values of one-of
 * types, parameters of duties, and rules in the paths of tests.
 */
export class InnerNames {
  readonly #program: Program;
  readonly #file: CheckedFile;
  /** What the compiler found, by the start of the name. */
  readonly #symbolAt: ReadonlyMap<number, NamedSymbol>;
  readonly #add: Add;

  constructor(program: Program, file: CheckedFile, symbolAt: ReadonlyMap<number, NamedSymbol>, add: Add) {
    this.#program = program;
    this.#file = file;
    this.#symbolAt = symbolAt;
    this.#add = add;
  }

  collect(): void {
    walk(this.#file.tree.file, (node) => {
      switch (node.kind) {
        case "policy":
          this.#policy(node.name.parts, true);
          return false;
        case "use":
          this.#policy(node.policy.parts);
          return false;
        case "path":
          this.#prefix(node);
          return false;
        case "category":
          for (const level of node.precision) this.#add(level, { kind: "level", name: level.text }, true);
          return true;
        case "at":
          this.#add(node.level, { kind: "level", name: node.level.text });
          return true;
        case "expectation":
          if (node.level !== null) this.#add(node.level, { kind: "level", name: node.level.text });
          return true;
        case "subject":
          for (const member of node.attributes) this.#values(member);
          return true;
        case "facts":
          for (const member of node.facts) this.#values(member);
          return true;
        case "duty":
          this.#parameters(node.parameters);
          return true;
        case "dutyCall":
          this.#arguments(node);
          return true;
        case "rulePath":
          this.#rulePath(node);
          return false;
        case "compare":
          this.#comparison(node);
          return true;
        case "in":
        case "contains":
          this.#membership(node);
          return true;
        case "givenValue":
          this.#value(node.value, this.#meaning(node.path));
          return true;
        default:
          return true;
      }
    });
  }

  #policy(parts: readonly Name[], declares = false): void {
    const [first] = parts;
    if (first === undefined || parts.some(({ text }) => text === "")) return;
    const name = parts.map(({ text }) => text).join(".");
    this.#add({ start: first.start, end: parts.at(-1)!.end }, { kind: "policy", name }, declares);
  }

  /** The policy before a qualified name. */
  #prefix({ parts }: Path): void {
    if (parts.length < 2) return;
    const symbol = this.#symbolAt.get(parts.at(-1)!.start);
    if (symbol === undefined || symbol.kind === "attribute") return;
    this.#policy(parts.slice(0, symbol.kind === "field" ? -2 : -1));
  }

  #meaning({ parts }: Path): Entity | null {
    const symbol = this.#symbolAt.get(parts.at(-1)?.start ?? -1);
    return symbol === undefined ? null : entityOf(symbol);
  }

  #values(member: Member, of: Entity | null = this.#declared(member)): void {
    const { type } = member;
    if (of === null || (type.kind !== "oneOfType" && type.kind !== "setType")) return;
    for (const name of type.values) this.#add(name, { kind: "value", name: name.text, of }, true);
  }

  /** The symbol of an attribute or a fact, found by where its name stands. */
  #declared(member: Member): Entity | null {
    const scope = scopeOf({ program: this.#program, file: this.#file });
    const own = scope?.attributes.get(member.name.text) ?? scope?.tables.known.get(member.name.text);
    if (own?.node === member) return entityOf(own);
    const symbol = scope?.symbols.find((one) => one.node === member);
    return symbol === undefined ? null : entityOf(symbol);
  }

  #parameters(parameters: readonly Member[]): void {
    for (const node of parameters) {
      const parameter = this.#parameter(node);
      if (parameter === null) continue;
      this.#add(node.name, parameter, true);
      this.#values(node, parameter);
    }
  }

  #parameter(node: Member): Entity | null {
    const scope = scopeOf({ program: this.#program, file: this.#file });
    for (const duty of scope?.tables.duty.values() ?? []) {
      if (duty.kind === "duty" && duty.node.parameters.includes(node))
        return { kind: "parameter", name: node.name.text, duty, node };
    }
    return null;
  }

  #arguments({ duty, args }: DutyCall): void {
    const called = this.#meaning(duty);
    if (called?.kind !== "symbol" || called.symbol.kind !== "duty") return;
    for (const { name, value } of args) {
      const node = called.symbol.node.parameters.find((parameter) => parameter.name.text === name.text);
      if (node === undefined) continue;
      const parameter: Entity = { kind: "parameter", name: name.text, duty: called.symbol, node };
      this.#add(name, parameter);
      this.#value(value, parameter);
    }
  }

  #comparison({ left, right }: Compare): void {
    this.#value(right, this.#operand(left));
    this.#value(left, this.#operand(right));
  }

  #membership(node: Membership | Contains): void {
    if (node.kind === "contains") this.#value(node.value, this.#operand(node.receiver));
    else this.#value(node.right, this.#operand(node.left));
  }

  #operand(node: Expr): Entity | null {
    if (node.kind === "paren") return this.#operand(node.inner);
    return node.kind === "ref" ? this.#meaning(node.path) : null;
  }

  /** A bare name, or the bare names of a set, where a value of some type stands. */
  #value(node: Expr | ValueNode, of: Entity | null): void {
    const type = of && memberOf(of)?.type;
    if (!of || !type || (type.kind !== "oneOfType" && type.kind !== "setType")) return;
    for (const one of node.kind === "set" ? node.elements : [node]) {
      if (one.kind !== "ref" || one.path.parts.length !== 1) continue;
      const name = one.path.parts[0]!;
      if (!this.#symbolAt.has(name.start) && type.values.some(({ text }) => text === name.text))
        this.#add(name, { kind: "value", name: name.text, of });
    }
  }

  #rulePath({ policy, parts }: RulePath): void {
    if (policy !== null) this.#policy(policy.parts);
    const [first, second] = parts;
    if (first === undefined) return;
    const scope =
      policy === null
        ? scopeOf({ program: this.#program, file: this.#file })
        : this.#program.scopes.get(policy.parts.map(({ text }) => text).join("."));
    const head = scope?.tables.head.get(first.text);
    if (head === undefined) return;
    this.#add(first, entityOf(head));
    const rule = head.kind === "interaction" && second !== undefined ? head.rules.get(second.text) : undefined;
    if (rule !== undefined && second !== undefined && !second.text.startsWith("#")) this.#add(second, entityOf(rule));
  }
}
