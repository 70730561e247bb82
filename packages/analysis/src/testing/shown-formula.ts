import type { Bool, Context, Model } from "z3-solver";

/** A statement about requests: a term of the solver z3, or other statements, connected. */
export class Formula {
  readonly op: "term" | "and" | "or" | "not";
  readonly parts: readonly Formula[];
  /** What connects others becomes a term only when the solver is asked. */
  term: Bool<"z"> | null;
  /** The requests that were shown of which it holds, a bit for each. */
  holds = 0n;
  /** How many of them it was looked at in. */
  seen = 0;

  constructor(op: Formula["op"], parts: readonly Formula[], term: Bool<"z"> | null = null) {
    this.op = op;
    this.parts = parts;
    this.term = term;
  }
}

/** Requests that the solver has shown, as examples for what is asked next: most questions need no other. */
export class ShownRequests {
  private readonly z: Context<"z">;
  private readonly models: Model<"z">[] = [];
  private all = 0n;

  constructor(z: Context<"z">) {
    this.z = z;
  }

  add(model: Model<"z">): void {
    this.all |= 1n << BigInt(this.models.length);
    this.models.push(model);
  }

  /** Those of which a formula holds, a bit for each. */
  where(one: Formula): bigint {
    if (one.seen < this.models.length) {
      one.holds = this.look(one);
      one.seen = this.models.length;
    }
    return one.holds;
  }

  private look({ op, parts, term, holds, seen }: Formula): bigint {
    switch (op) {
      case "term": {
        const later = this.models.slice(seen).map((model) => this.z.isTrue(model.eval(term!, true)));
        return later.reduce((bits, isTrue, at) => (isTrue ? bits | (1n << BigInt(seen + at)) : bits), holds);
      }
      case "and":
        return parts.reduce((bits, part) => bits & this.where(part), this.all);
      case "or":
        return parts.reduce((bits, part) => bits | this.where(part), 0n);
      case "not":
        return this.all ^ this.where(parts[0]!);
    }
  }
}

export function termOf(z: Context<"z">, one: Formula): Bool<"z"> {
  one.term ??= connected(z, one);
  return one.term;
}

function connected(z: Context<"z">, { op, parts }: Formula): Bool<"z"> {
  const terms = parts.map((part) => termOf(z, part));
  if (op === "not") return z.Not(terms[0]!);
  return op === "and" ? z.And(z.Bool.val(true), ...terms) : z.Or(z.Bool.val(false), ...terms);
}
