import type { DecisionSpace } from "@scruple/analysis";
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
import { operations, type Site, sitesOf } from "../sites.ts";
import { anyLevel, type Case } from "./cases.ts";
import { DataSets } from "./data-sets.ts";
import { docComment } from "./doc-comment.ts";
import { interactionDoc } from "./interaction-doc.ts";
import { type Possible, possibleIn } from "./possible.ts";
import { refusalsOf } from "./refusals.ts";
import { type ShortNames, shortNames } from "./short-names.ts";
import { typeText } from "./type-text.ts";
import { key, type Later, quoted, Unions } from "./unions.ts";

const ofSubject = "subject.";
/** An operation whose data, purposes, channels and recipients are tied together in more ways has them one by one. */
const mostCases = 8;

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
  const interactions = model.interactions.map((interaction, index): Later => {
    const rules = own.get(interaction.id) ?? [];
    const bearing = [...rules, ...everywhere];
    const write = (fields: ReadonlySet<Id>) => data.write(fields, bearing);
    // The texts outlive this, by as many as there are interactions: what they are made from must not stay with them.
    const possible = possibleIn(space, interaction);
    const acts: Later[] = [];
    for (const operation of operations) {
      const one = possible.get(operation);
      if (one === undefined) continue;
      for (const attribute of inSubject(one)) attributes.add(attribute);
      acts.push(operationText(operation, one, write, names, unions));
    }
    const denied = refusalsOf(world, names, rules, data, unions);
    const head = `  readonly ${key(interaction.name)}: {\n`;
    const unsaid = unsaidText(names, sites[index] as Site);
    return () =>
      `${head}${unsaid}    readonly refused: ${denied()};\n    readonly operations: {\n${acts.map((act) => act()).join("")}    };\n  };\n`;
  });

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

/** The fields, with the levels of their precision. */
interface Fields {
${[...fieldLines(world, names)].join("")}}

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
  data: (fields: ReadonlySet<Id>) => Later,
  names: ShortNames,
  unions: Unions,
): Later {
  const named = (ids: Iterable<Id | null>, table: ReadonlyMap<Id, string>) =>
    unions.later([...ids].flatMap((id) => (id === null ? [] : (table.get(id) ?? []))));
  const caseText = ({ data: fields, purposes, channels, recipients, levels }: Case): Later => {
    const said = [data(fields), named(purposes, names.purposes), named(channels, names.channels)];
    const to = named(recipients, names.recipients);
    const toText = recipients.has(null) ? (recipients.size === 1 ? () => "null" : () => `${to()} | null`) : to;
    const at = levelsText(levels);
    return () => `[${[...said, toText].map((text) => text()).join(", ")}, ${at}]`;
  };
  const all = possible.cases.atMost(mostCases) ?? [];
  // One alone says what stands beside it, unless the finest level is none that could be allowed.
  const cases = all.length > 1 || all.some(isCoarse) ? all.map(caseText) : [];
  const parts: readonly (readonly [string, Later])[] = [
    ["data", data(possible.data)],
    ["for", named(possible.purposes, names.purposes)],
    ["on", named(possible.channels, names.channels)],
    ["to", named(possible.recipients, names.recipients)],
    ["at", unions.later(possible.levels)],
    ["facts", unions.later([...possible.facts].filter((fact) => !fact.startsWith(ofSubject)))],
    ["subject", unions.later(inSubject(possible))],
    ...(cases.length === 0 ? [] : [["cases", () => cases.map((text) => text()).join(" | ")] as const]),
  ];
  return () => `      readonly ${operation}: { ${parts.map(([part, text]) => `${part}: ${text()}`).join("; ")} };\n`;
}

function isCoarse({ levels }: Case): boolean {
  return !levels.has(null) && !levels.has(anyLevel);
}

function levelsText(levels: Case["levels"]): string {
  if (levels.has(anyLevel)) return "string | null";
  return [...levels].map((level) => (level === null ? "null" : quoted(level))).join(" | ");
}

/** What a call does that does not say. */
function unsaidText({ purposes }: ShortNames, { operations: several, purpose }: Site): string {
  const operation = several.length === 1 ? quoted(several[0] as Operation) : "never";
  const only = purpose === null ? "never" : quoted(purposes.get(purpose) ?? purpose);
  return `    readonly operation: ${operation};\n    readonly purpose: ${only};\n`;
}

function* fieldLines({ fields }: World, names: ShortNames): Generator<string> {
  for (const [id, { field, levels }] of fields) {
    const name = names.fields.get(id);
    if (name !== undefined) yield `${docComment(field.doc, "  ")}  readonly ${key(name)}: ${union(levels)};\n`;
  }
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
