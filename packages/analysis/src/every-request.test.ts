import {
  type Act,
  evaluator,
  indexModel,
  type Model,
  pieceAges,
  selectsChannel,
  selectsPurpose,
  type World,
} from "@scruple/model";
import { Dice, scales } from "@scruple/testkit";
import { expect, test } from "vitest";
import { atomsOf } from "./conditions.ts";
import { regionsOf } from "./diff/cell-regions.ts";
import { joinModels } from "./diff/join-models.ts";
import { staticSpace } from "./diff/static-cells.ts";
import { explain } from "./explain/explain.ts";
import { lintSpace } from "./lints/lint-model.ts";
import { groupOf } from "./lints/stories.ts";
import type { DecisionSpace } from "./space/decision-space.ts";
import { everyAct } from "./testing/every-act.ts";
import { heldKinds, holdFindings } from "./testing/hold-findings.ts";
import { actKey, type Decided, grouped, Looks, textKey } from "./testing/looks.ts";
import { mutateModel } from "./testing/mutate-model.ts";
import { randomModel } from "./testing/random-model.ts";
import { wayAbout } from "./testing/region-holds.ts";
import { conditionsIn, type Situation, TriedRequests } from "./testing/tried-requests.ts";
import { withMeanings } from "./testing/with-meanings.ts";
import { withPromises } from "./testing/with-promises.ts";
import { writtenRequest } from "./testing/written-request.ts";

const models = Number(process.env.SCRUPLE_RANDOM_MODELS ?? 1_000);
/** What a request can say, whatever it is for: so many ways at most. */
const most = 600;
/** And so many where two models are asked about, which leaves out few pairs. */
const mostOfPair = 3_000;

/** A model of which every request is tried, and how each is decided. */
interface Tried {
  readonly seed: number;
  readonly model: Model;
  readonly space: DecisionSpace;
  readonly acts: readonly Act[];
  readonly keyOf: (act: Act) => string;
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
    const acts = [...everyAct(world)];
    const looks = new Looks(world, requests, grouped(acts, keyOf), keyOf);
    yield { seed, model, space: lintSpace(model), acts, keyOf, looks, requests };
  }
}

test("what every request of small models shows is what cells, lints, promises, explanations and differences say", async () => {
  const count = new Map<string, number>();
  const add = (what: string, more = 1) => count.set(what, (count.get(what) ?? 0) + more);
  for (const tried of triedModels()) {
    for (const kind of await holdFindings(tried.space, tried.looks, `${tried.seed}`)) add(kind);
    add("cells", checkCells(tried));
    add("verdicts", checkVerdicts(tried));
    for (const key of checkChanges(tried)) add(`change ${key.split(".")[0]}`);
    for (const kind of checkDiff(tried)) add(kind);
  }
  for (const what of asked) expect(count.get(what) ?? 0, what).toBeGreaterThan(0);
  expect(count.get("cells")).toBeGreaterThan(models);
  expect(count.get("pair of models")).toBeGreaterThan(0.97 * models);
});

const asked = [
  ...heldKinds,
  ...["change subject", "change consents", "change objections", "change purpose", "change channel"],
  ...["change recipient", "change precision", "change data", "change of 2", "change of 3"],
  ...["widened", "narrowed", "duties"],
];

/** As `expect(found).toBe(expected)`, which takes longer than to find most of what is compared here. */
function expectSame<T>(found: T, expected: T, label: () => string): void {
  if (found !== expected) expect(found, label()).toBe(expected);
}

/** Each cell is allowed where every request of its acts is. */
function checkCells({ seed, space, looks, requests }: Tried): number {
  let count = 0;
  for (const cell of space.cells()) {
    const { context, decision } = space.decide(cell);
    const on = looks.askedOf(cell.act);
    const allowed = requests.whereTrue(on, context, decision.allowed);
    expectSame(allowed, looks.decided(cell.act).allowed, () => `${seed}: ${JSON.stringify(cell.act)}`);
    count++;
  }
  return count;
}

