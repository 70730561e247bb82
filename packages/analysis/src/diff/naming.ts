import { type Id, lastPart, policyOf, type World, within } from "@scruple/model";
import type { Pair } from "./cell-boxes.ts";
import type { Places } from "./static-places.ts";

/** Some places under one name. */
interface Group {
  readonly name: string;
  readonly members: readonly number[];
}

/** The shortest names that requests can give to what models declare, the last model's first; and general words for many places. */
export class Naming {
  private readonly worlds: readonly World[];
  private readonly places: Places;
  private readonly tables: Readonly<Record<keyof World["names"], ReadonlyMap<Id, string>>>;
  private readonly known = new Map<string, readonly string[]>();
  private groups: readonly Group[] | null = null;

  constructor(worlds: readonly World[], places: Places) {
    this.worlds = worlds;
    this.places = places;
    const table = (kind: keyof World["names"]) => {
      const names = new Map<Id, string>();
      for (const { names: known } of worlds) {
        const own = new Map<Id, string>();
        for (const [name, id] of known[kind]) if (name.length <= (own.get(id) ?? name).length) own.set(id, name);
        for (const [id, name] of own) names.set(id, name);
      }
      return names;
    };
    this.tables = {
      interactions: table("interactions"),
      fields: table("fields"),
      purposes: table("purposes"),
      channels: table("channels"),
      recipients: table("recipients"),
    };
  }

  nameOf(kind: keyof World["names"], id: Id): string {
    return this.tables[kind].get(id) ?? id;
  }
  interactionAt(index: number): string {
    return this.nameOf("interactions", this.places.interactions[index]!);
  }
  purposeAt(index: number): string {
    return this.nameOf("purposes", this.places.purposes[index]!);
  }

  /** Data in as few words as say exactly that: `any`, sources and categories before fields, fields before levels of them. */
  generalData(data: readonly number[], pairs: readonly Pair[]): readonly string[] {
    const joined = pairs.map((pair) => pair.map((side) => this.namesOf(side).join(", ")).join(" with "));
    return [...this.namesOf(data), ...joined];
  }

  /** A channel where each of its recipients is meant; else with the recipient. */
  generalRoutes(indices: readonly number[]): readonly string[] {
    const { routes } = this.places;
    const byChannel = new Map<Id, { all: number; own: number[] }>();
    for (const { channel } of routes) {
      const counted = byChannel.get(channel) ?? { all: 0, own: [] };
      counted.all++;
      byChannel.set(channel, counted);
    }
    for (const index of indices) byChannel.get(routes[index]!.channel)!.own.push(index);
    return [...byChannel].flatMap(([id, { all, own }]) => {
      const channel = this.nameOf("channels", id);
      if (own.length === all) return [channel];
      return own.map((index) => {
        const { recipient } = routes[index]!;
        return `${channel} to ${recipient === null ? "all" : this.nameOf("recipients", recipient)}`;
      });
    });
  }

  private namesOf(indices: readonly number[]): readonly string[] {
    if (indices.length === 0) return [];
    const key = indices.join();
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.groups ??= this.largestFirst();
    const isWanted = new Uint8Array(this.places.data.length);
    for (const index of indices) isWanted[index] = 1;
    const isLeft = isWanted.slice();
    let left = indices.length;
    const names: string[] = [];
    for (const { name, members } of this.groups) {
      if (left === 0) break;
      if (members.length > indices.length || !members.every((one) => isWanted[one] === 1)) continue;
      const before = left;
      for (const one of members) {
        left -= isLeft[one]!;
        isLeft[one] = 0;
      }
      if (left < before) names.push(name);
    }
    this.known.set(key, names);
    return names;
  }

  /** Where two name the same data, what says more comes first. */
  private largestFirst(): readonly Group[] {
    const { data } = this.places;
    const byField = new Map<Id, number[]>();
    for (const [index, { field }] of data.entries()) byField.set(field, [...(byField.get(field) ?? []), index]);
    const groups: Group[] = [{ name: "any", members: data.map((_, index) => index) }];
    const add = (name: string, isIn: (field: Id) => boolean) => {
      const fields = [...byField].filter(([field]) => isIn(field));
      // One field alone goes by its own name.
      if (fields.length > 1) groups.push({ name, members: fields.flatMap(([, members]) => members) });
    };
    const bySource = new Map<Id, Group & { readonly members: number[]; fields: number }>();
    for (const [field, members] of byField) {
      const id = policyOf(field);
      const source = bySource.get(id) ?? { name: lastPart(id), members: [], fields: 0 };
      source.members.push(...members);
      source.fields++;
      bySource.set(id, source);
    }
    for (const { name, members, fields } of bySource.values()) if (fields > 1) groups.push({ name, members });
    const world = this.worlds.at(-1)!;
    for (const { id } of world.model.categories) {
      const inside = within(world.categories, [id]);
      add(lastPart(id), (field) => world.fields.get(field)?.field.categories.some((one) => inside.has(one)) ?? false);
    }
    for (const [field, members] of byField) groups.push({ name: this.nameOf("fields", field), members });
    data.forEach(({ field, level }, index) => {
      const at = level === null ? "at its finest" : `at ${level}`;
      if (byField.get(field)!.length > 1)
        groups.push({ name: `${this.nameOf("fields", field)} ${at}`, members: [index] });
    });
    return groups.sort((a, b) => b.members.length - a.members.length);
  }
}
