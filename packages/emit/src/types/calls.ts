import type { DecisionSpace, Ground } from "@scruple/analysis";
import {
  type Duty,
  type Id,
  indexModel,
  type Model,
  type Operation,
  type Rule,
  type Type,
  type World,
} from "@scruple/model";
import { operations } from "@scruple/runtime";
import { type Site, sitesOf } from "../sites.ts";
import { Asking } from "./asked.ts";
import { AskedTexts } from "./asked-texts.ts";
import { CaseTexts } from "./case-texts.ts";
import { DataSets } from "./data-sets.ts";
import { docComment } from "./doc-comment.ts";
import { interactionDoc } from "./interaction-doc.ts";
import { Scales } from "./levels.ts";
import { type Possible, possibleIn } from "./possible.ts";
import { refusalsOf } from "./refusals.ts";
import { type ShortNames, shortNames } from "./short-names.ts";
import { typeText } from "./type-text.ts";
import { key, type Later, quoted, Unions } from "./unions.ts";

const ofSubject = "subject.";

/**
 * The types of the calls in a policy's interactions, and of its factory: what `PolicyTypes` of the runtime asks for.
 *
 * @param space Of the same model, to be asked what could be allowed.
 * @param factory The name under which the module exports it.
 */
export function emitCalls(model: Model, space: DecisionSpace, factory: string): string {
  // What the space stands on may be of an earlier model, which documents itself otherwise.
  const world = indexModel(model);
  const names = shortNames(world.names);
  const unions = new Unions("Names");
  const attributes = new Set<string>();
  const own = rulesByInteraction(model);
  const everywhere = own.get(null) ?? [];
  const data = new DataSets(world, names.fields, unions);
  const sites = sitesOf(world);
  const refused = refusalsOf(world, names, everywhere, data, unions);
  const { ground } = space;
  const scales = new Scales(ground.world, ground.places);
  const texts = new CaseTexts(names, unions);
  const asking = new AskedTexts(new Asking(world, ground, scales), texts, (fields, rules) => data.write(fields, rules));
  const interactions = model.interactions.map((interaction, index): Later => {
    const rules = own.get(interaction.id) ?? [];
    const bearing = [...rules, ...everywhere];
    // The texts outlive this, by as many as there are interactions: what they are made from must not stay with them.
    const within = space.of(interaction);
    const possible = possibleIn(within, scales);
    const acts: Later[] = [];
    for (const operation of operations) {
      const one = possible.get(operation);
      if (one === undefined) continue;
      for (const attribute of inSubject(one)) attributes.add(attribute);
      acts.push(operationText(operation, one, (fields) => data.write(fields, bearing), texts, names, unions));
    }
    const asked = asking.inside(within.partition, possible, bearing);
    const denied = refusalsOf(world, names, rules, data, unions);
    const head = `  readonly ${key(interaction.name)}: {\n`;
    const unsaid = unsaidText(names, sites[index] as Site);
    return () =>
      `${head}${unsaid}    readonly refused: ${denied()};\n    readonly asked: ${asked()};\n    readonly operations: {\n${acts.map((act) => act()).join("")}    };\n  };\n`;
  });

  const outside = asking.outside(everywhere);
  unions.write();
  const bodies = interactions.map((text) => text());
  // Editors show what stands at a property, and not what one stands for that is made of it.
  const guards = model.interactions.map((interaction) => {
    const doc = docComment(interactionDoc(interaction, own.get(interaction.id) ?? []), "  ");
    return `${doc}  readonly ${key(interaction.name)}: InteractionGuard<Types, ${quoted(interaction.name)}>;\n`;
  });
  const optional = model.subject.filter((one) => one.optional && attributes.has(one.name)).map(({ name }) => name);
  const optionalFacts = model.facts.filter((one) => one.optional).map(({ name }) => name);
  return `${unions.aliases.join("\n")}
${outside()}
/** The fields, with the levels of their precision. */
interface Fields {
${[...fieldLines(world, names)].join("")}}

/** Whom each channel reaches. */
interface Reaches {
${reachLines(ground, names).join("")}}

/** What the rules oblige those to who act on them, with what. */
interface Duties {
${dutyLines(model).join("")}}

interface Interactions {
${bodies.join("")}}

/** The calls, by interaction. */
interface Guards {
${guards.join("")}}

/** What the calls are made of. */
export interface Types {
  readonly fields: Fields;
  readonly reaches: Reaches;
  readonly subject: Told<Pick<Subject, ${union([...attributes].sort())}>, ${union(optional)}>;
  readonly facts: Told<Facts, ${union(optionalFacts)}>;
  readonly duties: Duties;
  readonly refused: ${refused()};
  readonly interactions: Interactions;
  readonly guards: Guards;
}

${docComment(factoryDoc(model, everywhere), "")}declare const ${factory}: Factory<Types>;
export { ${factory}, ${factory} as default };
`;
}

