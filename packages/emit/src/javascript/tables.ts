import {
  hashModel,
  type Interaction,
  impliedDenials,
  indexModel,
  type Model,
  type Position,
  type Rule,
  type World,
} from "@scruple/model";
import { type InteractionEntry, operations, type Tables } from "@scruple/runtime";
import { sitesOf } from "../sites.ts";
import { ClassMaps } from "./class-maps.ts";
import { ConditionTable } from "./conditions.ts";
import { type Bounds, type Diagram, DiagramBuilder, mapsIn, pairsIn, type Sizes, writeDiagram } from "./diagram.ts";
import { digits, runs } from "./digits.ts";
import { type Item, ItemMaker } from "./items.ts";
import { layersOf } from "./layers.ts";
import { indexesOf, nameTables } from "./names.ts";
import { Places } from "./places.ts";
import { type CodeLine, policyCode } from "./policy-code.ts";
import { writeReaders } from "./readers.ts";
import { RuleEntries } from "./rule-entries.ts";

/** What a guard carries as data; its conditions and the reading of facts are code. */
export type StaticTables = Omit<Tables, "code">;

/** The tables and the code, and where in the source their parts come from. */
export interface BuiltTables {
  readonly tables: StaticTables;
  readonly code: readonly CodeLine[];
  /** What the code is written from: the nodes of the conditions, in the order of their numbers, and what facts there are. */
  readonly source: {
    readonly world: World;
    readonly conditions: ConditionTable;
    readonly numbered: readonly number[];
  };
  /** What the code takes from the runtime. */
  readonly imports: readonly string[];
  /** As in `tables.rules`. */
  readonly rules: readonly Position[];
  /** As in `tables.interactions`, the rules of each. */
  readonly interactions: readonly { readonly at: Position; readonly rules: readonly Position[] }[];
}

/** What a guard of the model is made of. @throws Error where the model contradicts itself; a compiled model does not. */
export function buildTables(model: Model): BuiltTables {
  const world = indexModel(model);
  const indexes = indexesOf(world);
  const places = new Places(world, indexes);
  const maps = new ClassMaps();
  const conditions = new ConditionTable(world, indexes);
  const items = new ItemMaker(places);
  const sizes: Sizes = {
    places: indexes.placeCount,
    purposes: indexes.purposes.size,
    channels: indexes.channels.size,
    reaches: indexes.reaches.length,
  };

  const shared = model.rules.filter((rule) => rule.interaction === null);
  const denials = impliedDenials(world);
  const ends = shared.some((rule) => rule.effect === "allow");
  const layered = (among: readonly Item[], bounds: Bounds | null) =>
    layersOf(among, (some, most) => new DiagramBuilder(maps, conditions, sizes, bounds, most).build(some));
  const sharedLayers = (quiet: boolean, until: boolean): readonly Diagram[] => {
    const all: Item[] = shared.flatMap((rule, index) => items.rule(rule, index, null, until));
    denials.forEach((denial, index) => {
      if (quiet || !denial.outboundOnly) all.push(...items.denial(denial, shared.length + index));
    });
    return layered(all, null);
  };
  // Interactions differ in what holds in all of them by two things only.
  const kinds = new Map<string, number>();
  const sharedDiagrams: (readonly Diagram[])[] = [];
  const kindOf = ({ startedBy, until }: Interaction): number => {
    const quiet = startedBy !== "customer";
    const key = `${quiet} ${ends && until !== null}`;
    const known = kinds.get(key) ?? sharedDiagrams.push(sharedLayers(quiet, ends && until !== null)) - 1;
    kinds.set(key, known);
    return known;
  };

  const entries = new RuleEntries(model.rules);
  const sharedEntries = [
    ...shared.map((rule) => entries.rule(rule, rule.path)),
    ...denials.map((denial) => entries.denial(denial)),
  ];
  const rulesOf = new Map<string, Rule[]>(model.interactions.map(({ id }) => [id, []]));
  for (const rule of model.rules) if (rule.interaction !== null) rulesOf.get(rule.interaction)?.push(rule);
  const interactions = model.interactions.map((interaction) => {
    const rules = rulesOf.get(interaction.id) ?? [];
    const bounds = {
      purposes: places.purposes(interaction.purposes, "narrow").has,
      channels: places.channels(interaction.channels, "narrow").has,
    };
    return {
      interaction,
      rules,
      ruleEntries: rules.map((rule) => entries.rule(rule, rule.path.slice(interaction.name.length + 1))),
      kind: kindOf(interaction),
      purposes: maps.bounds(2, bounds.purposes),
      channels: maps.bounds(3, bounds.channels),
      diagrams: layered(
        rules.flatMap((rule, index) => items.rule(rule, index, interaction, false)),
        bounds,
      ),
    };
  });

  const stand = (diagrams: readonly Diagram[], rules: readonly { readonly at: Position }[]) => {
    for (const diagram of diagrams)
      for (const [rule, condition] of pairsIn(diagram))
        conditions.root(condition, (rules[rule] as { readonly at: Position }).at);
  };
  for (const diagrams of sharedDiagrams) stand(diagrams, [...shared, ...denials]);
  for (const { diagrams, rules } of interactions) stand(diagrams, rules);
  const written = conditions.write();
  const readers = writeReaders(world, conditions);
  const fieldKinds = places.kinds();
  const usedMaps = maps.write(
    new Set([
      ...sharedDiagrams.flat().flatMap(mapsIn),
      ...interactions.flatMap(({ purposes, channels, diagrams }) => [purposes, channels, ...diagrams.flatMap(mapsIn)]),
    ]),
    fieldKinds,
  );
  const write = (diagrams: readonly Diagram[]) => [
    diagrams.length,
    ...diagrams.flatMap((diagram) => writeDiagram(diagram, usedMaps.numberOf, written.numberOf)),
  ];
  const tables: StaticTables = {
    policy: model.policy,
    hash: hashModel(model),
    ...nameTables(world, indexes),
    facts: conditions.facts.slotNames,
    conditionSlots: digits(written.conditions.flatMap(({ slots }) => [slots.length, ...slots])),
    ages: digits(conditions.ages()),
    sites: digits(
      sitesOf(world).flatMap(({ operations: possible, purpose }) => [
        operations.reduce((bits, one, bit) => (possible.includes(one) ? bits | (1 << bit) : bits), 0),
        purpose === null ? 0 : (indexes.purposes.get(purpose) as number) + 1,
      ]),
    ),
    kinds: digits(runs(fieldKinds)),
    maps: usedMaps.texts,
    shared: sharedDiagrams.map((diagrams) => digits(write(diagrams))),
    ...entries.tables(),
    rules: sharedEntries,
    interactions: interactions.map(
      ({ interaction, ruleEntries, kind, purposes, channels, diagrams }): InteractionEntry => {
        const { name, startedBy, until } = interaction;
        const numbers = [usedMaps.numberOf(purposes), usedMaps.numberOf(channels), ...write(diagrams)];
        return [
          name,
          kind,
          startedBy === null ? null : startedBy === "company" ? 1 : 0,
          until === null ? 0 : Number(until.replaceAll("-", "")),
          digits(numbers),
          ...ruleEntries,
        ];
      },
    ),
  };
  return {
    tables,
    code: policyCode(written.conditions, readers),
    source: { world, conditions, numbered: written.conditions.map(({ node }) => node) },
    imports: readers.imports,
    rules: [...shared, ...denials].map(({ at }) => at),
    interactions: interactions.map(({ interaction, rules }) => ({
      at: interaction.at,
      rules: rules.map(({ at }) => at),
    })),
  };
}
