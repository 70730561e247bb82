import type { Act, Id } from "@scruple/model";
import { Dice } from "@scruple/testkit";
import { beforeAll, expect, test } from "vitest";
import { type Context, init } from "z3-solver";
import { lintSpace } from "./lints/lint-model.ts";
import type { DecisionSpace } from "./space/decision-space.ts";
import type { InteractionPartition } from "./space/interaction-partition.ts";
import { actsOf } from "./testing/every-act.ts";
import { everyMoment } from "./testing/every-moment.ts";
import { heldKinds, holdFindings } from "./testing/hold-findings.ts";
import { type Group, Looks } from "./testing/looks.ts";
import { randomModel } from "./testing/random-model.ts";
import { SolverRequests } from "./testing/solver-requests.ts";
import { withMeanings } from "./testing/with-meanings.ts";
import { withPromises } from "./testing/with-promises.ts";

const models = Math.ceil(Number(process.env.SCRUPLE_RANDOM_MODELS ?? 1_000) / 25);
/** Requests of one cell that brute force would try. */
const walked = 3_000;

let z: Context<"z">;

beforeAll(async () => {
  const z3 = await init();
  z = z3.Context("z");
  return () => z3.em.PThread.terminateAllThreads();
}, 60_000);

type Partitions = ReadonlyMap<Id, InteractionPartition>;

/** One of each interaction for the whole test: the numbers of sets are those of one partition. */
function partitionsOf({ partition, world }: DecisionSpace): Partitions {
  return new Map(world.model.interactions.map((interaction) => [interaction.id, partition.of(interaction)]));
}

/** The cells of a space, which another test holds to the reference, are taken for groups of acts. */
function groupsOf(space: DecisionSpace, partitions: Partitions): readonly Group[] {
  const cells = [...partitions.values()].flatMap((partition) => [...partition.cells({ unselected: true })]);
  return cells.map((cell) => ({
    key: `${cell.interaction.id} ${cell.key}`,
    acts: [...actsOf(space, cell)].map(({ act }) => act),
    isUniform: true,
  }));
}

function keyIn({ world }: DecisionSpace, partitions: Partitions): (act: Act) => string {
  return (act) => {
    const partition = partitions.get(act.interaction)!;
    const route = partition.routes.find(
      ({ channel, recipient }) =>
        channel === act.channel &&
        (recipient === null
          ? act.recipients === world.channelOf.get(channel)!.reaches
          : act.recipients[0] === recipient && act.recipients.length === 1),
    )!;
    return [act.interaction, partition.setOfAct(act, route), act.with === null ? "" : [act.field, act.with]].join(" ");
  };
}

function isLarge(space: DecisionSpace): boolean {
  const { world } = space;
  return [...space.cells({ unselected: true })].some(
    ({ act, interaction: { startedBy }, rules }) => everyMoment({ world, act, startedBy, rules }, walked) === null,
  );
}

test("what lints find and what becomes of promises is what z3 finds, in models too large to try every request", async () => {
  const count = new Map<string, number>();
  const add = (what: string, more = 1) => count.set(what, (count.get(what) ?? 0) + more);
  for (let seed = 0; (count.get("models") ?? 0) < models; seed++) {
    const dice = new Dice(seed);
    const model = withPromises(withMeanings(randomModel(seed), dice), dice, 0.4);
    const space = lintSpace(model);
    if (!isLarge(space)) continue;
    add("models");
    const requests = new SolverRequests(z, space.world);
    const partitions = partitionsOf(space);
    const looks = new Looks(space.world, requests, groupsOf(space, partitions), keyIn(space, partitions));
    for (const kind of await holdFindings(space, looks, `${seed}`)) add(kind);
    add("questions", requests.asked);
  }
  for (const what of heldKinds) expect(count.get(what) ?? 0, what).toBeGreaterThan(0);
  expect(count.get("questions")).toBeGreaterThan(10 * models);
}, 600_000);
