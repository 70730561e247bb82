import {
  bearingOfRule,
  type Expr,
  factsIn,
  type Id,
  type PromiseLine,
  type Rule,
  selectsChannel,
  selectsData,
  selectsOperation,
  selectsPurpose,
  selectsRecipients,
} from "@scruple/model";
import { Dice } from "@scruple/testkit";
import { beforeAll, expect, test } from "vitest";
import { type Context, init } from "z3-solver";
import { clausesOf, exceptionPaths, withoutException } from "./lints/clauses.ts";
import type { LintFinding } from "./lints/finding.ts";
import { lintModel, lintSpace, rulesOf } from "./lints/lint-model.ts";
import { mentionsOf } from "./personal.ts";
import { prove } from "./promises/prove.ts";
import type { Cell } from "./space/cell.ts";
import { recipientsOf } from "./space/datum.ts";
import type { DecisionSpace } from "./space/decision-space.ts";
import { everyMoment } from "./testing/every-moment.ts";
import { randomModel } from "./testing/random-model.ts";
import { type Formula, type SolverOccasion, type SolverOutcome, SolverRequests } from "./testing/solver-requests.ts";
import { withPromises } from "./testing/with-promises.ts";

const models = Math.ceil(Number(process.env.SCRUPLE_RANDOM_MODELS ?? 1_000) / 5);
/** Requests of one cell that brute force would try. */
const walked = 3_000;

let z: Context<"z">;

beforeAll(async () => {
  const z3 = await init();
  z = z3.Context("z");
  return () => z3.em.PThread.terminateAllThreads();
}, 60_000);

/** A cell as the solver reads it, for one of its purposes. */
interface Look {
  readonly cell: Cell;
  readonly on: SolverOccasion;
  readonly rules: ReadonlyMap<string, { readonly outcome: SolverOutcome; readonly applies: Formula }>;
  readonly permitted: Formula;
  readonly allowed: Formula;
}

/** Puts the questions that lints and promises answer to the solver. */
class Oracle {
  readonly looks: readonly Look[];
  readonly requests: SolverRequests;
  readonly cells: readonly Cell[];
  private readonly space: DecisionSpace;
  private readonly solver = new z.Solver();
  private bounds = 0;
  asked = 0;

  constructor(space: DecisionSpace) {
    this.space = space;
    this.requests = new SolverRequests(z, space.world);
    this.cells = [...space.cells({ unselected: true })];
    const byKey = new Map(
      this.cells.map((cell) => [`${cell.interaction.id} ${cell.key} ${this.isSpecial(cell)}`, cell]),
    );
    this.looks = [...byKey.values()].map((cell) => this.look(cell, cell.purposes[0]!));
  }

  look(cell: Cell, purpose: Id): Look {
    const { requests } = this;
    const on = { startedBy: cell.interaction.startedBy, purpose, isPair: cell.act.with !== null };
    const rules = cell.rules.map(({ rule, condition }) => {
      const outcome = requests.outcome(on, { op: "and", operands: condition });
      return { rule, outcome, applies: rule.effect === "allow" ? outcome.t : z.Not(outcome.f) };
    });
    const permitted = requests.any(rules.flatMap(({ rule, applies }) => (rule.effect === "allow" ? [applies] : [])));
    const forbidden = requests.any(rules.flatMap(({ rule, applies }) => (isDenial(rule) ? [applies] : [])));
    return {
      ...{ cell, on, permitted, allowed: z.And(permitted, z.Not(forbidden)) },
      rules: new Map(rules.map(({ rule, outcome, applies }) => [rule.path, { outcome, applies }])),
    };
  }

  isSpecial({ data }: Cell): boolean {
    const { fields } = this.space.world;
    return data.some((datum) => [datum.field, datum.with ?? datum.field].some((id) => fields.get(id)!.special));
  }

  /** Whether some request makes one of some formulas true. */
  async can(some: readonly Formula[]): Promise<boolean> {
    if (some.length === 0) return false;
    this.asked++;
    const { bounds } = this.requests;
    this.solver.add(...bounds.slice(this.bounds));
    this.bounds = bounds.length;
    this.solver.push();
    this.solver.add(this.requests.any(some));
    const answer = await this.solver.check();
    this.solver.pop();
    if (answer === "unknown") throw new Error("The solver gave up.");
    return answer === "sat";
  }
}

