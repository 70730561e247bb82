import { type Hierarchy, hierarchy, within } from "./hierarchy.ts";
import type { Channel, Condition, Field, Id, Interaction, Model, Source, Type } from "./model.ts";
import { builtinFacts, type FactName } from "./model.ts";
import { type RequestNames, requestNames } from "./request-names.ts";

/** A field with what it inherits. */
export interface FieldInfo {
  readonly field: Field;
  readonly source: Source;
  /** One of its categories is special. */
  readonly special: boolean;
  /** Levels from fine to coarse; empty where it has none. */
  readonly levels: readonly string[];
}

/** A model with its names looked up and its hierarchies laid out. */
export interface World {
  readonly model: Model;
  readonly categories: Hierarchy;
  readonly specialCategories: ReadonlySet<Id>;
  readonly purposes: Hierarchy;
  readonly channels: Hierarchy;
  readonly recipients: Hierarchy;
  /** In the order of `derivations`: what a source is derived from stands before it. */
  readonly sources: ReadonlyMap<Id, Source>;
  readonly fields: ReadonlyMap<Id, FieldInfo>;
  readonly channelOf: ReadonlyMap<Id, Channel>;
  readonly interactions: ReadonlyMap<Id, Interaction>;
  readonly conditions: ReadonlyMap<Id, Condition>;
  /** Types by the names that `missing` uses: `subject.age`, `nearby`, `data.age`. */
  readonly facts: ReadonlyMap<FactName, Type>;
  readonly names: RequestNames;
  /** What selections of lists of names come to; see select.ts. Keyed by the list itself. */
  readonly cache: WeakMap<object, Map<string, unknown>>;
}

/** The source that a field or source reference of `derived from` names. */
export function sourceOf(world: { readonly fields: World["fields"] }, ref: Source["derivedFrom"][number]): Id {
  return ref.kind === "source" ? ref.id : (world.fields.get(ref.id) as FieldInfo).source.id;
}

/** @throws Error where the model contradicts itself (circles, undeclared parents); a compiled model does not. See `checkReferences`. */
export function indexModel(model: Model): World {
  const categories = hierarchy(model.categories);
  const specialCategories = within(
    categories,
    model.categories.filter((category) => category.special).map((category) => category.id),
  );
  const levelsOf = levelsByCategory(model, categories);
  const fields = new Map<Id, FieldInfo>();
  for (const source of model.sources) {
    for (const field of source.fields) {
      const special = field.categories.some((category) => specialCategories.has(category));
      const levels = field.categories.map((id) => levelsOf.get(id) ?? []).find((list) => list.length > 0) ?? [];
      fields.set(field.id, { field, source, special, levels });
    }
  }
  const byId = new Map(model.sources.map((source) => [source.id, source]));
  const derivations = hierarchy(
    model.sources.map((source) => ({
      id: source.id,
      within: [...new Set(source.derivedFrom.map((ref) => sourceOf({ fields }, ref)))],
    })),
  );
  return {
    model,
    categories,
    specialCategories,
    purposes: hierarchy(model.purposes),
    channels: hierarchy(model.channels),
    recipients: hierarchy(model.recipients),
    sources: new Map(derivations.order.map((id) => [id, byId.get(id) as Source])),
    fields,
    channelOf: new Map(model.channels.map((channel) => [channel.id, channel])),
    interactions: new Map(model.interactions.map((interaction) => [interaction.id, interaction])),
    conditions: new Map(model.conditions.map((condition) => [condition.id, condition])),
    facts: new Map([
      ...Object.entries(builtinFacts),
      ...model.facts.map((fact): [string, Type] => [fact.name, fact.type]),
      ...model.subject.map((attribute): [string, Type] => [`subject.${attribute.name}`, attribute.type]),
    ]),
    names: requestNames(model),
    cache: new WeakMap(),
  };
}

function levelsByCategory(model: Model, categories: Hierarchy): ReadonlyMap<Id, readonly string[]> {
  const levels = new Map(model.categories.map((category) => [category.id, category.precision]));
  for (const id of categories.order) {
    if ((levels.get(id) ?? []).length > 0) continue;
    const inherited = (categories.parents.get(id) ?? []).find((parent) => (levels.get(parent) ?? []).length > 0);
    if (inherited !== undefined) levels.set(id, levels.get(inherited) as readonly string[]);
  }
  return levels;
}
