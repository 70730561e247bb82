/**
 * The decision model: everything that a policy decides, as plain JSON. Whoever holds it needs no source text to decide,
 * analyse or emit. `schema/model.schema.json` says the same to other tools.
 *
 * An **id** is a name qualified by its policy: `airline.know_me.bookings`, `std.purposes.customer_care`; of a field,
 * `airline.know_me.bookings.email`. Names hold no dot, so the policy is what precedes the last one (two for a field).
 * Every key is always there; what a policy leaves out is `null` or an empty list.
 */

export type Id = string;

export interface Model {
  readonly format: "scruple.model";
  readonly version: 1;
  /** The policy that this model decides for. */
  readonly policy: string;
  /** The policies that it uses directly: their names may be given bare in requests. Sorted. */
  readonly uses: readonly string[];
  /** Files that positions refer to, relative to the project, with `/`. Std files are `std/purposes.scruple` and so on. */
  readonly files: readonly string[];
  /** Declarations of the policy and of all that it uses, transitively; each list sorted by id or name. */
  readonly categories: readonly Category[];
  readonly sources: readonly Source[];
  readonly purposes: readonly Purpose[];
  readonly recipients: readonly Recipient[];
  readonly channels: readonly Channel[];
  /** The data subject's attributes, merged by name over all policies of the program. */
  readonly subject: readonly Attribute[];
  /** The declared facts, merged likewise; built-in ones are not listed. */
  readonly facts: readonly Attribute[];
  readonly conditions: readonly Condition[];
  readonly duties: readonly Duty[];
  /** The policy's own, never those of a used one. */
  readonly interactions: readonly Interaction[];
  /** The policy's own rules, and the denials outside interactions of all that it uses. Sorted by path. */
  readonly rules: readonly Rule[];
  /** The policy's own promises and those of all that it uses. */
  readonly promises: readonly Promise_[];
}

