import { bearings, evaluator, readRequest } from "@scruple/model";
import { Dice } from "@scruple/testkit";
import { expect, test } from "vitest";
import { FALSE } from "../node-store.ts";
import { rulesOf } from "../testing/cells.ts";
import { actsOf, actText, someAct } from "../testing/every-act.ts";
import { randomModel } from "../testing/random-model.ts";
import { wireFacts } from "../wire-facts.ts";
import { smallestWitness } from "../witness.ts";
import type { SelectingRule } from "./cell.ts";
import { DecisionSpace } from "./decision-space.ts";
import type { Cells } from "./interaction-partition.ts";
import { wireRequest } from "./wire-request.ts";

const models = Number(process.env.SCRUPLE_RANDOM_MODELS ?? 1_000);

/** Denials that declarations imply count by what they say: a cell may hold data of several sources. */
function saidBy(rules: readonly SelectingRule[]): string {
  const said = rules.map(({ rule, condition }) =>
    JSON.stringify([rule.kind === "rule" ? rule.path : rule.kind, condition]),
  );
  return [...new Set(said)].sort().join();
}

test.each([false, true])(
  "each act is in one cell, with the rules that select it and their conditions",
  (unselected) => {
    let [compared, found] = [0, 0];
    for (let seed = 0; seed < models; seed += unselected ? 25 : 5) {
      const space = new DecisionSpace(randomModel(seed));
      const all = bearings(space.world);
      const seen = new Set<string>();
      const dice = new Dice(seed);
      for (const cell of space.cells({ unselected })) {
        const said = saidBy(cell.rules);
        for (const { act, recipient } of actsOf(space, cell)) {
          const text = actText(space, act);
          const place = `${text} ${recipient}`;
          if (seen.has(place)) expect.fail(`${seed}: ${place} is in two cells`);
          seen.add(place).add(text);
          if (!dice.chance(0.1)) continue;
          expect(saidBy(rulesOf(all, act)), `${seed}: ${text}`).toBe(said);
          compared++;
        }
      }
      for (let i = 0; i < 200; i++) {
        const act = someAct(space, (list) => dice.pick(list));
        const isSelected = rulesOf(all, act).some(({ rule }) => rule.effect === "allow");
        if (seen.has(actText(space, act)) !== (isSelected || unselected))
          expect.fail(`${seed}: ${JSON.stringify(act)}`);
        if (isSelected) found++;
      }
    }
    expect(compared).toBeGreaterThan(models);
    expect(found).toBeGreaterThan(models / 10);
  },
  300_000,
);

test("whether cells are to be looked at is asked of more and more like each other, by all that selects any of them", () => {
  let cells = 0;
  for (let seed = 0; seed < models; seed += 50) {
    const space = new DecisionSpace(randomModel(seed));
    for (const interaction of space.world.model.interactions) {
      const { partition } = space.of(interaction);
      const asked: Cells[] = [];
      const isWorth = (some: Cells) => asked.push({ ...some }) > 0;
      for (const cell of partition.cells({ isWorth })) {
        const around = asked.filter(
          ({ operation, class: ofData, purposes, routes }) =>
            operation === cell.operation &&
            ofData === cell.class &&
            (purposes?.includes(cell.purposes[0]!) ?? true) &&
            (routes?.includes(cell.routes[0]!) ?? true),
        );
        expect(around).toHaveLength(3);
        for (const { set } of around) expect(partition.sets.isWithin(cell.set, set)).toBe(true);
        cells++;
      }
      expect([...partition.cells({ isWorth: () => false })]).toEqual([]);
    }
  }
  expect(cells).toBeGreaterThan(models / 10);
});

test("requests of cells are decided as their cells say", () => {
  let decided = 0;
  for (let seed = 0; seed < models; seed += 5) {
    const model = randomModel(seed);
    const space = new DecisionSpace(model);
    const reference = evaluator(model);
    const dice = new Dice(seed);
    for (const cell of space.cells()) {
      if (!dice.chance(0.1)) continue;
      const { context, decision } = space.decide(cell);
      for (const [node, verdict] of [
        [decision.allowed, "allow"],
        [decision.denied, "deny"],
      ] as const) {
        if (node === FALSE) continue;
        const request = wireRequest(space.world, cell, wireFacts(context, smallestWitness(context.space, node)!));
        expect(readRequest(space.world, request), JSON.stringify(request)).toHaveProperty("pieces");
        if (reference.decide(request).decision !== verdict)
          expect.fail(`${seed}: ${verdict} ${JSON.stringify(request)}`);
        decided++;
      }
    }
  }
  expect(decided).toBeGreaterThan(models / 2);
}, 300_000);

test("what is too much for one space is decided in another, as before", () => {
  let small = 0;
  for (let seed = 0; seed < models; seed += 50) {
    const model = randomModel(seed);
    const [usual, tight] = [new DecisionSpace(model), new DecisionSpace(model, { limit: 400 })];
    const dice = new Dice(seed);
    for (const cell of usual.cells()) {
      if (!dice.chance(0.1)) continue;
      const never = ({ decision }: ReturnType<DecisionSpace["decide"]>) => decision.allowed === FALSE;
      try {
        expect(never(tight.decide(cell))).toBe(never(usual.decide(cell)));
        small++;
      } catch (error) {
        expect(error).toHaveProperty("name", "TooLargeError");
        expect((error as { rules: readonly string[] }).rules.length).toBeGreaterThan(0);
      }
    }
  }
  expect(small).toBeGreaterThan(20);
}, 120_000);
