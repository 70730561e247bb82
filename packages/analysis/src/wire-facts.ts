import type { FactName, Value } from "@scruple/model";
import type { Assignment } from "./assignment.ts";
import type { Context } from "./context.ts";
import { ages } from "./theory/ages.ts";
import { classOf, exampleNear, exampleOf } from "./theory/domain.ts";
import { purposesOf } from "./theory/purposes.ts";
import type { ConsentVariable, KnownFacts, Variable } from "./theory/variable.ts";

/** The part of a request that an assignment is about, as it is written; what is not there is unknown. */
export interface WireFacts {
  readonly subject: Readonly<Record<string, Value>>;
  readonly facts: Readonly<Record<string, Value>>;
  readonly consents?: readonly WireConsent[] | undefined;
  readonly objections?: readonly Omit<WireConsent, "explicit">[] | undefined;
  /** For a pair whose pieces differ in age: what belongs beside each `field`, in seconds, null for unknown. */
  readonly ages: { readonly data: number | null; readonly with: number | null } | null;
}
export interface WireConsent {
  readonly purpose: string;
  readonly channel: string;
  readonly explicit?: boolean;
}

export interface WireOptions {
  /** The channel that consents and objections are for; by default `any`. */
  readonly channel?: string;
  /** Values shall be as near to those of another assignment as can be. */
  readonly near?: Assignment;
}

const prefix = "subject.";

export function wireFacts(context: Context, assignment: Assignment, options: WireOptions = {}): WireFacts {
  const { subject, facts, ...others } = listedFacts(context, assignment, options);
  return { subject: Object.fromEntries(subject), facts: Object.fromEntries(facts), ...others };
}

/** The same, with attributes and facts as they come. */
export interface ListedFacts extends Omit<WireFacts, "subject" | "facts"> {
  readonly subject: readonly (readonly [string, Value])[];
  readonly facts: readonly (readonly [string, Value])[];
}

export function listedFacts(context: Context, assignment: Assignment, options: WireOptions = {}): ListedFacts {
  const { channel = "any", near } = options;
  const given: { readonly variable: Variable; readonly value: number }[] = [];
  for (const index of [...assignment.keys()].sort((a, b) => a - b)) {
    const variable = context.space.variables[index]!;
    if (context.isAsked(variable)) given.push({ variable, value: assignment.get(index)! });
  }
  const known = new Map<FactName, Value>();
  for (const { variable, value } of given) {
    const examples = exampleFacts(context, variable, value, near?.get(variable.index));
    for (const [fact, example] of examples) known.set(fact, example);
    if (variable.kind === "known" && value === 1 && context.space.world.facts.has(variable.fact))
      known.set(variable.fact, []);
  }
  for (const { variable, value } of given) {
    if (variable.kind !== "member" || value === 0) continue;
    const members = known.get(variable.fact) as readonly string[] | undefined;
    if (members !== undefined) known.set(variable.fact, [...members, variable.member].sort());
  }
  const pieces = agesOf(context, given, known.get("data.age") as number | undefined);
  if (pieces !== null) known.delete("data.age");
  const subject: [string, Value][] = [];
  const facts: [string, Value][] = [];
  for (const [name, value] of known) {
    if (name.startsWith(prefix)) subject.push([name.slice(prefix.length), value]);
    else facts.push([name, value]);
  }
  const isKnown = (fact: string) =>
    given.some(({ variable, value }) => variable.kind === "known" && variable.fact === fact && value === 1);
  const all = (of: typeof consentOf) => given.flatMap(({ variable, value }) => of(context, variable, value, channel));
  return {
    subject,
    facts,
    consents: isKnown("consents") ? all(consentOf) : undefined,
    objections: isKnown("objections") ? all(objectionOf) : undefined,
    ages: pieces,
  };
}

function exampleFacts({ space }: Context, variable: Variable, value: number, near = 0): KnownFacts {
  if (variable.kind !== "fact" || value === 0 || near === 0) return space.exampleFacts(variable, value);
  return new Map([[variable.fact, exampleNear(variable.domain, value - 1, near - 1)]]);
}

type Given = readonly { readonly variable: Variable; readonly value: number }[];

function agesOf(context: Context, given: Given, oldest: number | undefined): WireFacts["ages"] {
  const valueIn = (kind: "older" | "younger") => given.find(({ variable }) => variable.kind === kind)?.value;
  const [older, younger] = [valueIn("older"), valueIn("younger")];
  if (older === undefined && younger === undefined) return null;
  const domain = context.space.domain("data.age");
  const top = oldest === undefined ? null : (classOf(domain, oldest) as number);
  const classes = ages(top, older ?? 0, younger ?? (top ?? -1) + 1);
  const seconds = (index: number | null) =>
    index === null ? null : ((index === top ? oldest : exampleOf(domain, index)) as number);
  return { data: seconds(classes.data), with: seconds(classes.with) };
}

function consentOf(context: Context, variable: Variable, value: number, channel: string): readonly WireConsent[] {
  if (variable.kind !== "consent" || value === 0) return [];
  return [{ purpose: aboutName(context, variable), channel, ...(value === 2 ? { explicit: true } : {}) }];
}

function objectionOf(context: Context, variable: Variable, value: number, channel: string): readonly WireConsent[] {
  return variable.kind === "objection" && value === 1 ? [{ purpose: aboutName(context, variable), channel }] : [];
}

/** How a request writes whose consent or objection is meant. */
export function aboutName({ space, occasion }: Context, { about }: Pick<ConsentVariable, "about">): string {
  if (about === "any") return "any";
  return purposesOf(space.world).nameOf(about === "request" ? occasion.purpose : about.purpose);
}
