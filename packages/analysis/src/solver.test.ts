import { factsIn } from "@scruple/model";
import { Dice } from "@scruple/testkit";
import { beforeAll, expect, test } from "vitest";
import { type Context, init } from "z3-solver";
import { decideCell } from "./cell.ts";
import { FactSpace } from "./fact-space.ts";
import { FALSE } from "./node-store.ts";
import { someCells, type TestedCell } from "./testing/cells.ts";
import { claimsOf, type Logic } from "./testing/claims.ts";
import { everyMoment } from "./testing/every-moment.ts";
import { randomModel } from "./testing/random-model.ts";
import { diagramLogic } from "./testing/readings.ts";
import type { Formula } from "./testing/shown-formula.ts";
import { SolverRequests } from "./testing/solver-requests.ts";

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
    const requests = new SolverRequests(z, cell.world);
    const real = realLogic(requests, cell);
    const known = allKnown(requests, cell);
    const against = never.map((claim) =>
      claim.over === "known" ? requests.and([known, claim.read(real)]) : claim.read(real),
    );
    expect(await requests.some(against), `${seed}: ${JSON.stringify(cell.act)}`).toBe(false);
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
      const requests = new SolverRequests(z, cell.world);
      const real = realLogic(requests, cell);
      for (const claim of claimsOf(cell.rules).filter(({ over }) => over === "all")) {
        const canHappen = await requests.some([claim.read(real)]);
        expect(canHappen, `${seed}: ${claim.text}`).toBe(claim.read(logic) !== FALSE);
        found++;
      }
    }
  }
}, 60_000);

/** What is claimed of a cell, as the solver reads it. */
function realLogic(requests: SolverRequests, { rules, startedBy, act }: TestedCell): Logic<Formula> {
  const on = { startedBy, purpose: act.purpose, age: act.with === null ? "data" : "older" } as const;
  const outcomes = rules.map(({ condition }) => requests.outcome(on, { op: "and", operands: condition }));
  return {
    and: (list) => requests.and(list),
    or: (list) => requests.or(list),
    not: (one) => requests.not(one),
    isTrue: (index) => outcomes[index]!.t,
    isFalse: (index) => outcomes[index]!.f,
  };
}

function allKnown(requests: SolverRequests, { rules, world, startedBy, act }: TestedCell): Formula {
  const on = { startedBy, purpose: act.purpose, age: act.with === null ? "data" : "older" } as const;
  return requests.known(
    on,
    rules.flatMap(({ condition }) => condition.flatMap((part) => factsIn(part, world.conditions))),
  );
}
