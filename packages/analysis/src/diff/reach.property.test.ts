import {
  covered,
  type Decision,
  evaluate,
  evaluator,
  type Id,
  type Model,
  overlapping,
  type World,
} from "@scruple/model";
import { Dice, randomRequests, type WireRequest } from "@scruple/testkit";
import { expect, test } from "vitest";
import { decidedOtherwise } from "../testing/decided-otherwise.ts";
import { RegionsAt } from "../testing/kinds-at.ts";
import { withOtherHierarchies } from "../testing/mutate-hierarchies.ts";
import { mutateModel } from "../testing/mutate-model.ts";
import { randomModel } from "../testing/random-model.ts";
import { joinModels } from "./join-models.ts";
import { strippedFor } from "./witness-request.ts";

const count = Number(process.env.SCRUPLE_RANDOM_DIFFS ?? 100);

function* pairs(): Generator<{ seed: number; base: Model; head: Model }> {
  for (let seed = 1; seed <= count; seed++) {
    const dice = new Dice(seed);
    const model = randomModel(seed);
    const [base, head] = [model, dice.chance(0.5) ? mutateModel(model, dice) : model].map((one) =>
      withOtherHierarchies(one, dice),
    ) as [Model, Model];
    yield { seed, base, head };
  }
}

/** Requests with consents and objections to whatever there is. */
function* requestsTo(base: Model, head: Model, seed: number): Generator<WireRequest> {
  const dice = new Dice(seed);
  for (const model of [base, head]) {
    const ids = (list: readonly { readonly id: Id }[]) => ["any", ...list.map(({ id }) => id)];
    const [purposes, channels] = [ids(model.purposes), ids(model.channels)];
    const given = (least: number) =>
      Array.from({ length: dice.int(least, 2) }, () => ({
        purpose: dice.pick(purposes),
        channel: dice.pick(channels),
      }));
    for (const raw of randomRequests(model, seed, 80)) {
      const lists = { consents: given(1), objections: dice.chance(0.5) ? [] : given(1) };
      yield { ...raw, subject: raw.subject ?? {}, ...(dice.chance(0.7) ? lists : {}) };
    }
  }
}

type Given = { readonly purpose: string; readonly channel: string };
const lists = ["consents", "objections"] as const;

/** Of consents or objections those that count on the request's channel in a model, as if they were for all channels. */
function onChannel({ channels, names }: World, raw: WireRequest, list: (typeof lists)[number]): unknown {
  const given = raw[list];
  if (!Array.isArray(given)) return given;
  const asked = names.channels.get(raw.channel as string) ?? "";
  const reach = list === "consents" ? covered : overlapping;
  const counts = ({ channel }: Given) => {
    const id = names.channels.get(channel);
    return channel === "any" || (id !== undefined && reach(channels, [id]).has(asked));
  };
  return given.filter(counts).map((one) => ({ ...one, channel: "any" }));
}

/** As each model reads what is given on other channels; where only one of them asks for it, it is as that one reads it. */
function* readings(worlds: readonly [World, World], raw: WireRequest): Generator<WireRequest> {
  const seen = new Set<string>();
  for (const one of worlds) {
    for (const other of worlds) {
      const consents = onChannel(one, raw, "consents");
      const read = { ...raw, consents, objections: onChannel(other, raw, "objections") };
      const text = JSON.stringify(read);
      if (!seen.has(text)) yield read;
      seen.add(text);
    }
  }
}

/** What a list names, of which a model knows nothing, is no objection there; all else that it does not know is none either. */
function isKnownToBoth(worlds: readonly [World, World], raw: WireRequest): boolean {
  const given = raw.objections;
  if (!Array.isArray(given)) return true;
  return worlds.every(({ names }) =>
    given.every(
      ({ purpose, channel }: Given) =>
        (purpose === "any" || names.purposes.has(purpose)) && (channel === "any" || names.channels.has(channel)),
    ),
  );
}