/** What rules decide together is what the reference evaluator decides. */
function checkVerdicts({ seed, model, looks, requests }: Tried): number {
  const dice = new Dice(seed);
  const { decide } = evaluator(model);
  for (let i = 0; i < 8; i++) {
    const { acts, allowed } = dice.pick(looks.all);
    const index = dice.int(0, requests.situations.length - 1);
    const raw = writtenRequest(looks.world, dice.pick(acts), requests.situations[index]!);
    const { decision, errors } = decide(raw);
    expect(errors, JSON.stringify(raw)).toEqual([]);
    expect(decision, `${seed}: ${JSON.stringify(raw)}`).toBe(isIn(allowed, index) ? "allow" : "deny");
  }
  return 8;
}

function isIn(set: bigint, index: number): boolean {
  return ((set >> BigInt(index)) & 1n) === 1n;
}

/**
 * One thing that turns a decision by itself is told of if there is one, for each thing; so are two and three facts that do only
 * together. Nothing that is known has to be forgotten.
 */
function checkChanges({ seed, model, looks, requests }: Tried): readonly string[] {
  const dice = new Dice(seed);
  const { world } = looks;
  const single = looks.all.filter(({ acts: [act] }) => act!.with === null);
  const { acts, allowed } = dice.pick(single);
  const act = dice.pick(acts);
  const from = dice.int(0, requests.situations.length - 1);
  const situation = requests.situations[from]!;
  const raw = writtenRequest(world, act, situation);
  const was = isIn(allowed, from);
  const { decide } = evaluator(model);
  const turns = (change: object) => {
    const { decision, errors } = decide({ ...raw, ...change });
    return errors.length === 0 && (decision === "allow") !== was;
  };
  const keys = new Set<string>();
  const ways = new Map<string, readonly string[]>();
  for (const [index, other] of requests.situations.entries()) {
    if (isIn(allowed, index) === was) continue;
    const changed = changedIn(situation, other);
    if (changed.length > mostChanged || changed.includes(null)) continue;
    ways.set(changed.sort().join(), changed as readonly string[]);
  }
  for (const changed of ways.values()) if (changed.length === 1) keys.add(changed[0]!);
  const interaction = world.interactions.get(act.interaction)!;
  const isOpen = {
    purpose: (id: string) => selectsPurpose(world, interaction.purposes, id, "narrow"),
    channel: (id: string) => selectsChannel(world, interaction.channels, id, "narrow"),
    recipient: () => true,
  };
  for (const key of ["purpose", "channel", "recipient"] as const)
    if (world.model[`${key}s`].some(({ id }) => isOpen[key](id) && turns({ [key]: id }))) keys.add(key);
  const { levels } = world.fields.get(act.field)!;
  const coarser = levels.slice(Math.max(0, levels.indexOf(act.level ?? "")) + 1);
  if (coarser.some((level) => turns({ precision: level }))) keys.add("precision");

  const { changes } = explain(model, raw, { changes: 100 });
  const told = changes.map(({ set }) => Object.keys(set).sort());
  const alone = told.filter(({ length }) => length === 1);
  expect([...new Set(alone.flat())].sort(), `${seed}: ${JSON.stringify(raw)}`).toEqual([...keys].sort());
  // What takes several facts is told where no fewer of them do.
  const least = [...ways.values()].filter(
    (way) => ![...ways.values()].some((less) => less.length < way.length && less.every((key) => way.includes(key))),
  );
  const ofFacts = told.filter((way) => way.length <= mostChanged && !way.some((key) => selectors.has(key)));
  expect([...new Set(ofFacts.map((way) => way.join()))].sort(), `${seed}: ${JSON.stringify(raw)}`).toEqual(
    least.map((way) => way.join()).sort(),
  );
  return [...keys, ...least.filter(({ length }) => length > 1).map(({ length }) => `of ${length}`)];
}

/** More facts than these at once are not looked for. */
const mostChanged = 3;
const selectors: ReadonlySet<string> = new Set(["purpose", "channel", "recipient", "precision"]);

