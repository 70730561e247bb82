import { DecisionSpace } from "@scruple/analysis";
import { type Attribute, builtinFacts, type Model, requestNames, type Type } from "@scruple/model";
import { factoryName } from "../factory-name.ts";
import { originComment } from "../origin.ts";
import { emitCalls } from "./calls.ts";
import { docComment } from "./doc-comment.ts";
import { typeText } from "./type-text.ts";
import { key, quoted } from "./unions.ts";

/**
 * The types of a guard. Names are those that a request may give; a request with another does not compile. What is unknown
 * may be left out or null: every fact and attribute is optional.
 */
export function emitDeclarations(
  model: Model,
  space: DecisionSpace = new DecisionSpace(model),
  sourceRoot?: string,
): string {
  const names = requestNames(model);
  const declarations = {
    Interaction: names.interactions.keys(),
    Field: names.fields.keys(),
    Purpose: names.purposes.keys(),
    Channel: names.channels.keys(),
    Recipient: names.recipients.keys(),
    Precision: new Set(model.categories.flatMap((category) => category.precision)),
  };
  const unions = Object.entries(declarations).map(
    ([name, members]) => `${docs[name as keyof typeof docs]}\nexport type ${name} = ${union(members)};\n`,
  );
  const facts = Object.entries(builtinFacts).map(([name, type]) => property(name, type, builtinDocs[name] ?? ""));
  return `${originComment("The types of the guard", model.policy, sourceRoot)}
import type { BoundDuty, BoundLimit, Decision, Policy, Traced } from "@scruple/runtime";
import type { Factory, InteractionGuard, Told } from "@scruple/runtime/enforce";

export type { BoundDuty, BoundLimit, Decision, Policy, Traced };

${unions.join("\n")}
/** A day that exists: \`2026-11-21\`. */
export type DateText = \`\${number}-\${number}-\${number}\`;
/** A time of day: \`09:30\`. */
export type TimeText = \`\${number}:\${number}\`;
/** Seconds, or a text such as \`12 days\`. */
export type Duration = number | \`\${number} \${"second" | "minute" | "hour" | "day" | "week" | "month" | "year"}\${"" | "s"}\`;

/** A piece of data with an age of its own. */
export interface Piece {
  readonly field: Field;
  readonly age?: Duration | null;
}

/** What is known about the person whom the data is about. What is left out or null is unknown. */
export interface Subject {
${model.subject.some(({ name }) => name === "id") ? "" : "  readonly id?: string | number | null;\n"}${model.subject.map(attribute).join("")}}

/** What is known about the moment. What is left out or null is unknown. */
export interface Facts {
${[...facts, ...model.facts.map(attribute)].join("")}}

export interface Consent {
  readonly purpose: Purpose | "any";
  readonly channel: Channel | "any";
  /** Left out, it was not given explicitly. */
  readonly explicit?: boolean | null;
}
export interface Objection {
  readonly purpose: Purpose | "any";
  readonly channel: Channel | "any";
}

interface Act {
  readonly id?: string | number | null;
  readonly interaction: Interaction;
  /** What is to be done with, or disclosed of, these pieces of data: all or nothing. */
  readonly data: Field | Piece | readonly (Field | Piece)[];
  readonly purpose: Purpose;
  readonly channel: Channel;
  /** Left out: all that the channel reaches. */
  readonly recipient?: Recipient | null;
  /** Left out: the finest. */
  readonly precision?: Precision | null;
  readonly subject?: Subject | null;
  readonly facts?: Facts | null;
  /** Left out they are unknown; an empty list says that there are none. */
  readonly consents?: readonly Consent[] | null;
  readonly objections?: readonly Objection[] | null;
}

/** One act, to be decided. */
export type Request =
  | (Act & { readonly operation: "collect" | "infer" | "use" | "disclose"; readonly with?: null })
  | (Act & {
      readonly operation: "combine";
      /** What each piece of data is joined with. */
      readonly with: Field | Piece;
    });

/** Decides a request. Never throws: what is no proper request is denied, with \`errors\`. */
export declare function decide(request: Request): Decision;

/** Decides a request, and tells how the condition of every rule that selects it came out. */
export declare function trace(request: Request): Traced;

/** What decides: the policy's name, the hash of its model, and the paths of its rules. */
export declare const policy: Policy;

${emitCalls(model, space, factoryName(model.policy))}`;
}

const docs = {
  Interaction: "/** The customer interactions that the policy declares. */",
  Field: "/** Pieces of data. */",
  Purpose: "/** Name the most specific one. */",
  Channel: "/** Name the most specific one. */",
  Recipient: "/** Who may be reached. */",
  Precision: "/** Levels of precision, whichever data has them. */",
};

const builtinDocs: Readonly<Record<string, string>> = {
  "data.age": "The age of all the data; or each piece has its own.",
  group_size: "How many people the data describes together.",
  local_time: "Where the person is.",
  today: "The day on which the act is done.",
};

function union(names: Iterable<string>): string {
  const members = [...names].sort();
  if (members.length === 0) return "never";
  return members.length === 1 ? quoted(members[0] as string) : members.map((name) => `\n  | ${quoted(name)}`).join("");
}

function attribute({ name, type, doc }: Attribute): string {
  return property(name, type, doc);
}

function property(name: string, type: Type, doc: string): string {
  return `${docComment(doc, "  ")}  readonly ${key(name)}?: ${typeText(type)} | null;\n`;
}
