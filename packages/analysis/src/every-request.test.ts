import { indexModel, type Model } from "@scruple/model";
import { Dice, scales } from "@scruple/testkit";
import { expect, test } from "vitest";
import { lintModel, lintSpace, rulesOf } from "./lints/lint-model.ts";
import { groupOf } from "./lints/privacy.ts";
import { prove } from "./promises/prove.ts";
import type { DecisionSpace } from "./space/decision-space.ts";
import { isBroken } from "./testing/broken-promises.ts";
import { everyAct } from "./testing/every-act.ts";
import { expectedFindings, foundTexts } from "./testing/expected-findings.ts";
import { grouped, Looks, textKey } from "./testing/looks.ts";
import { randomModel } from "./testing/random-model.ts";
import { conditionsIn, TriedRequests } from "./testing/tried-requests.ts";
import { withMeanings } from "./testing/with-meanings.ts";
import { withPromises } from "./testing/with-promises.ts";

const models = Number(process.env.SCRUPLE_RANDOM_MODELS ?? 1_000);
/** What a request can say, whatever it is for: so many ways at most. */
const most = 600;

/** A model of which every request is tried, and how each is decided. */
interface Tried {
  readonly seed: number;
  readonly model: Model;
  readonly space: DecisionSpace;
  readonly looks: Looks<bigint>;
  readonly requests: TriedRequests;
}

function* triedModels(): Generator<Tried> {
  let count = 0;
  for (let seed = 0; count < models; seed++) {
    const dice = new Dice(seed);
    const model = withPromises(withMeanings(randomModel(seed, scales.few), dice), dice, 0.3);
    const world = indexModel(model);
    const requests = TriedRequests.of(world, [...conditionsIn(world), groupOf(1000)], most);
    if (requests === null) continue;
    count++;
    const keyOf = textKey(world);
    const groups = grouped(everyAct(world), keyOf);
    const looks = new Looks(world, requests, groups, keyOf);
    yield { seed, model, space: lintSpace(model), looks, requests };
  }
}

test("what lints find and what becomes of promises is what every request shows", async () => {
  const count = new Map<string, number>();
  const add = (what: string) => count.set(what, (count.get(what) ?? 0) + 1);
  for (const { seed, model, space, looks } of triedModels()) {
    const expected = await expectedFindings(looks, rulesOf(model));
    expect(foundTexts(lintModel(space)), `${seed}`).toEqual(expected);
    for (const one of expected) add(one.split(" ")[0]!);
    for (const { line, status } of prove(space)) {
      const wanted = (await isBroken(looks, line)) ? "refuted" : "proved";
      expect(status, `${seed}: ${JSON.stringify(line)}`).toBe(wanted);
      add(`${line.covertly ? "covertly " : ""}${line.modality} ${status}`);
    }
  }
  console.log(Object.fromEntries(count));
});