function isDenial({ effect, limit }: Pick<Rule, "effect" | "limit">): boolean {
  return effect === "deny" && limit === null;
}

/** What is to be found of a rule that selects something, as texts. */
async function expectedOf(oracle: Oracle, space: DecisionSpace, rule: Rule): Promise<readonly string[]> {
  const { world } = space;
  const { path } = rule;
  const { requests } = oracle;
  const looks = oracle.looks.filter(({ rules }) => rules.has(path));
  if (looks.length === 0) return [];
  const where = (of: (look: Look, own: NonNullable<ReturnType<Look["rules"]["get"]>>) => readonly Formula[]) =>
    oracle.can(looks.flatMap((look) => of(look, look.rules.get(path)!)));
  const expected: string[] = [];

  const constants: { readonly clause: string; readonly value: boolean; readonly isOwn: boolean }[] = [];
  for (const { expr, clause, exception } of clausesOf(rule)) {
    const asksWho = [...mentionsOf(world, expr).values()].some(({ kind }) => kind === "outbound");
    if (expr.op === "condition" || (rule.interaction === null && asksWho)) continue;
    const facts = factsIn(expr, world.conditions);
    for (const value of [true, false]) {
      const varies = await where(({ on }) => {
        const { t, f } = requests.outcome(on, expr);
        return [z.And(requests.known(on, facts), z.Not(value ? t : f))];
      });
      if (!varies) constants.push({ clause: `${clause} ${exception}`, value, isOwn: (clause === "when") === !value });
    }
  }
  expected.push(...constants.map(({ clause, value }) => `condition-always-${value} ${clause}`));

  if (!(await where((_, { applies }) => [applies]))) {
    if (!constants.some(({ isOwn }) => isOwn)) expected.push("rule-never-applies");
    return expected;
  }
  const decides = await where(({ allowed }, { applies }) => [z.And(applies, allowed)]);
  // Of an allow that is cancelled altogether, that is all that matters.
  if (rule.effect === "allow" && !decides) return [...expected, "rule-cancelled"];
  const idle: (readonly number[])[] = [];
  for (const exception of exceptionPaths(rule.exceptions)) {
    if (idle.some((outer) => outer.every((index, at) => exception[at] === index))) continue;
    const without = bearingOfRule(world, withoutException(rule, exception));
    const bites = await where(({ cell: { act }, on }, { outcome }) => {
      const other = requests.outcome(on, { op: "and", operands: without.condition(act) });
      return other === outcome ? [] : [z.Xor(outcome.t, other.t), z.Xor(outcome.f, other.f)];
    });
    if (!bites) idle.push(exception);
  }
  expected.push(...idle.map((exception) => `exception-never-bites ${exception}`));

  if (rule.effect === "deny") {
    const isNeeded = await where(({ cell, rules, permitted }, { applies }) => {
      const others = cell.rules.filter((other) => other.rule.path !== path && isDenial(other.rule));
      const denied = requests.any(others.map((other) => rules.get(other.rule.path)!.applies));
      return [z.And(applies, permitted, z.Not(denied))];
    });
    if (rule.limit === null && !isNeeded) expected.push("guards-against-nothing");
    return expected;
  }
  if (rule.told === null) expected.push("untold");
  if (rule.basis === null) expected.push("no-basis none");
  const isLoose = await where(({ cell, on, allowed }, { applies }) =>
    oracle.isSpecial(cell) ? [z.And(applies, allowed, requests.withoutExplicitConsent(on))] : [],
  );
  if (isLoose) expected.push("special-without-explicit-consent");
  return expected;
}

const perRule: ReadonlySet<string> = new Set([
  ...["rule-never-applies", "rule-cancelled", "guards-against-nothing", "exception-never-bites"],
  ...["condition-always-true", "condition-always-false", "untold", "special-without-explicit-consent"],
]);

