import {
  type Condition,
  type Expr,
  type FactName,
  factsIn,
  type Id,
  overlapping,
  pieceAges,
  type Type,
  type Value,
} from "@scruple/model";
import { Dice } from "@scruple/testkit";
import { beforeAll, expect, test } from "vitest";
import { type Bool, type Context, init } from "z3-solver";
import { decideCell } from "./cell.ts";
import { FactSpace } from "./fact-space.ts";
import { FALSE } from "./node-store.ts";
import { someCells, type TestedCell } from "./testing/cells.ts";
import { claimsOf, type Logic } from "./testing/claims.ts";
import { everyMoment } from "./testing/every-moment.ts";
import { randomModel } from "./testing/random-model.ts";
import { diagramLogic } from "./testing/readings.ts";

const cells = Math.ceil(Number(process.env.SCRUPLE_RANDOM_MODELS ?? 1_000) / 10);

let z: Context<"z">;
let stop: () => void;

beforeAll(async () => {
  const z3 = await init();
  z = z3.Context("z");
  stop = () => z3.em.PThread.terminateAllThreads();
  return () => stop();
}, 60_000);

test("where there are too many requests to try, z3 finds none that speaks against an answer", async () => {
  let checked = 0;
  for (let seed = 0; checked < cells; seed++) {
    const model = randomModel(seed);
    const dice = new Dice(seed);
    const [cell] = someCells(model, (list) => dice.pick(list), 1);
    if (cell === undefined || everyMoment(cell, 3_000) !== null) continue;
    const space = new FactSpace(
      cell.world,
      cell.rules.flatMap(({ condition }) => condition),
    );
    const context = space.context({ startedBy: cell.startedBy, purpose: cell.act.purpose });
    const logic = diagramLogic(space.diagrams, decideCell(context, cell.rules));
    const never = claimsOf(cell.rules).filter((claim) => {
      const node = claim.read(logic);
      return (claim.over === "known" ? space.diagrams.known(node) : node) === FALSE;
    });
    if (never.length === 0) continue;
    const requests = new Requests(cell);
    const real = requests.logic();
    const known = requests.allKnown();
    const solver = new z.Solver();
    const against = never.map((claim) => (claim.over === "known" ? z.And(known, claim.read(real)) : claim.read(real)));
    solver.add(z.Or(...against), ...requests.bounds);
    expect(await solver.check(), `${seed}: ${JSON.stringify(cell.act)}`).toBe("unsat");
    checked++;
  }
}, 300_000);

test("z3 is asked the right thing: what can happen, it finds", async () => {
  let found = 0;
  for (let seed = 0; found < 20; seed++) {
    const model = randomModel(seed);
    const dice = new Dice(seed);
    for (const cell of someCells(model, (list) => dice.pick(list), 1)) {
      const space = new FactSpace(
        cell.world,
        cell.rules.flatMap(({ condition }) => condition),
      );
      const context = space.context({ startedBy: cell.startedBy, purpose: cell.act.purpose });
      const logic = diagramLogic(space.diagrams, decideCell(context, cell.rules));
      const requests = new Requests(cell);
      const real = requests.logic();
      const solver = new z.Solver();
      solver.add(...requests.bounds);
      for (const claim of claimsOf(cell.rules).filter(({ over }) => over === "all")) {
        solver.push();
        solver.add(claim.read(real));
        expect(await solver.check(), `${seed}: ${claim.text}`).toBe(claim.read(logic) === FALSE ? "unsat" : "sat");
        solver.pop();
        found++;
      }
    }
  }
}, 60_000);

/** True and false of a condition; neither where it is unknown. */
interface Outcome {
  readonly t: Bool<"z">;
  readonly f: Bool<"z">;
}

/** All requests for the act of a cell as unknowns of the solver, written down from the language's section 4 and no theory. */
class Requests {
  readonly bounds: Bool<"z">[] = [];
  private readonly cell: TestedCell;
  private readonly texts: string[] = [];

  constructor(cell: TestedCell) {
    this.cell = cell;
  }

  logic(): Logic<Bool<"z">> {
    const outcomes = this.cell.rules.map(({ condition }) => this.outcome({ op: "and", operands: condition }));
    return {
      and: (list) => z.And(z.Bool.val(true), ...list),
      or: (list) => z.Or(z.Bool.val(false), ...list),
      not: (one) => z.Not(one),
      isTrue: (index) => outcomes[index]!.t,
      isFalse: (index) => outcomes[index]!.f,
    };
  }

  allKnown(): Bool<"z"> {
    const { rules, world } = this.cell;
    const facts = rules.flatMap(({ condition }) => condition.flatMap((part) => factsIn(part, world.conditions)));
    return z.And(z.Bool.val(true), ...[...new Set(facts)].map((fact) => this.known(fact)));
  }

