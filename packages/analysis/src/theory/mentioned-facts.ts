import { type FactName, reportedName, type Type, type World } from "@scruple/model";
import type { Atom } from "../conditions.ts";
import type { Constants } from "./domain.ts";
import { isLine, numberOf } from "./line.ts";

interface Gathered {
  readonly cuts: Set<number>;
  readonly mentioned: Set<number>;
  readonly names: Set<string>;
}

/**
 * Every fact that some conditions mention, with the constants that part its values and the fact that it is compared with. The
 * ages of the two pieces of a pair go by `data.age`, that of the older: the same constants part all three.
 */
export class MentionedFacts {
  private readonly world: World;
  private readonly constants = new Map<FactName, Gathered>();
  private readonly partners = new Map<FactName, Set<FactName>>();

  constructor(world: World, atoms: Iterable<Atom>) {
    this.world = world;
    for (const atom of atoms) this.add(atom);
    for (const fact of this.partners.keys()) {
      const { names } = this.of(fact);
      for (const other of this.linkedWith(fact)) for (const name of this.of(other).names) names.add(name);
    }
  }

  /** @throws Error where the model mentions a fact that it does not declare; a compiled model does not. */
  typeOf(fact: FactName): Type {
    const type = this.world.facts.get(fact);
    if (type === undefined) throw new Error(`The model mentions \`${fact}\` and does not declare it.`);
    return type;
  }
  constantsOf(fact: FactName): Constants {
    return this.of(fact);
  }
  /** A fact, and all that it is compared with, and what those are, in the order in which they are found. */
  linkedWith(fact: FactName): readonly FactName[] {
    const found = new Set([fact]);
    for (const one of found) for (const other of this.partners.get(one) ?? []) found.add(other);
    return [...found];
  }
  areCompared(one: FactName, other: FactName): boolean {
    return this.partners.get(one)?.has(other) ?? false;
  }

  /** Whether an atom parts values no further than those did that were there from the start. */
  covers(atom: Atom): boolean {
    const known = factsOf(atom).every((fact) => this.constants.has(fact));
    if (!known) return false;
    if (atom.op === "compareFacts") return atom.left === atom.right || this.areCompared(atom.left, atom.right);
    return constantsIn(atom, (fact) => this.typeOf(fact)).every(({ fact, cut, name }) => {
      const { cuts, names } = this.of(fact);
      return cut === undefined ? names.has(name as string) : cuts.has(cut);
    });
  }

  private add(atom: Atom): void {
    for (const fact of factsOf(atom)) this.of(fact);
    if (atom.op === "compareFacts" && atom.left !== atom.right) this.join(atom.left, atom.right);
    for (const { fact, cut, constant, name } of constantsIn(atom, (fact) => this.typeOf(fact))) {
      if (name !== undefined) this.of(fact).names.add(name);
      if (cut !== undefined) this.of(fact).cuts.add(cut);
      if (constant !== undefined) this.of(fact).mentioned.add(constant);
    }
  }

  private of(fact: FactName): Gathered {
    const known = this.constants.get(fact);
    if (known !== undefined) return known;
    const fresh = { cuts: new Set<number>(), mentioned: new Set<number>(), names: new Set<string>() };
    this.constants.set(fact, fresh);
    return fresh;
  }

  private join(left: FactName, right: FactName): void {
    for (const [one, other] of [
      [left, right],
      [right, left],
    ] as const) {
      const partners = this.partners.get(one) ?? new Set();
      this.partners.set(one, partners.add(other));
    }
  }
}

export function factsOf(atom: Atom): readonly FactName[] {
  switch (atom.op) {
    case "fact":
    case "compare":
    case "in":
    case "between":
    case "contains":
      return [reportedName(atom.fact)];
    case "compareFacts":
      return atom.left === atom.right ? [atom.left] : [atom.left, atom.right];
    default:
      return [];
  }
}

interface Constant {
  readonly fact: FactName;
  /** A number at which an interval begins. */
  readonly cut?: number;
  /** The number as it is written. */
  readonly constant?: number;
  readonly name?: string;
}

function constantsIn(atom: Atom, typeOf: (fact: FactName) => Type): readonly Constant[] {
  if (atom.op === "contains") return [{ fact: atom.fact, name: atom.value }];
  if (atom.op !== "compare" && atom.op !== "in" && atom.op !== "between") return [];
  const fact = reportedName(atom.fact);
  const type = typeOf(fact);
  const values = atom.op === "compare" ? [atom.value] : atom.op === "in" ? atom.values : [atom.from, atom.to];
  if (!isLine(type)) return type.kind === "text" ? values.map((name) => ({ fact, name: name as string })) : [];
  const numbers = values.map((value) => numberOf(type, value));
  const from = numbers.map((number) => ({ fact, cut: number, constant: number }));
  const after = numbers.map((number) => ({ fact, cut: number + 1, constant: number }));
  if (atom.op === "between") return [from[0]!, after[1]!];
  if (atom.op === "in") return [...from, ...after];
  switch (atom.operator) {
    case "<":
    case ">=":
      return from;
    case "<=":
    case ">":
      return after;
    default:
      return [...from, ...after];
  }
}
