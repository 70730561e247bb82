import {
  type Condition,
  type Expr,
  type FactName,
  type Id,
  type Moment,
  overlapping,
  pieceAges,
  type Type,
  type Value,
  type World,
} from "@scruple/model";
import type { Arith, Bool, Context } from "z3-solver";

export type Formula = Bool<"z">;

/** True and false of a condition; neither where it is unknown. */
export interface SolverOutcome {
  readonly t: Formula;
  readonly f: Formula;
}

/** What bears on conditions besides facts. */
export interface SolverOccasion {
  readonly startedBy: Moment["startedBy"];
  readonly purpose: Id;
  /** Two pieces are joined: `data.age` is the older one's. */
  readonly isPair: boolean;
}

/**
 * All requests of a model as unknowns of the solver z3, written down from the language's section 4 and no theory: for differential
 * tests, where there are too many to try one by one.
 */
export class SolverRequests {
  /** What values of facts there are; it holds of every request. */
  readonly bounds: Formula[] = [];
  private readonly z: Context<"z">;
  private readonly world: World;
  private readonly texts: string[] = [];
  private readonly terms = new Map<FactName, Arith<"z">>();
  private readonly outcomes = new Map<string, SolverOutcome>();

  constructor(z: Context<"z">, world: World) {
    this.z = z;
    this.world = world;
  }

  all(list: readonly Formula[]): Formula {
    return this.z.And(this.z.Bool.val(true), ...list);
  }
  any(list: readonly Formula[]): Formula {
    return this.z.Or(this.z.Bool.val(false), ...list);
  }

  /** How an expression comes out on an occasion. */
  outcome(on: SolverOccasion, expr: Expr): SolverOutcome {
    const key = JSON.stringify([on.startedBy, on.purpose, on.isPair, expr]);
    const outcome = this.outcomes.get(key) ?? this.made(on, expr);
    this.outcomes.set(key, outcome);
    return outcome;
  }

  known(on: SolverOccasion, facts: Iterable<FactName>): Formula {
    return this.all([...new Set(facts)].map((fact) => this.isKnown(on, fact)));
  }

  /** No explicit consent is given to anything. */
  withoutExplicitConsent(on: SolverOccasion): Formula {
    const { Bool, Not } = this.z;
    const given = [...new Set(this.world.names.purposes.values())].map((id) =>
      Bool.const(`explicit consent for ${id}`),
    );
    return Not(this.all([this.isKnown(on, "consents"), this.any(given)]));
  }

  private made(on: SolverOccasion, expr: Expr): SolverOutcome {
    const { z } = this;
    const whereKnown = (facts: readonly FactName[], test: Formula) => this.whereKnown(on, facts, test);
    switch (expr.op) {
      case "literal":
        return whereKnown([], z.Bool.val(expr.value));
      case "fact":
        return whereKnown([expr.fact], z.Bool.const(expr.fact));
      case "compare":
        return whereKnown(
          [expr.fact],
          this.compared(expr.operator, this.term(on, expr.fact), this.constant(expr.fact, expr.value)),
        );
      case "compareFacts":
        return whereKnown(
          [expr.left, expr.right],
          this.compared(expr.operator, this.term(on, expr.left), this.term(on, expr.right)),
        );
      case "in":
        return whereKnown(
          [expr.fact],
          this.any(expr.values.map((value) => this.term(on, expr.fact).eq(this.constant(expr.fact, value)))),
        );
      case "between": {
        const term = this.term(on, expr.fact);
        const [from, to] = [this.constant(expr.fact, expr.from), this.constant(expr.fact, expr.to)];
        const sides = [term.ge(from), term.le(to)] as const;
        return whereKnown([expr.fact], from <= to ? z.And(...sides) : z.Or(...sides));
      }
      case "contains":
        return whereKnown([expr.fact], z.Bool.const(`${expr.fact} has ${expr.value}`));
      case "consent":
        return whereKnown(["consents"], this.consent(expr.explicit, expr.purpose ?? on.purpose));
      case "objection":
        return whereKnown(["objections"], this.objection(expr.purpose ?? on.purpose));
      case "outbound":
        return { t: z.Bool.val(on.startedBy === "company"), f: z.Bool.val(on.startedBy === "customer") };
      case "condition":
        return this.outcome(on, (this.world.conditions.get(expr.condition) as Condition).expr);
      case "not": {
        const { t, f } = this.outcome(on, expr.operand);
        return { t: f, f: t };
      }
      case "and":
      case "or": {
        const parts = expr.operands.map((operand) => this.outcome(on, operand));
        const [t, f] = [parts.map((one) => one.t), parts.map((one) => one.f)];
        return expr.op === "and" ? { t: this.all(t), f: this.any(f) } : { t: this.any(t), f: this.all(f) };
      }
    }
  }

