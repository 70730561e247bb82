import { Cells } from "./cells.ts";
import { conditionsOf, Moment } from "./condition.ts";
import { Permissions } from "./consents.ts";
import { Diagrams } from "./diagram.ts";
import { expandRuns, readDigits } from "./digits.ts";
import { Facts } from "./facts.ts";
import { part } from "./interaction.ts";
import { keyOf, lists, NameTable, nameTable, split, treeOf } from "./names.ts";
import { type Rule, ruleOf } from "./rules.ts";
import type { RuleEntry, Tables } from "./tables.ts";

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
    return fields.map((field) => keyOf(`${name}.${field}`));
  });
  const scales = tables.scales.map((scale) => scale.split(" "));
  const scaleOf = Array.from(expandRuns(readDigits(tables.fieldScales), fieldNames.length), (code) =>
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
  const permissions = new Permissions(purposes, channels);
  const interactions = new Int32Array(part.count * tables.interactions.length).fill(-1);
  const moment = new Moment(facts, permissions, interactions);
  const conditions = conditionsOf(tables, facts, moment);
  const reachCount = recipients.size + distinct.size;
  const sizes = [places, places, purposes.size, channels.size, reachCount] as const;
  const diagrams = new Diagrams(tables, sizes);

  const entries: (readonly [entry: RuleEntry, prefix: string])[] = tables.rules.map((entry) => [entry, ""]);
  const firstRules: number[] = [];
  for (const [name, , , , , ...rules] of tables.interactions) {
    firstRules.push(entries.length);
    for (const rule of rules) entries.push([rule, `${name}.`]);
  }
  const rules: (Rule | undefined)[] = [];
  const ruleAt = (index: number): Rule => {
    const rule = rules[index] ?? ruleOf(...(entries[index] as readonly [RuleEntry, string]), tables);
    rules[index] = rule;
    return rule;
  };
  const cells = new Cells(ruleAt, conditions);
  const addLeaf = (list: readonly number[]) => cells.addLeaf(list);

  const shared: (readonly (readonly number[])[] | undefined)[] = [];
  const furtherRoots: (readonly (readonly number[])[])[] = [];
  const readInteraction = (index: number): void => {
    const [, kind, startedBy, until, text] = tables.interactions[index] as Tables["interactions"][number];
    shared[kind] ??= diagrams.read(readDigits(tables.shared[kind] as string), 0, 0, addLeaf);
    const numbers = readDigits(text);
    const maps = [diagrams.map(numbers[0] as number), diagrams.map(numbers[1] as number)];
    const [own = [], ...more] = diagrams.read(numbers, 2, firstRules[index] as number, addLeaf);
    const [first = [], ...rest] = shared[kind];
    furtherRoots[index] = [...more, ...rest];
    const outbound = startedBy === 0 ? 2 : startedBy === 1 ? 3 : 0;
    interactions.set([outbound, until, ...maps, ...own, ...first], index * part.count);
  };

  const interactionNames = new NameTable();
  tables.interactions.forEach(([name], index) => {
    interactionNames.add(index, tables.policy, name, true);
  });

  return {
    names: {
      interactions: interactionNames,
      fields: nameTable(fieldNames, tables.fieldOwners, policies),
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
    moment,
    cells,
    diagrams,
    interactions,
    /** For each interaction the roots of further diagrams, where its rules are too many for one. */
    furtherRoots,
    /** Where the numbers of an interaction begin; they are read when first asked for. */
    interactionAt: (index: number): number => {
      if (interactions[index * part.count] === -1) readInteraction(index);
      return index * part.count;
    },
    /** How many values the dimensions have. */
    sizes,
  };
}
