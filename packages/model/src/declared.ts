import { Contradiction } from "./contradiction.ts";
import { builtinFacts, type Duty, type FactName, type Id, type Interaction, type Model, type Type } from "./model.ts";

/** What a model declares, by kind: what its references may name. */
export interface Declared {
  readonly category: ReadonlyMap<Id, unknown>;
  readonly source: ReadonlyMap<Id, unknown>;
  readonly field: ReadonlyMap<Id, unknown>;
  readonly purpose: ReadonlyMap<Id, unknown>;
  readonly recipient: ReadonlyMap<Id, unknown>;
  readonly channel: ReadonlyMap<Id, unknown>;
  readonly condition: ReadonlyMap<Id, unknown>;
  readonly duty: ReadonlyMap<Id, Duty>;
  readonly interaction: ReadonlyMap<Id, Interaction>;
  /** By the names that conditions use: `subject.age`, `nearby`, `data.age`. */
  readonly fact: ReadonlyMap<FactName, Type>;
}

/** @throws Contradiction where something is declared twice */
export function declaredIn(model: Model): Declared {
  const facts = byKey(model.facts, "#/facts", ({ name }) => name);
  const subject = byKey(model.subject, "#/subject", ({ name }) => name);
  byKey(model.rules, "#/rules", ({ path }) => path);
  return {
    category: byId(model.categories, "#/categories"),
    source: byId(model.sources, "#/sources"),
    field: byId(
      model.sources.flatMap(({ fields }) => fields),
      "#/sources/*/fields",
    ),
    purpose: byId(model.purposes, "#/purposes"),
    recipient: byId(model.recipients, "#/recipients"),
    channel: byId(model.channels, "#/channels"),
    condition: byId(model.conditions, "#/conditions"),
    duty: byId(model.duties, "#/duties"),
    interaction: byId(model.interactions, "#/interactions"),
    fact: new Map([
      ...Object.entries(builtinFacts),
      ...[...facts].map(([name, { type }]): [FactName, Type] => [name, type]),
      ...[...subject].map(([name, { type }]): [FactName, Type] => [`subject.${name}`, type]),
    ]),
  };
}

function byId<T extends { readonly id: Id }>(items: readonly T[], at: string): ReadonlyMap<Id, T> {
  return byKey(items, at, ({ id }) => id);
}

/** @throws Contradiction where two have one key */
export function byKey<T>(items: readonly T[], at: string, keyOf: (item: T) => string): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const [index, item] of items.entries()) {
    if (found.has(keyOf(item))) throw new Contradiction(`${at}/${index}`, "is declared twice");
    found.set(keyOf(item), item);
  }
  return found;
}

/** @throws Contradiction where it is not declared */
export function named<T>(declared: ReadonlyMap<string, T>, name: string, at: string): T {
  if (!declared.has(name)) throw new Contradiction(at, "names what is not declared");
  return declared.get(name) as T;
}
