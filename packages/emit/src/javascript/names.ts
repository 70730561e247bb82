import { type Hierarchy, type Id, lastPart, policyOf, requestNames, type World } from "@scruple/model";
import type { Hierarchy as HierarchyTable } from "@scruple/runtime";
import { digits, runs } from "./digits.ts";
import { tellApart } from "./tell-apart.ts";

/** The indexes by which a guard knows what a policy declares. */
export interface Indexes {
  readonly policies: readonly string[];
  /** Parents stand before their children. */
  readonly purposes: ReadonlyMap<Id, number>;
  readonly channels: ReadonlyMap<Id, number>;
  readonly recipients: ReadonlyMap<Id, number>;
  readonly fields: ReadonlyMap<Id, number>;
  /** For each field the place of its finest level; fields without levels take one place. */
  readonly places: ReadonlyMap<Id, number>;
  readonly placeCount: number;
  /** For each channel, the place of what it reaches among the reaches; the recipients themselves stand before those. */
  readonly reachOf: ReadonlyMap<Id, number>;
  /** The recipients at each place of the reaches. */
  readonly reaches: readonly (readonly Id[])[];
}

export function indexesOf(world: World): Indexes {
  const { model } = world;
  const indexed = (ids: Iterable<Id>) => new Map([...ids].map((id, index) => [id, index]));
  const recipients = indexed(world.recipients.order);
  const reaches: (readonly Id[])[] = [...recipients.keys()].map((id) => [id]);
  const reachOf = new Map<Id, number>();
  const known = new Map<string, number>();
  for (const id of world.channels.order) {
    const list = reachedBy(world, id, recipients);
    const key = list.map((recipient) => recipients.get(recipient)).join();
    if (!known.has(key)) known.set(key, reaches.push(list) - 1);
    reachOf.set(id, known.get(key) as number);
  }
  const fields = model.sources.flatMap((source) => source.fields.map(({ id }) => id));
  const places = new Map<Id, number>();
  let placeCount = 0;
  for (const id of fields) {
    places.set(id, placeCount);
    placeCount += Math.max(1, world.fields.get(id)?.levels.length ?? 0);
  }
  return {
    policies: [model.policy, ...model.uses.filter((policy) => policy !== model.policy)],
    purposes: indexed(world.purposes.order),
    channels: indexed(world.channels.order),
    recipients,
    fields: indexed(fields),
    places,
    placeCount,
    reachOf,
    reaches,
  };
}

function reachedBy(world: World, channel: Id, recipients: ReadonlyMap<Id, number>): readonly Id[] {
  const list = world.channelOf.get(channel)?.reaches ?? [];
  return [...new Set(list)].sort((a, b) => (recipients.get(a) as number) - (recipients.get(b) as number));
}

/** The names of a request and of consents, as the runtime's tables write them. */
export function nameTables(world: World, indexes: Indexes) {
  const { model } = world;
  const names = requestNames(model);
  const owner = (id: Id, policy: string, bare: string, table: ReadonlyMap<string, Id>): number => {
    const index = indexes.policies.indexOf(policy);
    return index < 0 ? 0 : 1 + 2 * index + (table.get(bare) === id ? 1 : 0);
  };
  const hierarchy = (
    tree: Hierarchy,
    index: ReadonlyMap<Id, number>,
    table: ReadonlyMap<string, Id>,
  ): HierarchyTable => {
    const parents = tree.order.map((id) => (tree.parents.get(id) ?? []).map((parent) => index.get(parent) as number));
    return {
      names: tree.order.map(lastPart).join(" "),
      owners: digits(runs(tree.order.map((id) => owner(id, policyOf(id), lastPart(id), table)))),
      parents: digits(parents.flatMap((list) => [list.length, ...list])),
    };
  };
  const fields = [...indexes.fields.keys()];
  const scales = new Map<string, number>();
  const scaleOf = (id: Id): number => {
    const key = (world.fields.get(id)?.levels ?? []).join(" ");
    if (key === "") return 0;
    if (!scales.has(key)) scales.set(key, scales.size + 1);
    return scales.get(key) as number;
  };
  const fieldScales = digits(runs(fields.map(scaleOf)));
  const fieldOwner = (id: Id) => {
    const source = policyOf(id);
    return owner(id, policyOf(source), `${lastPart(source)}.${lastPart(id)}`, names.fields);
  };
  const reached = world.channels.order.map((id) =>
    (indexes.reaches[indexes.reachOf.get(id) as number] as readonly Id[]).map(
      (recipient) => indexes.recipients.get(recipient) as number,
    ),
  );
  return {
    policies: indexes.policies,
    fields: model.sources
      .map((source) => [lastPart(source.id), ...source.fields.map(({ id }) => lastPart(id))].join(" "))
      .join("/"),
    fieldOwners: digits(runs(fields.map(fieldOwner))),
    scales: [...scales.keys()],
    fieldScales,
    purposes: hierarchy(world.purposes, indexes.purposes, names.purposes),
    channels: hierarchy(world.channels, indexes.channels, names.channels),
    recipients: hierarchy(world.recipients, indexes.recipients, names.recipients),
    reaches: digits(reached.flatMap((list) => [list.length, ...list])),
    tellers: digits(
      [
        fields.map((id) => `${lastPart(policyOf(id))}.${lastPart(id)}`),
        ...[world.purposes, world.channels, world.recipients].map(({ order }) => order.map(lastPart)),
        model.interactions.map(({ name }) => name),
      ].flatMap((list) => {
        const distances = tellApart(list);
        return [distances.length, ...distances];
      }),
    ),
  };
}
