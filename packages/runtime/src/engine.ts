import { Cells } from "./cells.ts";
import { Conditions } from "./condition.ts";
import { permissionsOf } from "./consents.ts";
import { Diagrams } from "./diagram.ts";
import { expandRuns, readDigits } from "./digits.ts";
import { Facts } from "./facts.ts";
import { lists, nameTable, split, treeOf } from "./names.ts";
import { type Rule, ruleOf } from "./rules.ts";
import type { RuleEntry, Tables } from "./tables.ts";

/** One interaction, ready to decide. */
export interface Interaction {
  /** 2: by the company, 0: by the customer, 1: not known. */
  readonly outbound: number;
  /** YYYYMMDD. */
  readonly until: number;
  /** Where the maps begin that say what is within its bounds: class 1. */
  readonly purposes: number;
  readonly channels: number;
  /** Where the diagrams begin, of its own rules and of those that hold in every interaction of its kind. */
  readonly own: readonly number[];
  readonly shared: readonly number[];
}

/** What a guard is made of, from its tables. Each part is read when the first request needs it. */
export type Engine = ReturnType<typeof engineOf>;

export function engineOf(tables: Tables) {
  const { policies } = tables;
  const purposes = treeOf(tables.purposes, policies);
  const channels = treeOf(tables.channels, policies);
  const recipients = treeOf(tables.recipients, policies);
  const reaches = lists(tables.reaches);
  const fieldNames = split(tables.fields, "/").flatMap((source) => {
    const [name, ...fields] = source.split(" ");
    return fields.map((field) => `${name}.${field}`);
  });
  const scales = tables.scales.map((scale) => scale.split(" "));
  const scaleOf = Array.from(expandRuns(readDigits(tables.fieldScales), 0, fieldNames.length), (code) =>
    code === 0 ? undefined : (scales[code - 1] as readonly string[]),
  );
  // A field with levels takes a place for each of them.
  let places = 0;
  const placeOf = scaleOf.map((scale) => {
    const first = places;
    places += scale?.length ?? 1;
    return first;
  });
  // Without a recipient, a channel stands for all that it reaches: a place for each such list, behind the recipients.
  const distinct = new Map<string, number>();
  const reachOf = reaches.map((list) => {
    const key = list.join();
    if (!distinct.has(key)) distinct.set(key, recipients.size + distinct.size);
    return distinct.get(key) as number;
  });

  const facts = new Facts(tables.facts);
  const permissions = permissionsOf(purposes, channels);
  const conditions = new Conditions(tables, facts, permissions);
  const sizes = [places, places, purposes.size, channels.size, recipients.size + distinct.size];
  const diagrams = new Diagrams(tables.maps, sizes);

  const entries: (readonly [entry: RuleEntry, prefix: string])[] = tables.rules.map((entry) => [entry, ""]);
  const firstRules: number[] = [];
  for (const [name, , , , , ...rules] of tables.interactions) {
    firstRules.push(entries.length);
    for (const rule of rules) entries.push([rule, `${name}.`]);
  }
  const rules: (Rule | undefined)[] = [];
  const ruleAt = (index: number): Rule => {
    const rule = rules[index] ?? ruleOf(...(entries[index] as readonly [RuleEntry, string]));
    rules[index] = rule;
    return rule;
  };
  const cells = new Cells(ruleAt, conditions);
  const addCell = (list: readonly number[]) => cells.add(list);

  const shared: (readonly number[] | undefined)[] = [];
  const interactions: (Interaction | undefined)[] = [];
  const readInteraction = (index: number): Interaction => {
    const [, kind, startedBy, until, text] = tables.interactions[index] as Tables["interactions"][number];
    shared[kind] ??= diagrams.read(readDigits(tables.shared[kind] as string), 0, 0, addCell);
    const numbers = readDigits(text);
    const interaction: Interaction = {
      outbound: startedBy === 0 ? 1 : startedBy === 1 ? 2 : 0,
      until,
      purposes: diagrams.map(numbers[0] as number),
      channels: diagrams.map(numbers[1] as number),
      own: diagrams.read(numbers, 2, firstRules[index] as number, addCell),
      shared: shared[kind],
    };
    interactions[index] = interaction;
    return interaction;
  };

  const interactionNames = new Map<unknown, number>();
  tables.interactions.forEach(([name], index) => {
    interactionNames.set(name, index).set(`${tables.policy}.${name}`, index);
  });

  return {
    names: {
      interactions: interactionNames,
      fields: nameTable(fieldNames, tables.fieldOwners, policies) as ReadonlyMap<unknown, number>,
      purposes,
      channels,
      recipients,
    },
    /** For each channel, what it reaches; and the place of that list among the reaches. */
    reaches,
    reachOf,
    /** For each field its levels, if it has any, and the place of the first. */
    scaleOf,
    placeOf,
    facts,
    permissions,
    moment: conditions.moment,
    cells,
    diagrams,
    interactionAt: (index: number): Interaction => interactions[index] ?? readInteraction(index),
    /** The static part of what is being decided, by dimension. */
    values: new Int32Array(5),
  };
}