test("where purposes and channels are within others, the regions are those that both evaluators show, or a note says why not", () => {
  const seen = { same: 0, widened: 0, narrowed: 0, duties: 0, missed: 0 };
  let [noted, unnoted] = [0, 0];
  for (const { seed, base, head } of pairs()) {
    const joined = joinModels(base, head);
    const isNoted = joined.notes.length > 0;
    const regions = new RegionsAt(joined);
    const evaluators = [evaluator(base), evaluator(head)] as const;
    if (isNoted) noted++;
    else unnoted++;
    for (const raw of requestsTo(base, head, seed)) {
      if (!isKnownToBoth(joined.asDeclared, raw)) continue;
      if (regions.kinds(raw) === null) continue;
      const found = [...readings(joined.asDeclared, raw)].map((read) => regions.kinds(read));
      const [from, to] = evaluators.map((one, side) => one.decide(strippedFor(joined.asDeclared[side]!, raw))) as [
        Decision,
        Decision,
      ];
      if (from.errors.length > 0 && to.errors.length > 0) continue;
      const otherwise = decidedOtherwise(from, to);
      const expected = JSON.stringify(otherwise === null ? [] : [otherwise]);
      const isFound = found.some((kinds) => JSON.stringify(kinds) === expected);
      if (!isNoted) expect(isFound, JSON.stringify({ seed, raw, found, expected })).toBe(true);
      if (!isFound) seen.missed++;
      else if (otherwise === "widened" || otherwise === "narrowed") seen[otherwise]++;
      else seen[otherwise === null ? "same" : "duties"]++;
    }
  }
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(count / 20);
  expect(Math.min(noted, unnoted)).toBeGreaterThan(count / 5);
});

test("a note is only where some consents or objections come to something else", () => {
  for (const { seed, base, head } of pairs()) {
    const { notes, asDeclared } = joinModels(base, head);
    if (notes.length > 0) expect(isReachedOtherwise(asDeclared), `${seed}: ${notes.join(" ")}`).toBe(true);
  }
});

/** Whether some few consents, or one objection, count for a purpose on a channel in one model alone. */
function isReachedOtherwise(worlds: readonly [World, World]): boolean {
  const ids = (what: "purposes" | "channels") =>
    worlds.map(({ names }) => new Set(names[what].values())) as [Set<Id>, Set<Id>];
  const common = ([one, other]: readonly [Set<Id>, Set<Id>]) => [...one].filter((id) => other.has(id));
  const [purposes, channels] = [ids("purposes"), ids("channels")];
  const all = ([one, other]: readonly [Set<Id>, Set<Id>]) => [...new Set([...one, ...other])];
  const sets = subsets(all(purposes), 4);
  const counts = (
    op: "consent" | "objection",
    purpose: Id,
    channel: Id,
    given: readonly (readonly [Id, Id | null])[],
  ) =>
    worlds.map((world) => {
      const known = given.filter(
        ([one, on]) => world.purposes.parents.has(one) && (on === null || world.channels.parents.has(on)),
      );
      const list = known.map(([one, on]) => ({ purpose: one, channel: on, explicit: false }));
      const moment = { world, startedBy: null, purpose, channel, facts: new Map(), consents: list, objections: list };
      return evaluate(op === "consent" ? { op, explicit: false, purpose } : { op, purpose }, moment);
    });
  const isApart = ([one, other]: readonly unknown[]) => one !== other;
  return common(purposes).some((purpose) =>
    common(channels).some(
      (channel) =>
        all(channels).some((on) =>
          (["consent", "objection"] as const).some((op) => isApart(counts(op, purpose, channel, [[purpose, on]]))),
        ) ||
        sets.some((set) =>
          isApart(
            counts(
              "consent",
              purpose,
              channel,
              set.map((one) => [one, null] as const),
            ),
          ),
        ) ||
        all(purposes).some((one) => isApart(counts("objection", purpose, channel, [[one, null]]))),
    ),
  );
}

function subsets<T>(list: readonly T[], most: number): readonly (readonly T[])[] {
  const sets: (readonly T[])[] = [[]];
  for (const one of list) for (const set of [...sets]) if (set.length < most) sets.push([...set, one]);
  return sets;
}
