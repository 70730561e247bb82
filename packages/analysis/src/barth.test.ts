import { type Evaluator, evaluator, type Model, type Rule } from "@scruple/model";
import { Dice, randomRequests, type WireRequest } from "@scruple/testkit";
import { expect, test } from "vitest";
import { randomModel } from "./testing/random-model.ts";

/**
 * Four criteria for privacy languages: A. Barth, J. C. Mitchell and J. Rosenstein, "Conflict and combination in privacy policy
 * languages" (2004). ARCHITECTURE.md says what they come to here.
 */
const models = Math.ceil(Number(process.env.SCRUPLE_RANDOM_MODELS ?? 1_000) / 4);

function eachModel(visit: (model: Model, requests: readonly WireRequest[], dice: Dice, seed: number) => void): void {
  for (let seed = 0; seed < models; seed++) {
    const model = randomModel(seed);
    visit(model, randomRequests(model, seed, 12), new Dice(seed), seed);
  }
}

function verdict(reference: Evaluator, request: WireRequest): "allow" | "deny" {
  return reference.decide(request).decision;
}

function only(model: Model, rules: readonly Rule[]): Model {
  return { ...model, rules: [...rules].sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** Declarations deny too, and belong to every part of a policy. */
function parts(model: Model, dice: Dice): readonly [Model, Model] {
  const one = model.rules.filter(() => dice.chance(0.5));
  return [
    only(model, one),
    only(
      model,
      model.rules.filter((rule) => !one.includes(rule)),
    ),
  ];
}

test("guaranteed consistency: every request gets one decision, whatever the rules and in whatever order", () => {
  eachModel((model, requests, dice, seed) => {
    const [reference, shuffled] = [evaluator(model), evaluator({ ...model, rules: dice.shuffle([...model.rules]) })];
    for (const request of requests) {
      const decision = reference.decide(request);
      expect(["allow", "deny"]).toContain(decision.decision);
      const { model: _, ...said } = shuffled.decide(request);
      expect(decision, `${seed}: ${JSON.stringify(request)}`).toMatchObject(said);
    }
  });
}, 120_000);

test("guaranteed safety: to do what an allow asks for never makes a later request of what is allowed impossible by itself", () => {
  // Decisions have no memory: what was allowed and done before is no part of a request, so it cannot be held against the next.
  eachModel((model, requests, _, seed) => {
    const reference = evaluator(model);
    const fresh = requests.map((request) => reference.decide(request));
    const again = [...requests].reverse().map((request) => reference.decide(request));
    expect(again.reverse(), `${seed}`).toEqual(fresh);
  });
}, 120_000);

test("local reasoning: whatever one rule denies stays denied among any others, and an allow that applies alone still applies", () => {
  let [denied, allowed] = [0, 0];
  eachModel((model, requests, dice, seed) => {
    const whole = evaluator(model);
    const [alone] = parts(model, dice);
    const denials = evaluator(
      only(
        model,
        alone.rules.filter(({ effect, limit }) => effect === "deny" && limit === null),
      ),
    );
    const allows = evaluator(
      only(
        model,
        alone.rules.filter(({ effect }) => effect === "allow"),
      ),
    );
    for (const request of requests) {
      const story = `${seed}: ${JSON.stringify(request)}`;
      const all = whole.decide(request);
      if (all.errors.length > 0) continue;
      if (denials.decide(request).rules.length > 0) {
        expect(all.decision, story).toBe("deny");
        denied++;
      }
      const lonely = allows.decide(request);
      if (lonely.decision === "allow" && all.decision === "allow") {
        expect(all.rules, story).toEqual(expect.arrayContaining([...lonely.rules]));
        allowed++;
      }
    }
  });
  expect(Math.min(denied, allowed)).toBeGreaterThan(models / 10);
}, 120_000);

test("closure under combination: the denials of two policies put together deny what either does, and allows what either does beyond that", () => {
  let compared = 0;
  eachModel((model, requests, dice, seed) => {
    const [left, right] = parts(model, dice);
    const isDenial = ({ effect, limit }: Rule) => effect === "deny" && limit === null;
    const denials = evaluator(only(model, model.rules.filter(isDenial)));
    const [one, other, both] = [left, right, model].map(evaluator) as [Evaluator, Evaluator, Evaluator];
    const [oneFree, otherFree] = [left, right].map((part) =>
      evaluator(
        only(
          part,
          part.rules.filter((rule) => !isDenial(rule)),
        ),
      ),
    ) as [Evaluator, Evaluator];
    for (const request of requests.filter(({ data }) => !Array.isArray(data))) {
      const story = `${seed}: ${JSON.stringify(request)}`;
      if (both.decide(request).errors.length > 0) continue;
      const permits = [oneFree, otherFree].some((part) => verdict(part, request) === "allow");
      const forbids = denials.decide(request).rules.length > 0;
      expect(verdict(both, request), story).toBe(permits && !forbids ? "allow" : "deny");
      const isDenied = (part: Evaluator) => part.decide(request).rules.length > 0 && verdict(part, request) === "deny";
      if (isDenied(one) || isDenied(other)) expect(verdict(both, request), story).toBe("deny");
      compared++;
    }
  });
  expect(compared).toBeGreaterThan(models);
}, 120_000);
