import { evaluator, type Model, readRequest } from "@scruple/model";
import { randomRequests } from "@scruple/testkit";
import { expect, test } from "vitest";
import { randomModel } from "../testing/random-model.ts";
import { lintModel, lintSpace } from "./lint-model.ts";

/** Larger ones than those of which every request is tried. */
const models = Math.ceil(Number(process.env.SCRUPLE_RANDOM_MODELS ?? 1_000) / 20);

function without(model: Model, paths: readonly string[]): Model {
  return { ...model, rules: model.rules.filter(({ path }) => !paths.includes(path)) };
}

test("what is said of rules holds for every request that is tried", () => {
  const count = { allowed: 0, redundant: 0, guards: 0, idle: 0 };
  for (let seed = 0; seed < models; seed++) {
    const model = randomModel(seed);
    const space = lintSpace(model);
    const findings = lintModel(space);
    const found = (lint: string) =>
      findings.flatMap((finding) => (finding.lint === lint && finding.at.kind === "rule" ? [finding.at.path] : []));
    const idle = new Set([
      ...found("rule-selects-nothing"),
      ...found("rule-never-applies"),
      ...found("rule-cancelled"),
    ]);
    const special = new Set(found("special-without-explicit-consent"));
    const untold = new Set(found("untold"));
    const reference = evaluator(model);
    const [redundant, guards] = [found("redundant-rule"), found("guards-against-nothing")];
    const spared = [
      ...redundant.map((path) => ({ path, reference: evaluator(without(model, [path])) })),
      // Whoever takes away all that is said to guard against nothing lets nothing flow.
      ...(guards.length > 0 ? [{ path: guards.join(), reference: evaluator(without(model, guards)) }] : []),
    ];
    count.idle += idle.size;
    for (const raw of randomRequests(model, seed, 30)) {
      const story = `${seed}: ${JSON.stringify(raw)}`;
      const decision = reference.decide(raw);
      for (const { path, reference: other } of spared) {
        const { decision: verdict, duties, limits } = other.decide(raw);
        expect({ verdict, duties, limits }, `${path}: ${story}`).toEqual({
          verdict: decision.decision,
          duties: decision.duties,
          limits: decision.limits,
        });
        count[redundant.includes(path) ? "redundant" : "guards"]++;
      }
      if (decision.decision !== "allow") continue;
      count.allowed++;
      const request = readRequest(space.world, raw);
      if (!("pieces" in request)) continue;
      const isSpecial = request.pieces.some(({ field }) => space.world.fields.get(field)!.special);
      const isAgreed = request.consents?.some(({ explicit }) => explicit) ?? false;
      for (const path of decision.rules) {
        expect(idle.has(path), `${path}: ${story}`).toBe(false);
        if (model.rules.find((rule) => rule.path === path)!.told === null) expect(untold.has(path), story).toBe(true);
      }
      if (isSpecial && !isAgreed && request.pieces.length === 1)
        expect(
          decision.rules.every((path) => special.has(path)),
          story,
        ).toBe(true);
    }
  }
  expect(count.allowed).toBeGreaterThan(models);
  expect(Math.min(count.redundant, count.guards, count.idle)).toBeGreaterThan(0);
}, 180_000);
