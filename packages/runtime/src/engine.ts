import { cellsOf } from "./cells.ts";
import { slotNames, wordSize } from "./code.ts";
import { type ClassMap, diagramsOf } from "./diagram.ts";
import { expandRuns, lists, readDigits } from "./digits.ts";
import { Names, type Numbered, ownedNames, treeOf } from "./names.ts";
import { none, type Rule } from "./outcome.ts";
import { permissionsOf } from "./permissions.ts";
import { entriesIn, ruleOf } from "./rules.ts";
import { fieldNamesOf } from "./surface.ts";
import type { InteractionEntry, Tables } from "./tables.ts";

/** What an interaction's name stands for. */
export interface Interaction {
  readonly purposes: ClassMap;
  readonly channels: ClassMap;
  /** Where diagrams begin: its own, and those of the rules that hold in every one of its kind. */
  readonly roots: readonly (readonly number[])[];
}

/** What a guard is made of, from its tables. Each part is read when the first request needs it. */
export type Engine = ReturnType<typeof engineOf>;

export function engineOf(tables: Tables) {
  const { policies, policy } = tables;
  const [ofFields = none, ofPurposes = none, ofChannels = none, ofRecipients = none, ofInteractions = none] = lists(
    tables.tellers,
  );
  const purposes = treeOf(tables.purposes, policies, ofPurposes);
  const channels = treeOf(tables.channels, policies, ofChannels);
  const recipients = treeOf(tables.recipients, policies, ofRecipients);
  const reaches = lists(tables.reaches);
  // Without a recipient, a channel stands for all that it reaches: a place for each such list, behind the recipients.
  const distinct = [...new Set(reaches.map(String))];
  const reachOf = reaches.map((list) => recipients.parents.length + distinct.indexOf(String(list)));

  const fieldNames = fieldNamesOf(tables.fields);
  const scales = tables.scales.map((scale) => scale.split(" "));
  // A field with levels takes a place for each of them.
  let places = 0;
  const placeOf: number[] = [];
  const scaleOf: (readonly string[] | undefined)[] = [];
  for (const code of expandRuns(readDigits(tables.fieldScales), fieldNames.length)) {
    const scale = scales[code - 1];
    placeOf.push(places);
    scaleOf[places] = scale;
    places += scale?.length ?? 1;
  }

  const factNames = [...slotNames, ...tables.facts];
  const facts = new Float64Array(factNames.length);
  const needed = new Int32Array(Math.ceil(factNames.length / wordSize));
  const permissions = permissionsOf(purposes, channels, facts);
  const code = tables.code(facts, needed, permissions.consent, permissions.explicit, permissions.objection);

  const entries = entriesIn(tables);
  let before = tables.rules.length;
  const firstRules = tables.interactions.map(([, , , , , ...own]) => {
    before += own.length;
    return before - own.length;
  });
  const rules: Rule[] = [];
  const ruleAt = (index: number): Rule => {
    rules[index] ??= ruleOf(...(entries[index] as (typeof entries)[number]), tables);
    return rules[index] as Rule;
  };
  const cells = cellsOf(ruleAt, code.conditions, lists(tables.conditionSlots), needed.length);
  const sizes = [
    places,
    places,
    purposes.parents.length,
    channels.parents.length,
    recipients.parents.length + distinct.length,
  ];
  const diagrams = diagramsOf(tables, sizes, cells.addLeaf);

  const shared: (readonly (readonly number[])[])[] = [];
  const known: Interaction[] = [];
  const readInteraction = (index: number): Interaction => {
    const [, kind, , , text] = tables.interactions[index] as InteractionEntry;
    shared[kind] ??= diagrams.read(readDigits(tables.shared[kind] as string), 0, 0);
    const numbers = readDigits(text);
    const [purposeMap = 0, channelMap = 0] = numbers;
    return {
      purposes: diagrams.mapAt(purposeMap),
      channels: diagrams.mapAt(channelMap),
      roots: [...diagrams.read(numbers, 2, firstRules[index] as number), ...shared[kind]],
    };
  };

  const interactionsBehind = (prefix: string): Numbered =>
    tables.interactions.map(([name], index) => [prefix + name, index]);

  return {
    /** How many values the dimensions have. */
    sizes,
    /** Of each interaction, whether the company started it, and its last day. */
    moments: Float64Array.from(tables.interactions.flatMap(([, , outbound, until]) => [outbound ?? Number.NaN, until])),
    interactionNames: new Names(interactionsBehind(""), ofInteractions, () => interactionsBehind(`${policy}.`)),
    interactionAt: (index: number): Interaction => {
      known[index] ??= readInteraction(index);
      return known[index] as Interaction;
    },
    /** Each with the place of the field's finest level. */
    fieldNames: ownedNames(fieldNames, tables.fieldOwners, policies, ofFields, placeOf),
    purposes,
    channels,
    recipients,
    /** For each channel, what it reaches; and the place of that list among the reaches. */
    reaches,
    reachOf,
    /** The levels of a field that has some, by the place of the first. */
    scaleOf,
    facts,
    /** By slot, as `missing` names them. */
    factNames,
    needed,
    code,
    cells,
    walk: diagrams.walk,
    permissions,
  };
}