  private outcome(expr: Expr): Outcome {
    switch (expr.op) {
      case "literal":
        return this.whereKnown([], z.Bool.val(expr.value));
      case "fact":
        return this.whereKnown([expr.fact], z.Bool.const(expr.fact));
      case "compare":
        return this.compared([expr.fact], expr.operator, this.term(expr.fact), this.constant(expr.fact, expr.value));
      case "compareFacts":
        return this.compared([expr.left, expr.right], expr.operator, this.term(expr.left), this.term(expr.right));
      case "in":
        return this.whereKnown(
          [expr.fact],
          z.Or(...expr.values.map((value) => this.term(expr.fact).eq(this.constant(expr.fact, value)))),
        );
      case "between": {
        const term = this.term(expr.fact);
        const [from, to] = [this.constant(expr.fact, expr.from), this.constant(expr.fact, expr.to)];
        const sides = [term.ge(from), term.le(to)] as const;
        return this.whereKnown([expr.fact], from <= to ? z.And(...sides) : z.Or(...sides));
      }
      case "contains":
        return this.whereKnown([expr.fact], z.Bool.const(`${expr.fact} has ${expr.value}`));
      case "consent":
        return this.whereKnown(["consents"], this.consent(expr.explicit, expr.purpose ?? this.cell.act.purpose));
      case "objection":
        return this.whereKnown(["objections"], this.objection(expr.purpose ?? this.cell.act.purpose));
      case "outbound": {
        const { startedBy } = this.cell;
        return { t: z.Bool.val(startedBy === "company"), f: z.Bool.val(startedBy === "customer") };
      }
      case "condition":
        return this.outcome((this.cell.world.conditions.get(expr.condition) as Condition).expr);
      case "not": {
        const { t, f } = this.outcome(expr.operand);
        return { t: f, f: t };
      }
      case "and":
      case "or": {
        const all = expr.operands.map((operand) => this.outcome(operand));
        const every = (pick: (one: Outcome) => Bool<"z">) => z.And(z.Bool.val(true), ...all.map(pick));
        const some = (pick: (one: Outcome) => Bool<"z">) => z.Or(z.Bool.val(false), ...all.map(pick));
        return expr.op === "and"
          ? { t: every(({ t }) => t), f: some(({ f }) => f) }
          : { t: some(({ t }) => t), f: every(({ f }) => f) };
      }
    }
  }

  private compared(
    facts: readonly FactName[],
    operator: Extract<Expr, { readonly op: "compare" }>["operator"],
    ...[one, other]: readonly [ReturnType<Requests["term"]>, ReturnType<Requests["term"]> | number]
  ): Outcome {
    const tests = {
      "=": () => one.eq(other),
      "!=": () => one.neq(other),
      "<": () => one.lt(other),
      "<=": () => one.le(other),
      ">": () => one.gt(other),
      ">=": () => one.ge(other),
    };
    return this.whereKnown(facts, tests[operator]());
  }

  private whereKnown(facts: readonly FactName[], test: Bool<"z">): Outcome {
    const known = z.And(z.Bool.val(true), ...facts.map((fact) => this.known(fact)));
    return { t: z.And(known, test), f: z.And(known, z.Not(test)) };
  }

  private known(fact: FactName): Bool<"z"> {
    if (fact === "data.age" && this.cell.act.with !== null)
      return z.And(this.known(pieceAges.data), this.known(pieceAges.with));
    return z.Bool.const(`${fact} is known`);
  }

  /** Values of a line as the numbers that they are, names and texts as the places of a list. */
  private term(fact: FactName) {
    if (fact === "data.age" && this.cell.act.with !== null) {
      const [one, other] = [this.plain(pieceAges.data), this.plain(pieceAges.with)];
      return z.If(one.ge(other), one, other);
    }
    return this.plain(fact);
  }

  private plain(fact: FactName) {
    const term = z.Int.const(fact);
    const type = this.typeOf(fact);
    if (type.kind === "oneOf") this.bounds.push(z.Or(...type.values.map((value) => term.eq(this.place(value)))));
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
    return this.cell.world.facts.get(fact) ?? { kind: "duration" };
  }

  private consent(explicit: boolean, purpose: Id): Bool<"z"> {
    const { purposes, names } = this.cell.world;
    const nameable = new Set(names.purposes.values());
    const given = (id: Id, how: string) => (nameable.has(id) ? z.Bool.const(`${how} for ${id}`) : z.Bool.val(false));
    if (explicit) return given(purpose, "explicit consent");
    const covered = (id: Id): Bool<"z"> => {
      const parents = purposes.parents.get(id) ?? [];
      const fromAbove = parents.length > 0 ? [z.And(...parents.map(covered))] : [];
      return z.Or(given(id, "consent"), given(id, "explicit consent"), ...fromAbove);
    };
    return z.Or(covered(purpose), z.Bool.const("consent for any"));
  }

  private objection(purpose: Id): Bool<"z"> {
    const { purposes, names } = this.cell.world;
    const near = [...new Set(names.purposes.values())].filter((id) => overlapping(purposes, [id]).has(purpose));
    return z.Or(z.Bool.const("objection for any"), ...near.map((id) => z.Bool.const(`objection for ${id}`)));
  }
}
