import {
  type Condition,
  type Expr,
  type FactName,
  type Id,
  overlapping,
  pieceAges,
  type Type,
  type Value,
  type World,
} from "@scruple/model";
import type { Arith, Bool, Context, Solver } from "z3-solver";
import { type Asked, agesIn, type Outcome, type Requests } from "./requests.ts";
import { Formula, ShownRequests, termOf } from "./shown-formula.ts";

/**
 * All requests of a model as unknowns of the solver z3, written down from the language's section 4 and no theory: for differential
 * tests, where there are too many to try one by one.
 */
export class SolverRequests implements Requests<Formula> {
  private readonly z: Context<"z">;
  private readonly world: World;
  private readonly texts: string[] = [];
  private readonly terms: ReadonlyMap<FactName, Arith<"z">>;
  private readonly named = new Map<string, Formula>();
  private readonly outcomes = new Map<string, Outcome<Formula>>();

  /** Questions answered. */
  asked = 0;
  private readonly solver: Solver<"z">;
  private readonly shown: ShownRequests;

  constructor(z: Context<"z">, world: World) {
    this.z = z;
    this.solver = new z.Solver();
    this.shown = new ShownRequests(z);
    this.world = world;
    const facts = [...world.facts.keys(), ...Object.values(pieceAges)];
    this.terms = new Map(facts.map((fact) => [fact, z.Int.const(fact)]));
    for (const [fact, term] of this.terms) this.solver.add(...this.bounds(this.typeOf(fact), term));
  }

  and(list: readonly Formula[]): Formula {
    return list.length === 1 ? list[0]! : new Formula("and", list);
  }
  or(list: readonly Formula[]): Formula {
    return list.length === 1 ? list[0]! : new Formula("or", list);
  }
  not(one: Formula): Formula {
    return new Formula("not", [one]);
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
    const ways = kind === "consent" ? ["consent", "explicit consent"] : ["explicit consent"];
    const given = [...new Set(this.world.names.purposes.values())].flatMap((id) =>
      ways.map((way) => this.name(`${way} for ${id}`)),
    );
    const toAny = kind === "consent" ? [this.name("consent for any")] : [];
    return this.not(this.and([this.name("consents is known"), this.or([...given, ...toAny])]));
  }

  async some(list: readonly Formula[]): Promise<boolean> {
    if (list.length === 0) return false;
    this.asked++;
    // To ask the solver takes a thread each time.
    if (list.some((one) => this.shown.where(one) !== 0n)) return true;
    this.solver.push();
    this.solver.add(termOf(this.z, this.or(list)));
    const answer = await this.solver.check();
    if (answer === "sat") this.shown.add(this.solver.model());
    this.solver.pop();
    if (answer === "unknown") throw new Error("The solver gave up.");
    return answer === "sat";
  }

  private made(on: Asked, expr: Expr): Outcome<Formula> {
    const { z } = this;
    const whereKnown = (facts: readonly FactName[], test: Formula) => this.whereKnown(on, facts, test);
    const equal = (term: Arith<"z">, value: number) => this.formula(term.eq(value));
    switch (expr.op) {
      case "literal":
        return whereKnown([], this.value(expr.value));
      case "fact":
        return whereKnown([expr.fact], this.name(expr.fact));
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
          this.or(expr.values.map((value) => equal(this.term(on, expr.fact), this.constant(expr.fact, value)))),
        );
      case "between": {
        const term = this.term(on, expr.fact);
        const [from, to] = [this.constant(expr.fact, expr.from), this.constant(expr.fact, expr.to)];
        const sides = [term.ge(from), term.le(to)] as const;
        return whereKnown([expr.fact], this.formula(from <= to ? z.And(...sides) : z.Or(...sides)));
      }
      case "contains":
        return whereKnown([expr.fact], this.name(`${expr.fact} has ${expr.value}`));
      case "consent":
        return whereKnown(["consents"], this.consent(expr.explicit, expr.purpose ?? on.purpose));
      case "objection":
        return whereKnown(["objections"], this.objection(expr.purpose ?? on.purpose));
      case "outbound":
        return { t: this.value(on.startedBy === "company"), f: this.value(on.startedBy === "customer") };
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
    const how = { "=": "eq", "!=": "neq", "<": "lt", "<=": "le", ">": "gt", ">=": "ge" } as const;
    return this.formula(one[how[operator]](other));
  }

  private whereKnown(on: Asked, facts: readonly FactName[], test: Formula): Outcome<Formula> {
    const known = this.known(on, facts);
    return { t: this.and([known, test]), f: this.and([known, this.not(test)]) };
  }

  private isKnown(on: Asked, fact: FactName): Formula {
    return this.and(agesIn(on, fact).map((name) => this.name(`${name} is known`)));
  }

  /** Values of a line as the numbers that they are, names and texts as the places of a list. */
  private term(on: Asked, fact: FactName): Arith<"z"> {
    const [one, other] = agesIn(on, fact).map((name) => this.terms.get(name)) as [Arith<"z">, Arith<"z">?];
    return other === undefined ? one : (this.z.If(one.ge(other), one, other) as Arith<"z">);
  }

  /** What values of a fact there are; it holds of every request. */
  private bounds(type: Type, term: Arith<"z">): readonly Bool<"z">[] {
    switch (type.kind) {
      case "oneOf":
        return [this.z.Or(...type.values.map((value) => term.eq(this.place(value))))];
      case "time":
        return [term.ge(0), term.lt(1_440)];
      case "duration":
        return [term.ge(0)];
      case "int":
        return [...(type.min === null ? [] : [term.ge(type.min)]), ...(type.max === null ? [] : [term.le(type.max)])];
      default:
        return [];
    }
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
    const { purposes, names } = this.world;
    const nameable = new Set(names.purposes.values());
    const given = (id: Id, how: string) => (nameable.has(id) ? this.name(`${how} for ${id}`) : this.value(false));
    if (explicit) return given(purpose, "explicit consent");
    const covered = (id: Id): Formula => {
      const parents = purposes.parents.get(id) ?? [];
      const fromAbove = parents.length > 0 ? [this.and(parents.map(covered))] : [];
      return this.or([given(id, "consent"), given(id, "explicit consent"), ...fromAbove]);
    };
    return this.or([covered(purpose), this.name("consent for any")]);
  }

  private objection(purpose: Id): Formula {
    const { purposes, names } = this.world;
    const near = [...new Set(names.purposes.values())].filter((id) => overlapping(purposes, [id]).has(purpose));
    return this.or([this.name("objection for any"), ...near.map((id) => this.name(`objection for ${id}`))]);
  }

  private value(value: boolean): Formula {
    return value ? this.and([]) : this.or([]);
  }

  /** Something that a request says or not. */
  private name(name: string): Formula {
    const known = this.named.get(name) ?? this.formula(this.z.Bool.const(name));
    this.named.set(name, known);
    return known;
  }

  private formula(term: Bool<"z">): Formula {
    return new Formula("term", [], term);
  }
}