function foundOf(findings: readonly LintFinding[], rule: Rule): readonly string[] {
  return findings.flatMap(({ lint, at, words }) => {
    if (!("path" in at) || at.path !== rule.path) return [];
    if (lint === "no-basis" && words[0] === "none") return ["no-basis none"];
    if (!perRule.has(lint)) return [];
    if (at.kind === "clause") return [`${lint} ${at.clause} ${at.exception}`];
    return [at.kind === "exception" ? `${lint} ${at.exception}` : lint];
  });
}

/** Whether some request breaks a line. */
function isBroken(oracle: Oracle, { world }: DecisionSpace, line: PromiseLine): Promise<boolean> {
  const reading = line.modality === "never" ? "wide" : "narrow";
  const { requests } = oracle;
  const said = [line.when, line.unless].filter((expr): expr is Expr => expr !== null);
  const ways = oracle.cells.flatMap((cell) => {
    const isMeant =
      selectsOperation(line.operations, cell.operation, reading) &&
      cell.data.some((datum) => selectsData(world, line, datum, reading)) &&
      cell.routes.some(
        (route) =>
          selectsChannel(world, line.channels, route.channel, reading) &&
          selectsRecipients(world, line.recipients, recipientsOf(world, route), reading),
      );
    if (!isMeant) return [];
    const purposes = cell.purposes.filter((purpose) => selectsPurpose(world, line.purposes, purpose, reading));
    return purposes.map((purpose) => {
      const { on, allowed } = oracle.look(cell, purpose);
      const when = line.when && requests.outcome(on, line.when);
      const unless = line.unless && requests.outcome(on, line.unless);
      if (line.modality === "never")
        return requests.all([allowed, ...(when ? [z.Not(when.f)] : []), ...(unless ? [z.Not(unless.t)] : [])]);
      const asked = [...cell.rules.flatMap(({ condition }) => condition), ...said];
      const facts = asked.flatMap((expr) => factsIn(expr, world.conditions));
      const known = requests.known(on, facts);
      return requests.all([z.Not(allowed), known, ...(when ? [when.t] : []), ...(unless ? [unless.f] : [])]);
    });
  });
  return oracle.can(ways);
}

function isLarge({ world }: DecisionSpace, cells: readonly Cell[]): boolean {
  return cells.some(
    ({ act, interaction: { startedBy }, rules }) => everyMoment({ world, act, startedBy, rules }, walked) === null,
  );
}

test("what lints find of rules and what becomes of promises is what z3 finds, in models too large to try every request", async () => {
  const count = new Map<string, number>();
  const add = (what: string, more = 1) => count.set(what, (count.get(what) ?? 0) + more);
  for (let seed = 0; (count.get("models") ?? 0) < models; seed++) {
    const model = withPromises(randomModel(seed), new Dice(seed));
    const space = lintSpace(model);
    const oracle = new Oracle(space);
    if (!isLarge(space, oracle.cells)) continue;
    add("models");
    const findings = lintModel(space);
    for (const rule of rulesOf(model).values()) {
      const expected = await expectedOf(oracle, space, rule);
      if (!oracle.looks.some(({ rules }) => rules.has(rule.path))) continue;
      expect([...foundOf(findings, rule)].sort(), `${seed}: ${rule.path}`).toEqual([...expected].sort());
      for (const one of expected) add(one.split(" ")[0]!);
    }
    for (const { id } of model.interactions) {
      const inside = oracle.looks.filter(({ cell }) => cell.interaction.id === id);
      const isIdle = !(await oracle.can(inside.map(({ allowed }) => allowed)));
      const isFound = findings.some(
        ({ lint, at }) => lint === "nothing-allowed" && at.kind === "declaration" && at.id === id,
      );
      expect(isFound, `${seed}: ${id}`).toBe(isIdle);
      if (isIdle) add("nothing-allowed");
    }
    for (const { line, status } of prove(space)) {
      const expected = (await isBroken(oracle, space, line)) ? "refuted" : "proved";
      expect(status, `${seed}: ${JSON.stringify(line)}`).toBe(expected);
      add(status);
    }
    add("questions", oracle.asked);
  }
  for (const what of [...perRule, "no-basis", "nothing-allowed", "proved", "refuted"])
    expect(count.get(what) ?? 0, what).toBeGreaterThan(0);
  expect(count.get("questions")).toBeGreaterThan(10 * models);
}, 600_000);
