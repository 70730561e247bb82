import { type Cell, cellsOf } from "./cells.ts";
import { conditionsOf, type Moment } from "./condition.ts";
import { permissionsOf } from "./consents.ts";
import { type ClassMap, type Diagram, mapsOf, readDiagram } from "./diagram.ts";
import { expandRuns, readDigits } from "./digits.ts";
import { consentsSlot, factsOf, objectionsSlot } from "./facts.ts";
import { lists, nameTable, split, treeOf } from "./names.ts";
import { type Rule, ruleOf } from "./rules.ts";
import type { RuleEntry, Tables } from "./tables.ts";

/** One interaction, ready to decide. */
export interface Interaction {
  readonly startedBy: 0 | 1 | 2;
  readonly until: number;
  readonly purposes: ClassMap["classes"];
  readonly channels: ClassMap["classes"];
  /** Its own rules, and those that hold in every interaction of its kind. */
  readonly own: Diagram<Cell>;
  readonly shared: Diagram<Cell>;
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

  const facts = factsOf(tables.facts);
  const permissions = permissionsOf(purposes, channels);
  const moment: Moment = { purpose: 0, channel: 0, outbound: 1, until: 0, round: 0, consents: null, objections: null };
  const conditions = conditionsOf(tables, facts, permissions, moment);
  const mapOf = mapsOf(tables.maps, [places, places, purposes.size, channels.size, recipients.size + distinct.size]);

  const entries: (readonly [entry: RuleEntry, prefix: string])[] = tables.rules.map((entry) => [entry, ""]);
  const firstRules: number[] = [];
  for (const [name, , , , , ...rules] of tables.interactions) {
    firstRules.push(entries.length);
    for (const rule of rules) entries.push([rule, `${name}.`]);
  }
  const rules: (Rule | undefined)[] = [];
  const ruleAt = (index: number): Rule => {
    const known = rules[index];
    if (known !== undefined) return known;
    const rule = ruleOf(...(entries[index] as readonly [RuleEntry, string]));
    rules[index] = rule;
    return rule;
  };

  const cells = cellsOf(ruleAt, conditions, moment, facts.names.length, (slot) => {
    if (slot === consentsSlot)
      facts.values[slot] = permissions.readConsents(moment.consents, moment.channel) ? 1 : Number.NaN;
    else if (slot === objectionsSlot)
      facts.values[slot] = permissions.readObjections(moment.objections, moment.channel) ? 1 : Number.NaN;
    else facts.read(slot);
  });

  const shared: (Diagram<Cell> | undefined)[] = [];
  const sharedAt = (index: number): Diagram<Cell> => {
    const known = shared[index];
    if (known !== undefined) return known;
    const diagram = readDiagram(readDigits(tables.shared[index] as string), 0, mapOf, cells.leafOf, 0);
    shared[index] = diagram;
    return diagram;
  };

  const interactions: (Interaction | undefined)[] = [];
  const interactionAt = (index: number): Interaction => {
    const known = interactions[index];
    if (known !== undefined) return known;
    const [, kind, startedBy, until, text] = tables.interactions[index] as Tables["interactions"][number];
    const numbers = readDigits(text);
    const interaction: Interaction = {
      startedBy,
      until,
      purposes: mapOf(numbers[0] as number).classes,
      channels: mapOf(numbers[1] as number).classes,
      own: readDiagram(numbers, 2, mapOf, cells.leafOf, firstRules[index] as number),
      shared: sharedAt(kind),
    };
    interactions[index] = interaction;
    return interaction;
  };

  const interactionNames = new Map<string, number>();
  tables.interactions.forEach(([name], index) => {
    interactionNames.set(name, index).set(`${tables.policy}.${name}`, index);
  });

  return {
    names: {
      interactions: interactionNames as ReadonlyMap<unknown, number>,
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
    moment,
    cells,
    interactionAt,
    /** The static part of what is being decided, by dimension. */
    values: new Int32Array(5),
  };
}
