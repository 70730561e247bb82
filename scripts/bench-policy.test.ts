import { compile } from "@scruple/compiler";
import { instantiate } from "@scruple/emit";
import { type Evaluator, evaluator, type Model } from "@scruple/model";
import { beforeAll, describe, expect, it } from "vitest";
import { peers } from "../bench/engines/index.mjs";
import { createMapGuard } from "../bench/engines/map-guard.mjs";
import { fromGuard } from "../bench/engines/scruple.mjs";
import { createWholeMapGuard } from "../bench/engines/whole-map-guard.mjs";
import { generatePolicy, policyName } from "../bench/policy.mjs";

const policy = generatePolicy({ rules: 100 });
const requests = policy.requests(200);

describe("the benchmark's policy of 100 rules", () => {
  const program = compile(policy.files);
  const model = program.model(policyName) as Model;
  let reference: Evaluator;
  beforeAll(() => {
    reference = evaluator(model);
  });

  it("is the same on every run", () => {
    expect(generatePolicy({ rules: 100 })).toEqual({ ...policy, requests: expect.any(Function) });
  });

  it("compiles without an error, to as many rules", () => {
    expect(program.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(model.rules).toHaveLength(100);
  });

  it("is asked requests without a mistake, of which many are allowed and many are not", () => {
    const decisions = requests.map((request) => reference.decide(request));
    expect(decisions.flatMap(({ errors }) => errors)).toEqual([]);
    const allowed = decisions.filter(({ decision }) => decision === "allow").length;
    expect(allowed).toBeGreaterThan(requests.length / 4);
    expect(allowed).toBeLessThan((requests.length * 3) / 4);
    expect(decisions.some(({ decision, rules }) => decision === "deny" && rules.length > 0)).toBe(true);
  });

  it("is decided by the guard with the same rules as by the reference evaluator and the hand-written guard", () => {
    const guard = fromGuard(instantiate(model));
    const mapGuard = createMapGuard(policy);
    for (const request of requests) {
      const { decision, rules } = reference.decide(request);
      expect(guard.full?.(request)).toMatchObject({ decision, rules });
      const byHand = mapGuard.full(request);
      expect({ ...byHand, rules: [...byHand.rules].sort() }).toEqual({ decision, rules });
    }
  });

  it("is answered as a whole by the hand-written guard that says all that a decision holds", () => {
    const byHand = createWholeMapGuard(policy);
    for (const request of requests)
      expect(byHand.full(request)).toEqual({ ...reference.decide(request), model: "by hand" });
  });

  for (const { title, create } of peers) {
    it(`is decided by ${title} as by the reference evaluator`, async () => {
      const engine = await create(policy);
      await engine.prepare?.(requests);
      const answers: string[] = [];
      for (const request of requests) answers.push(await engine.decide(request));
      expect(answers).toEqual(requests.map((request) => reference.decide(request).decision));
    });
  }
});