/** Where something stands in the source. Lines and columns count from 1, in UTF-16 units; the end is exclusive. */
export interface Position {
  /** Index into `Model.files`. */
  readonly file: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Annotation {
  readonly name: string;
  readonly args: readonly (string | number | boolean)[];
}

/** What every declaration and rule carries besides its meaning. */
export interface Described {
  /** The `///` lines, joined by newlines; "" where there are none. */
  readonly doc: string;
  readonly annotations: readonly Annotation[];
  readonly at: Position;
}

export interface Category extends Described {
  readonly id: Id;
  readonly within: readonly Id[];
  /** As declared; a category is special too if one that it is within is. */
  readonly special: boolean;
  /** Levels from fine to coarse, as declared; inherited ones are not repeated. */
  readonly precision: readonly string[];
}

export type Origin = "provided" | "published" | "observed" | "public" | "third_party" | "derived";

export interface Source extends Described {
  readonly id: Id;
  readonly origin: Origin;
  readonly derivedFrom: readonly (SourceRef | FieldRef)[];
  readonly collectedFor: readonly Id[];
  readonly consentFor: Id | null;
  readonly keep: Keep | null;
  /** In the order of the source text. */
  readonly fields: readonly Field[];
}
export interface Keep {
  /** Seconds. */
  readonly atMost: number;
  readonly deletedByStore: boolean;
  readonly exceptFor: readonly Id[];
}
export interface Field extends Described {
  readonly id: Id;
  readonly categories: readonly Id[];
}

export interface Purpose extends Described {
  readonly id: Id;
  readonly within: readonly Id[];
}
export interface Recipient extends Described {
  readonly id: Id;
  readonly within: Id | null;
}
export interface Channel extends Described {
  readonly id: Id;
  readonly within: readonly Id[];
  readonly reaches: readonly Id[];
  readonly quiet: Quiet | null;
}
export interface Quiet {
  /** `HH:MM`, both ends included; wraps past midnight where `from` is later than `to`. */
  readonly from: string;
  readonly to: string;
  readonly exceptFor: readonly Id[];
}

export type Type =
  | { readonly kind: "bool" | "text" | "time" | "date" | "duration" }
  /** Ends included; null where unbounded. */
  | { readonly kind: "int"; readonly min: number | null; readonly max: number | null }
  /** Values sorted. */
  | { readonly kind: "oneOf" | "set"; readonly values: readonly string[] };

export interface Attribute extends Described {
  readonly name: string;
  readonly type: Type;
  readonly optional: boolean;
}
export interface Condition extends Described {
  readonly id: Id;
  readonly expr: Expr;
}
export interface Duty extends Described {
  readonly id: Id;
  readonly parameters: readonly Attribute[];
}

export interface Interaction extends Described {
  readonly id: Id;
  /** The last part of the id; rule paths begin with it. */
  readonly name: string;
  readonly startedBy: "company" | "customer" | null;
  /** `YYYY-MM-DD`, the last day. */
  readonly until: string | null;
  readonly purposes: readonly Id[];
  readonly channels: readonly Id[];
}

// --------------------------------------------------------------------------------------------------------------- rules

/** In the order of lists in models. */
export const operations = ["collect", "combine", "disclose", "infer", "use"] as const;
export type Operation = (typeof operations)[number];
export type SourceRef = { readonly kind: "source"; readonly id: Id };
export type FieldRef = { readonly kind: "field"; readonly id: Id };
export type DataRef =
  | { readonly kind: "any" | "special" }
  | { readonly kind: "category"; readonly id: Id }
  | SourceRef
  | FieldRef;

/** The static part of what a rule, an exception or a promise says. Null: left out, which selects all. */
export interface Selector {
  readonly data: readonly DataRef[] | null;
  readonly with: readonly DataRef[] | null;
  readonly purposes: readonly Id[] | null;
  readonly channels: readonly Id[] | null;
  readonly recipients: readonly Id[] | null;
  readonly level: string | null;
}

export type BasisKind =
  | "consent"
  | "explicit consent"
  | "contract"
  | "legal_obligation"
  | "legitimate_interest"
  | "vital_interest"
  | "public_task";
export interface Basis {
  readonly kind: BasisKind;
  /** `consent for P`. */
  readonly purpose: Id | null;
  /** As written, single-spaced: `explicit consent for experiment`. */
  readonly text: string;
}
export interface Limit {
  readonly count: number;
  /** The rolling window in seconds. */
  readonly per: number;
  readonly by: "subject" | "subject+channel";
}
export interface DutyCall {
  readonly duty: Id;
  /** As a decision names it: bare for the model's own policy, else the id. */
  readonly name: string;
  readonly arguments: Readonly<Record<string, Value>>;
}
export interface Exception extends Selector {
  readonly when: Expr | null;
  readonly unless: Expr | null;
  readonly exceptions: readonly Exception[];
  readonly at: Position;
}
export interface Rule extends Selector, Described {
  /** As a decision names it: `boarding_greeting.seat`, `offer_email.#2`, `org.guardrails/private_matters`. */
  readonly path: string;
  /** The policy that declares it. */
  readonly policy: string;
  /** Id of its interaction; null for a rule outside interactions, which holds in every one. */
  readonly interaction: Id | null;
  readonly effect: "allow" | "deny";
  /** `process` is written out. Sorted, without repetition. `use` stands for itself alone: see `selectsOperation`. */
  readonly operations: readonly Operation[];
  readonly data: readonly DataRef[];
  readonly basis: Basis | null;
  readonly when: Expr | null;
  readonly unless: Expr | null;
  readonly until: string | null;
  readonly limit: Limit | null;
  readonly duties: readonly DutyCall[];
  readonly told: string | null;
  readonly because: string | null;
  readonly exceptions: readonly Exception[];
}

export interface Promise_ extends Described {
  readonly policy: string;
  readonly text: string;
  readonly lines: readonly PromiseLine[];
}
export interface PromiseLine extends Selector {
  readonly modality: "never" | "always";
  readonly covertly: boolean;
  readonly operations: readonly Operation[];
  readonly data: readonly DataRef[];
  readonly when: Expr | null;
  readonly unless: Expr | null;
  /** The line as written, single-spaced. */
  readonly text: string;
  readonly at: Position;
}

// --------------------------------------------------------------------------------------------------------- expressions

/** int: number; duration: seconds; bool: boolean; time `HH:MM`, date `YYYY-MM-DD`, text, one-of: string; set: sorted strings. */
export type Value = boolean | number | string | readonly string[];

/**
 * What a condition can know, by the name that `missing` reports: `subject.age`, a declared fact's bare name, or one of
 * `data.age`, `group_size`, `local_time`, `today`. Consents and objections have operators of their own.
 */
export type FactName = string;
export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

/** Three-valued (Kleene). Comparisons of booleans are rewritten by the compiler with `not`, `and` and `or`. */
export type Expr =
  | { readonly op: "literal"; readonly value: boolean }
  /** A boolean attribute or fact. */
  | { readonly op: "fact"; readonly fact: FactName }
  | { readonly op: "compare"; readonly operator: Comparison; readonly fact: FactName; readonly value: Value }
  | { readonly op: "compareFacts"; readonly operator: Comparison; readonly left: FactName; readonly right: FactName }
  /** Values sorted, without repetition, never empty. */
  | { readonly op: "in"; readonly fact: FactName; readonly values: readonly Value[] }
  /** Ends included; only times may have `from` later than `to`, and wrap past midnight. */
  | { readonly op: "between"; readonly fact: FactName; readonly from: Value; readonly to: Value }
  | { readonly op: "contains"; readonly fact: FactName; readonly value: string }
  | { readonly op: "consent"; readonly explicit: boolean; readonly purpose: Id | null }
  | { readonly op: "objection"; readonly purpose: Id | null }
  | { readonly op: "outbound" }
  | { readonly op: "condition"; readonly condition: Id }
  | { readonly op: "not"; readonly operand: Expr }
  | { readonly op: "and" | "or"; readonly operands: readonly Expr[] };

/** The built-in facts and their types. */
export const builtinFacts: Readonly<Record<string, Type>> = {
  "data.age": { kind: "duration" },
  group_size: { kind: "int", min: 1, max: null },
  local_time: { kind: "time" },
  today: { kind: "date" },
};

/**
 * The ages of the two pieces of a pair. `data.age` is that of the older in conditions, but `keep at most` asks each piece
 * for its own. These stand in no model, only in the conditions that `bearings` gives; `missing` calls both `data.age`.
 */
export const pieceAges = { data: "data.age of data", with: "data.age of with" } as const;

/** The name under which a fact is reported as missing. */
export function reportedName(fact: FactName): FactName {
  return fact === pieceAges.data || fact === pieceAges.with ? "data.age" : fact;
}