/** What is otherwise, by the names that changes have; null for what would have to be forgotten. */
function changedIn(one: Situation, other: Situation): (string | null)[] {
  const facts = [...new Set([...one.facts.keys(), ...other.facts.keys()])].flatMap((name) => {
    const [before, after] = [one.facts.get(name), other.facts.get(name)];
    if (before === after || (Array.isArray(before) && JSON.stringify(before) === JSON.stringify(after))) return [];
    if (after === undefined) return [null];
    return [name === pieceAges.data ? "data.age" : name === pieceAges.with ? null : name];
  });
  const lists = (["consents", "objections"] as const).flatMap((list) => {
    if (one[list] === other[list]) return [];
    return [other[list] === undefined ? null : list];
  });
  return [...facts, ...lists];
}

/** The regions of a difference are those where the two models decide otherwise, for every act and every request. */
function checkDiff({ seed, model: base, looks: { world: before }, acts, keyOf }: Tried): readonly string[] {
  const head = mutateModel(base, new Dice(seed));
  const joined = joinModels(base, head);
  const after = indexModel(head);
  const conditions = [before, after].flatMap((world) => [...atomsOf(world, conditionsIn(world))]);
  const requests = TriedRequests.of(before, conditions, mostOfPair);
  if (requests === null) return [];
  const one = sideOf(before, acts, requests, keyOf);
  const sides = [one, sideOf(after, everyAct(after), requests, textKey(after))];
  const space = staticSpace(joined.worlds);
  const regions = [...regionsOf(joined, space)];
  const seen = new Set<string>();
  const kinds = new Set(["pair of models"]);
  for (const [name, act] of new Map(sides.flatMap(({ acts }) => [...acts]))) {
    const decided = sides.map(({ acts, looks }) => (acts.has(name) ? looks.decided(act) : null));
    const ways = regions.map((region) => wayAbout(region, space, act, recipientIn(before, act)));
    // Its pieces the other way round are another act.
    if (ways.includes("back")) continue;
    const about = regions.filter((_, index) => ways[index] !== null);
    const key = [...decided.map((one) => one?.id), ...about.map((one) => regions.indexOf(one))].join();
    if (seen.has(key)) continue;
    seen.add(key);
    const [from, to] = decided.map((one) => one?.allowed ?? 0n) as [bigint, bigint];
    const expected = {
      widened: to & ~from,
      narrowed: from & ~to,
      duties: from & to & otherwise(requests, decided[0], decided[1]),
    };
    const on = one.looks.askedOf(act);
    for (const kind of ["widened", "narrowed", "duties"] as const) {
      const found = about
        .filter((one) => one.kind === kind)
        .map((one) => requests.whereTrue(on, one.contextFor(act.purpose), one.where));
      expectSame(requests.or(found), expected[kind], () => `${seed}: ${kind} ${JSON.stringify(act)}`);
      if (expected[kind] !== 0n) kinds.add(kind);
    }
  }
  return [...kinds];
}

interface Side {
  /** By their names. */
  readonly acts: ReadonlyMap<string, Act>;
  readonly looks: Looks<bigint>;
}

function sideOf(world: World, acts: Iterable<Act>, requests: TriedRequests, keyOf: (act: Act) => string): Side {
  const named = new Map([...acts].map((act) => [actKey(act), act]));
  return { acts: named, looks: new Looks(world, requests.of(world), [], keyOf) };
}

function recipientIn(world: World, { channel, recipients }: Act): string | null {
  return recipients === world.channelOf.get(channel)!.reaches ? null : recipients[0]!;
}

/** Where other duties or limits bind. */
function otherwise(
  requests: TriedRequests,
  before: Decided<bigint> | null | undefined,
  after: Decided<bigint> | null | undefined,
): bigint {
  const [one, other] = [before, after].map((side) => {
    const binds = new Map<string, bigint>();
    for (const { rule, outcome } of side?.rules.values() ?? []) {
      const limit = rule.limit === null ? [] : [[rule.path, rule.limit]];
      const duties = rule.duties.map(({ name, arguments: values }) => [name, values]);
      for (const what of [...limit, ...duties].map((said) => JSON.stringify(said)))
        binds.set(what, (binds.get(what) ?? 0n) | requests.not(outcome.f));
    }
    return binds;
  }) as [Map<string, bigint>, Map<string, bigint>];
  const all = [...new Set([...one.keys(), ...other.keys()])];
  return requests.or(all.map((what) => (one.get(what) ?? 0n) ^ (other.get(what) ?? 0n)));
}
