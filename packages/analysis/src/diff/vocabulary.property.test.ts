import { type Decision, evaluator, indexModel, type Model } from "@scruple/model";
import { Dice, randomRequests, type WireRequest } from "@scruple/testkit";
import { expect, test } from "vitest";
import { decidedOtherwise } from "../testing/decided-otherwise.ts";
import { RegionsAt } from "../testing/kinds-at.ts";
import { withOtherVocabulary } from "../testing/mutate-vocabulary.ts";
import { randomModel } from "../testing/random-model.ts";
import { diff } from "./diff.ts";
import { joinModels } from "./join-models.ts";
import { strippedFor } from "./witness-request.ts";

const count = Number(process.env.SCRUPLE_RANDOM_DIFFS ?? 80);

function* pairs(): Generator<{ seed: number; base: Model; head: Model }> {
  for (let seed = 1; seed <= count; seed++) {
    const [base, head] = withOtherVocabulary(randomModel(seed), new Dice(seed));
    yield { seed, base, head };
  }
}

const levels = [null, "exact", "district", "city", "block", "region", "quarter", "net"];

/** Requests that either model may be asked, at all levels. */
function* requestsTo(base: Model, head: Model, seed: number): Generator<WireRequest> {
  const dice = new Dice(seed);
  for (const model of [base, head])
    for (const raw of randomRequests(model, seed, 60))
      yield { ...raw, subject: raw.subject ?? {}, precision: dice.pick(levels) };
}

test("where levels, names, types and limits differ, the regions are those that both evaluators show", () => {
  const seen = { same: 0, widened: 0, narrowed: 0, looser: 0, tighter: 0, otherwise: 0 };
  let uneven = 0;
  for (const { seed, base, head } of pairs()) {
    const joined = joinModels(base, head);
    const regions = new RegionsAt(joined);
    const evaluators = [evaluator(base), evaluator(head)] as const;
    for (const raw of requestsTo(base, head, seed)) {
      const kinds = regions.kinds(raw);
      if (kinds === null) continue;
      const [from, to] = evaluators.map((one, side) => one.decide(strippedFor(joined.asDeclared[side]!, raw))) as [
        Decision,
        Decision,
      ];
      // No request to either: a level, say, that none of the data has.
      if (from.errors.length > 0 && to.errors.length > 0) continue;
      if ((from.errors.length === 0) !== (to.errors.length === 0)) uneven++;
      const expected = decidedOtherwise(from, to);
      expect(kinds, JSON.stringify({ seed, raw })).toEqual(expected === null ? [] : [expected]);
      seen[(expected ?? "same") as keyof typeof seen]++;
    }
  }
  expect(Math.min(uneven, ...Object.values(seen))).toBeGreaterThan(count / 80);
});

test("where levels, names, types and limits differ, each entry shows a request, and nothing is left without one", () => {
  let entries = 0;
  for (const { seed, base, head } of pairs()) {
    for (const options of [{}, { mostChangesTold: 0 }]) {
      const difference = diff(base, head, options);
      expect(difference.notes, String(seed)).toEqual([]);
      const sides = [base, head].map((model) => ({ world: indexModel(model), evaluator: evaluator(model) }));
      for (const kind of ["widened", "narrowed", "duties"] as const) {
        for (const entry of difference[kind]) {
          const { request, rules } = entry;
          const [from, to] = sides.map(({ world, evaluator }) => evaluator.decide(strippedFor(world, request))) as [
            Decision,
            Decision,
          ];
          const shown = decidedOtherwise(from, to);
          // Of an interaction that is told as a whole, the request shows one of all that is otherwise.
          const isOneOfMany = entry.given === "varied" && entry.bound === "otherwise" && shown !== null;
          expect(isOneOfMany ? "otherwise" : shown, `${seed} ${JSON.stringify(request)}`).toBe(entry.bound ?? kind);
          expect([from.rules, to.rules]).toEqual([rules.from, rules.to]);
          entries++;
        }
      }
    }
  }
  expect(entries).toBeGreaterThan(count);
});
