import { type Id, indexModel, lastPart, type Model, policyOf, type World } from "@scruple/model";
import { Dice } from "./dice.ts";
import { date, time } from "./random-words.ts";

/** A request on the wire, mostly well-formed: about one in twenty has an error, and one value in ten is unknown. */
export type WireRequest = Readonly<Record<string, unknown>>;

/** @throws Error where the model has no interaction, no field or no channel. */
export function randomRequests(model: Model, seed: number, count: number): readonly WireRequest[] {
  const dice = new Dice(seed);
  const world = indexModel(model);
  return Array.from({ length: count }, (_, i) => ({ id: `q${i}`, ...request(dice, world) }));
}

function request(dice: Dice, world: World): WireRequest {
  const { model } = world;
  const interaction = dice.pick(model.interactions);
  // Within the bounds, mostly: elsewhere all is denied by default.
  const channel = dice.chance(0.85) ? dice.pick(interaction.channels) : dice.pick(model.channels).id;
  const purpose = dice.chance(0.85) ? dice.pick(interaction.purposes) : dice.pick(model.purposes).id;
  const operation = dice.pick(["collect", "infer", "combine", "use", "disclose"]);
  const fields = [...world.fields.keys()];
  const ownAges = dice.chance(0.4);
  const piece = () => {
    const field = nameOf(dice, model, dice.pick(fields), 2);
    return ownAges && dice.chance(0.8) ? { field, age: age(dice) } : dice.chance(0.2) ? { field } : field;
  };
  const recipient = dice.chance(0.4) ? { recipient: someRecipient(dice, world, channel) } : {};
  return {
    interaction: interaction.name,
    operation,
    data: dice.chance(0.75) ? piece() : Array.from({ length: dice.int(1, 3) }, piece),
    ...(operation === "combine" || dice.chance(0.01) ? { with: piece() } : dice.chance(0.1) ? { with: null } : {}),
    purpose: nameOf(dice, model, purpose, 1),
    channel: nameOf(dice, model, channel, 1),
    ...recipient,
    ...(dice.chance(0.06) ? { precision: dice.pick(["exact", "district", "city", null]) } : {}),
    subject: subject(dice, model),
    facts: facts(dice, model, ownAges),
    ...(dice.chance(0.9) ? { consents: consents(dice, model, purpose, channel, true) } : {}),
    ...(dice.chance(0.9) ? { objections: dice.chance(0.7) ? [] : consents(dice, model, purpose, channel, false) } : {}),
    ...(dice.chance(0.01) ? { surprise: 1 } : {}),
  };
}

/** Bare or qualified; `parts` is how many parts follow the policy. */
function nameOf(dice: Dice, model: Model, id: Id, parts: 1 | 2): string {
  if (dice.chance(0.01)) return "nobody_declared_this";
  const bare = parts === 1 ? lastPart(id) : `${lastPart(policyOf(id))}.${lastPart(id)}`;
  const mine = id === `${model.policy}.${bare}`;
  return dice.chance(mine ? 0.1 : 0.3) ? id : bare;
}

function someRecipient(dice: Dice, world: World, channel: Id): string | null {
  if (dice.chance(0.1)) return null;
  const reaches = world.channelOf.get(channel)?.reaches ?? [];
  const inside = world.model.recipients.filter(({ within }) => within !== null && reaches.includes(within));
  return nameOf(dice, world.model, dice.pick([...reaches, ...inside.map(({ id }) => id)]), 1);
}

function age(dice: Dice): unknown {
  return dice.pick([dice.int(0, 450) * 86_400, `${dice.int(0, 450)} days`, "0 seconds", null, "old", -1, 1.5]);
}

/** Leaves a value out, or spoils it, now and then. */
function some(dice: Dice, values: Readonly<Record<string, () => unknown>>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    if (dice.chance(0.07)) continue;
    result[name] = dice.chance(0.05) ? dice.pick(["wrong", null, -5, {}, [], 1e300]) : value();
  }
  return result;
}

function subject(dice: Dice, { subject: declared }: Model): Record<string, unknown> | null {
  if (dice.chance(0.02)) return null;
  return some(dice, {
    id: () => "p-17",
    vip: () => dice.chance(0.5),
    age: () => dice.int(0, 120),
    years: () => dice.int(0, 120),
    region: () => dice.pick(["eu", "uk", "us"]),
    tags: () => dice.some(["gold", "new", "staffer"], 0, 3),
    city: () => dice.pick(["Oslo", "Rome", 'a "quoted" town']),
    since: () => date(dice),
    ...more(dice, declared),
  });
}

function facts(dice: Dice, { facts: declared }: Model, ownAges: boolean): Record<string, unknown> {
  return some(dice, {
    nearby: () => dice.chance(0.5),
    distance: () => dice.int(0, 10_000),
    day: () => date(dice),
    elapsed: () => dice.pick([dice.int(0, 3_600), `${dice.int(0, 60)} minutes`]),
    opens: () => time(dice),
    local_time: () => time(dice),
    today: () => date(dice),
    group_size: () => dice.pick([1, 2, 60, 5_000, 0]),
    ...(ownAges ? {} : { "data.age": () => age(dice) }),
    ...more(dice, declared),
  });
}

/** What policies with many of everything declare beyond the usual. */
function more(dice: Dice, declared: Model["facts"]): Record<string, () => unknown> {
  const values = declared.flatMap(({ name, type }): (readonly [string, () => unknown])[] => {
    if (/^flag_/.test(name)) return [[name, () => dice.chance(0.5)]];
    if (name !== "plan" && name !== "badges") return [];
    const { values: all } = type as Extract<typeof type, { readonly kind: "set" | "oneOf" }>;
    return [[name, () => (name === "plan" ? dice.pick(all) : dice.some(all, 0, all.length))]];
  });
  return Object.fromEntries(values);
}

function consents(dice: Dice, model: Model, purpose: Id, channel: Id, explicit: boolean): readonly unknown[] {
  const most = model.purposes.length > 20 ? 40 : 4;
  return Array.from({ length: dice.int(0, most) }, () => {
    const about = dice.pick([purpose, ...model.purposes.map(({ id }) => id), "any"]);
    const on = dice.pick([channel, ...model.channels.map(({ id }) => id), "any", "any"]);
    const one = {
      purpose: about === "any" ? "any" : nameOf(dice, model, about, 1),
      channel: on === "any" ? "any" : nameOf(dice, model, on, 1),
    };
    if (dice.chance(0.01)) return { ...one, note: "x" };
    return explicit && dice.chance(0.6) ? { ...one, explicit: dice.pick([true, true, false, null]) } : one;
  });
}
