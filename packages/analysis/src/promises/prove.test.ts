import {
  type Act,
  evaluate,
  evaluator,
  factsIn,
  type Moment,
  type PromiseLine,
  readRequest,
  selects,
  selectsOperation,
  type World,
} from "@scruple/model";
import { Dice, randomRequests } from "@scruple/testkit";
import { expect, test } from "vitest";
import { AnalysisMemory, analyse } from "../analyse.ts";
import type { SelectingRule } from "../space/cell.ts";
import { DecisionSpace } from "../space/decision-space.ts";
import type { WireRequest } from "../space/wire-request.ts";
import { finished } from "../steps.ts";
import { momentOf, rulesOf } from "../testing/cells.ts";
import { someAct } from "../testing/every-act.ts";
import { everyMoment } from "../testing/every-moment.ts";
import { randomModel } from "../testing/random-model.ts";
import { withPromises } from "../testing/with-promises.ts";
import { prove } from "./prove.ts";
import type { PromiseResult } from "./prove-together.ts";

/** Larger ones than those of which every request is tried. */
const models = Math.ceil(Number(process.env.SCRUPLE_RANDOM_MODELS ?? 1_000) / 10);

/** What the language says, word by word, of one request. */
function breaks(world: World, line: PromiseLine, raw: WireRequest, verdict: "allow" | "deny"): boolean {
  const request = readRequest(world, raw);
  if (!("pieces" in request) || request.pieces.length !== 1) return false;
  const piece = request.pieces[0]!;
  const act: Act = { ...request, field: piece.field, with: request.with?.field ?? null };
  const { startedBy } = world.interactions.get(request.interaction)!;
  return isBroken(world, line, act, momentOf({ world, startedBy }, request, piece), verdict);
}

function isBroken(world: World, line: PromiseLine, act: Act, moment: Moment, verdict: "allow" | "deny"): boolean {
  const reading = line.modality === "never" ? "wide" : "narrow";
  if (!selectsOperation(line.operations, act.operation, reading) || !selects(world, line, act, reading)) return false;
  const [when, unless] = [line.when, line.unless].map((expr) => (expr === null ? null : evaluate(expr, moment)));
  return line.modality === "never"
    ? verdict === "allow" && when !== false && unless !== true
    : verdict === "deny" && (when ?? true) === true && (unless ?? false) === false;
}

test("promises are refuted by requests that break them, and proved where no request that is tried does", () => {
  const count = { proved: 0, refuted: 0, tried: 0 };
  for (let seed = 0; seed < models; seed++) {
    const dice = new Dice(seed);
    const model = withPromises(randomModel(seed), dice);
    const space = new DecisionSpace(model);
    const { world } = space;
    const reference = evaluator(model);
    for (const { line, status, counterexample, decision, rules } of prove(space)) {
      const story = `${seed}: ${JSON.stringify(line)}: ${JSON.stringify(counterexample)}`;
      if (status === "refuted") {
        const { decision: verdict, errors } = reference.decide(counterexample);
        expect(errors, story).toEqual([]);
        if (!breaks(world, line, counterexample!, verdict)) expect.fail(story);
        expect(decision).toMatchObject({ decision: verdict, rules });
        count.refuted++;
        continue;
      }
      expect(status, story).toBe("proved");
      count.proved++;
      for (const raw of randomRequests(model, seed, 10)) {
        const { decision: verdict, because } = reference.decide(raw);
        const isOutside = because.includes("The interaction is not for this purpose on this channel.");
        // What a promise of allows means is limited to the bounds of interactions; and known facts are looked for below.
        if (line.modality === "always" || isOutside) continue;
        if (breaks(world, line, raw, verdict)) expect.fail(`${story} ${JSON.stringify(raw)}`);
        count.tried++;
      }
      for (let i = 0; i < 20; i++) {
        const act = someAct(space, (list) => dice.pick(list));
        const { startedBy } = world.interactions.get(act.interaction)!;
        const rules = rulesOf([...space.partition.bearings.values()], act);
        const cell = { world, act, startedBy, rules };
        for (const moment of everyMoment(cell, 300) ?? []) {
          const value = (condition: (typeof rules)[number]["condition"]) =>
            evaluate({ op: "and", operands: condition }, moment);
          const applies = rules.filter(({ rule, condition }) =>
            rule.effect === "allow" ? value(condition) === true : rule.limit === null && value(condition) !== false,
          );
          const isAllowed = applies.length > 0 && applies.every(({ rule }) => rule.effect === "allow");
          if (line.modality === "always" && !isEverythingKnown(moment, rules)) continue;
          if (isBroken(world, line, act, moment, isAllowed ? "allow" : "deny"))
            expect.fail(`${story} ${JSON.stringify(act)} ${JSON.stringify([...moment.facts])}`);
          count.tried++;
        }
      }
    }
  }
  expect(Math.min(count.proved, count.refuted)).toBeGreaterThan(models / 3);
  expect(count.tried).toBeGreaterThan(10 * models);
}, 300_000);

/** As far as rules ask; promises ask for no more. */
function isEverythingKnown(moment: Moment, rules: readonly SelectingRule[]): boolean {
  const asked = rules.flatMap(({ condition }) => condition.flatMap((part) => factsIn(part, moment.world.conditions)));
  return asked.every((fact) =>
    fact === "consents" || fact === "objections" ? moment[fact] !== undefined : moment.facts.has(fact),
  );
}

test("what breaks a promise is the same request whatever else is asked of the model", () => {
  let count = 0;
  for (let seed = 0; seed < models; seed++) {
    const model = withPromises(randomModel(seed), new Dice(seed), 0.3);
    const { promises } = finished(analyse(model, {}, new AnalysisMemory(model, {})));
    const shown = ({ status, counterexample, example, rules }: PromiseResult) => ({
      ...{ status, counterexample, example, rules },
    });
    expect(promises.map(shown), `${seed}`).toEqual(prove(model).map(shown));
    count += promises.filter(({ line, status }) => line.modality === "always" && status === "refuted").length;
  }
  expect(count).toBeGreaterThan(models / 3);
}, 300_000);