  private compared(
    operator: Extract<Expr, { readonly op: "compare" }>["operator"],
    one: Arith<"z">,
    other: Arith<"z"> | number,
  ): Formula {
    switch (operator) {
      case "=":
        return one.eq(other);
      case "!=":
        return one.neq(other);
      case "<":
        return one.lt(other);
      case "<=":
        return one.le(other);
      case ">":
        return one.gt(other);
      case ">=":
        return one.ge(other);
    }
  }

  private whereKnown(on: SolverOccasion, facts: readonly FactName[], test: Formula): SolverOutcome {
    const known = this.known(on, facts);
    return { t: this.z.And(known, test), f: this.z.And(known, this.z.Not(test)) };
  }

  private isKnown(on: SolverOccasion, fact: FactName): Formula {
    const named = (name: FactName) => this.z.Bool.const(`${name} is known`);
    return fact === "data.age" && on.isPair ? this.all([pieceAges.data, pieceAges.with].map(named)) : named(fact);
  }

  /** Values of a line as the numbers that they are, names and texts as the places of a list. */
  private term(on: SolverOccasion, fact: FactName): Arith<"z"> {
    if (fact !== "data.age" || !on.isPair) return this.plain(fact);
    const [one, other] = [this.plain(pieceAges.data), this.plain(pieceAges.with)];
    return this.z.If(one.ge(other), one, other) as Arith<"z">;
  }

  private plain(fact: FactName): Arith<"z"> {
    const known = this.terms.get(fact);
    if (known !== undefined) return known;
    const term = this.z.Int.const(fact);
    this.terms.set(fact, term);
    const type = this.typeOf(fact);
    if (type.kind === "oneOf") this.bounds.push(this.any(type.values.map((value) => term.eq(this.place(value)))));
    else if (type.kind === "time") this.bounds.push(term.ge(0), term.lt(1_440));
    else if (type.kind === "duration") this.bounds.push(term.ge(0));
    else if (type.kind === "int") {
      if (type.min !== null) this.bounds.push(term.ge(type.min));
      if (type.max !== null) this.bounds.push(term.le(type.max));
    }
    return term;
  }

  private constant(fact: FactName, value: Value): number {
    switch (this.typeOf(fact).kind) {
      case "time":
        return Number((value as string).slice(0, 2)) * 60 + Number((value as string).slice(3));
      case "date":
        return Date.parse(value as string) / 86_400_000;
      case "oneOf":
      case "text":
        return this.place(value as string);
      default:
        return value as number;
    }
  }

  private place(text: string): number {
    if (!this.texts.includes(text)) this.texts.push(text);
    return this.texts.indexOf(text);
  }

  private typeOf(fact: FactName): Type {
    return this.world.facts.get(fact) ?? { kind: "duration" };
  }

  private consent(explicit: boolean, purpose: Id): Formula {
    const { z } = this;
    const { purposes, names } = this.world;
    const nameable = new Set(names.purposes.values());
    const given = (id: Id, how: string) => (nameable.has(id) ? z.Bool.const(`${how} for ${id}`) : z.Bool.val(false));
    if (explicit) return given(purpose, "explicit consent");
    const covered = (id: Id): Formula => {
      const parents = purposes.parents.get(id) ?? [];
      const fromAbove = parents.length > 0 ? [this.all(parents.map(covered))] : [];
      return z.Or(given(id, "consent"), given(id, "explicit consent"), ...fromAbove);
    };
    return z.Or(covered(purpose), z.Bool.const("consent for any"));
  }

  private objection(purpose: Id): Formula {
    const { z } = this;
    const { purposes, names } = this.world;
    const near = [...new Set(names.purposes.values())].filter((id) => overlapping(purposes, [id]).has(purpose));
    return z.Or(z.Bool.const("objection for any"), ...near.map((id) => z.Bool.const(`objection for ${id}`)));
  }
}