function rulesByInteraction({ rules }: Model): ReadonlyMap<Id | null, readonly Rule[]> {
  const found = new Map<Id | null, Rule[]>();
  for (const rule of rules) {
    const list = found.get(rule.interaction);
    if (list === undefined) found.set(rule.interaction, [rule]);
    else list.push(rule);
  }
  return found;
}

function inSubject({ facts }: Possible): readonly string[] {
  return [...facts].filter((fact) => fact.startsWith(ofSubject)).map((fact) => fact.slice(ofSubject.length));
}

function operationText(
  operation: Operation,
  possible: Possible,
  data: (fields: Iterable<Id>) => Later,
  texts: CaseTexts,
  names: ShortNames,
  unions: Unions,
): Later {
  const named = (ids: Iterable<Id>, table: ReadonlyMap<Id, string>) =>
    unions.later([...ids].flatMap((id) => table.get(id) ?? []));
  const all = possible.cases.map((one) => texts.case(one, possible, data));
  const cases = all.length > 1 || !all.every((text) => text === null) ? all : [];
  const anyOf = (members: readonly (Later | null)[]) => () => members.map((text) => text?.() ?? "").join(" | ");
  const parts: readonly (readonly [string, Later])[] = [
    ["data", data(possible.data)],
    ["for", named(possible.purposes, names.purposes)],
    ["on", named(possible.channels, names.channels)],
    ["to", named(possible.recipients, names.recipients)],
    ["at", unions.later(possible.levels)],
    ...(operation === "combine" ? [["with", data(possible.data)] as const] : []),
    ...(cases.length === 0 ? [] : [["cases", anyOf(cases)] as const]),
    ...[["apart", possible.apart.always] as const, ["apartAtOneAge", possible.apart.atOneAge] as const].flatMap(
      ([name, list]) =>
        list.length === 0 ? [] : [[name, anyOf(list.map((one) => texts.apart(one, possible, data)))] as const],
    ),
  ];
  const doc = possible.isCoarse ? docComment(coarse, "      ") : "";
  return () =>
    `${doc}      readonly ${operation}: { ${parts.map(([part, text]) => `${part}: ${text()}`).join("; ")} };\n`;
}

const coarse =
  "Coarse: some combinations are too complex to tell whether they are ever allowed. They compile, and the guard decides.";

/** What a call does that does not say. */
function unsaidText({ purposes }: ShortNames, { operations: several, purpose }: Site): string {
  const operation = several.length === 1 ? quoted(several[0] as Operation) : "never";
  const only = purpose === null ? "never" : quoted(purposes.get(purpose) ?? purpose);
  return `    readonly operation: ${operation};\n    readonly purpose: ${only};\n`;
}

function* fieldLines({ fields }: World, names: ShortNames): Generator<string> {
  for (const [id, { field, levels }] of fields) {
    const name = names.fields.get(id);
    if (name !== undefined) yield `${docComment(field.doc, "  ")}  readonly ${key(name)}: ${scaleText(levels)};\n`;
  }
}

/** From fine to coarse. */
function scaleText(levels: readonly string[]): string {
  return levels.length === 0 ? "never" : `readonly [${levels.map(quoted).join(", ")}]`;
}

function reachLines(ground: Ground, names: ShortNames): readonly string[] {
  return ground.channels.flatMap((id) => {
    const name = names.channels.get(id);
    const reached = ground.routesOf({ channels: [id] }).filter(({ channel }) => channel === id);
    const recipients = reached.flatMap(({ recipient }) => (recipient && names.recipients.get(recipient)) ?? []);
    return name === undefined ? [] : `  readonly ${key(name)}: ${union(recipients)};\n`;
  });
}

function dutyLines({ duties, rules }: Model): readonly string[] {
  const declared = new Map<Id, Duty>(duties.map((duty) => [duty.id, duty]));
  const bound = new Map(
    rules.flatMap((rule) => rule.duties.map((call) => [call.name, declared.get(call.duty)] as const)),
  );
  return [...bound]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, duty]) => {
      const parameters = (duty?.parameters ?? []).map((one) => `readonly ${key(one.name)}: ${argumentText(one.type)}`);
      return `${docComment(duty?.doc ?? "", "  ")}  readonly ${key(name)}: { ${parameters.join("; ")} };\n`;
    });
}

/** Durations come in seconds. */
function argumentText(type: Type): string {
  return type.kind === "duration" ? "number" : typeText(type);
}

function factoryDoc({ policy }: Model, outside: readonly Rule[]): string {
  const lines = [`Guards of the policy \`${policy}\`.`];
  if (outside.length > 0) lines.push("", "In every interaction:", "", interactionDoc(null, outside));
  return lines.join("\n");
}

function union(names: readonly string[]): string {
  return names.length === 0 ? "never" : names.map(quoted).join(" | ");
}
