import {
  type Condition,
  type Expr,
  type FactName,
  type Id,
  overlapping,
  type Type,
  type Value,
  type World,
} from "@scruple/model";
import type { Arith, Bool, Context, Model, Solver } from "z3-solver";
import { type Asked, agesIn, type Outcome, type Requests } from "./requests.ts";

export type Formula = Bool<"z">;

/**
 * All requests of a model as unknowns of the solver z3, written down from the language's section 4 and no theory: for differential
 * tests, where there are too many to try one by one.
 */
export class SolverRequests implements Requests<Formula> {
  /** What values of facts there are; it holds of every request. */
  readonly bounds: Formula[] = [];
  private readonly z: Context<"z">;
  private readonly world: World;
  private readonly texts: string[] = [];
  private readonly terms = new Map<FactName, Arith<"z">>();
  private readonly outcomes = new Map<string, Outcome<Formula>>();

  /** Questions answered. */
  asked = 0;
  private readonly solver: Solver<"z">;
  private bounded = 0;
  /** Requests within bounds that the solver has shown, the latest first. */
  private found: readonly Model<"z">[] = [];

  constructor(z: Context<"z">, world: World) {
    this.z = z;
    this.solver = new z.Solver();
    this.world = world;
  }

  and(list: readonly Formula[]): Formula {
    return this.z.And(this.z.Bool.val(true), ...list);
  }
  or(list: readonly Formula[]): Formula {
    return this.z.Or(this.z.Bool.val(false), ...list);
  }

  not(one: Formula): Formula {
    return this.z.Not(one);
  }

  outcome(on: Asked, expr: Expr): Outcome<Formula> {
    const key = JSON.stringify([on.startedBy, on.purpose, on.age, expr]);
    const outcome = this.outcomes.get(key) ?? this.made(on, expr);
    this.outcomes.set(key, outcome);
    return outcome;
  }

  known(on: Asked, facts: Iterable<FactName>): Formula {
    return this.and([...new Set(facts)].map((fact) => this.isKnown(on, fact)));
  }

  without(kind: "consent" | "explicit consent"): Formula {
    const { Bool } = this.z;
    const ways = kind === "consent" ? ["consent", "explicit consent"] : ["explicit consent"];
    const given = [...new Set(this.world.names.purposes.values())].flatMap((id) =>
      ways.map((way) => Bool.const(`${way} for ${id}`)),
    );
    const toAny = kind === "consent" ? [Bool.const("consent for any")] : [];
    return this.not(this.and([Bool.const("consents is known"), this.or([...given, ...toAny])]));
  }

  async some(list: readonly Formula[]): Promise<boolean> {
    if (list.length === 0) return false;
    this.asked++;
    const asked = this.or(list);
    if (this.bounded < this.bounds.length) {
      this.solver.add(...this.bounds.slice(this.bounded));
      this.bounded = this.bounds.length;
      this.found = [];
    }
    // What was asked before is often answered by the same request; to ask the solver takes a thread each time.
    if (this.found.some((request) => this.z.isTrue(request.eval(asked, true)))) return true;
    this.solver.push();
    this.solver.add(asked);
    const answer = await this.solver.check();
    if (answer === "sat") this.found = [this.solver.model(), ...this.found].slice(0, 8);
    this.solver.pop();
    if (answer === "unknown") throw new Error("The solver gave up.");
    return answer === "sat";
  }

  private made(on: Asked, expr: Expr): Outcome<Formula> {
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
          this.or(expr.values.map((value) => this.term(on, expr.fact).eq(this.constant(expr.fact, value)))),
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
        return expr.op === "and" ? { t: this.and(t), f: this.or(f) } : { t: this.or(t), f: this.and(f) };
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

  private whereKnown(on: Asked, facts: readonly FactName[], test: Formula): Outcome<Formula> {
    const known = this.known(on, facts);
    return { t: this.z.And(known, test), f: this.z.And(known, this.z.Not(test)) };
  }

  private isKnown(on: Asked, fact: FactName): Formula {
    const named = (name: FactName) => this.z.Bool.const(`${name} is known`);
    return this.and(agesIn(on, fact).map(named));
  }

  /** Values of a line as the numbers that they are, names and texts as the places of a list. */
  private term(on: Asked, fact: FactName): Arith<"z"> {
    const [one, other] = agesIn(on, fact).map((name) => this.plain(name)) as [Arith<"z">, Arith<"z">?];
    return other === undefined ? one : (this.z.If(one.ge(other), one, other) as Arith<"z">);
  }

  private plain(fact: FactName): Arith<"z"> {
    const known = this.terms.get(fact);
    if (known !== undefined) return known;
    const term = this.z.Int.const(fact);
    this.terms.set(fact, term);
    const type = this.typeOf(fact);
    if (type.kind === "oneOf") this.bounds.push(this.or(type.values.map((value) => term.eq(this.place(value)))));
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
      const fromAbove = parents.length > 0 ? [this.and(parents.map(covered))] : [];
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
