/**
 * The tree: what a `.scruple` file says, with exact ranges.
 *
 * Offsets are UTF-16 code units from the start of the text; `end` is exclusive. Parsing is total, so every part of a
 * half-written file has its node: a name that is missing is a `Name` with an empty `text` and an empty range, a missing
 * expression is a `missing` node. Comments and other trivia are in `SyntaxTree.tokens`, in order and without gaps.
 */

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** One word, or a name between backticks; `text` is without the backticks, and "" where the name is missing. */
export interface Name extends Range {
  readonly kind: "name";
  readonly text: string;
  readonly quoted: boolean;
}

/** A dotted name: `bookings`, `bookings.seat_preference`, `std.purposes.customer_care`. At least one part. */
export interface Path extends Range {
  readonly kind: "path";
  readonly parts: readonly Name[];
}

// ---------------------------------------------------------------------------------------------------------- literals

export interface IntLiteral extends Range {
  readonly kind: "int";
  /** NaN where the digits are beyond ±(2^53-1); that is reported. */
  readonly value: number;
}
export interface BoolLiteral extends Range {
  readonly kind: "bool";
  readonly value: boolean;
}
/** `value` is minutes since midnight, 0..1439; NaN where there is no such time (reported). */
export interface TimeLiteral extends Range {
  readonly kind: "time";
  readonly value: number;
}
/** `value` is `YYYY-MM-DD` as written; "" where there is no such date (reported). */
export interface DateLiteral extends Range {
  readonly kind: "date";
  readonly value: string;
}
/** `value` is the text that the JSON escapes stand for. */
export interface StringLiteral extends Range {
  readonly kind: "string";
  readonly value: string;
}
export type DurationUnit = "second" | "minute" | "hour" | "day" | "week" | "month" | "year";
export interface DurationLiteral extends Range {
  readonly kind: "duration";
  readonly count: number;
  readonly unit: DurationUnit;
  /** The whole of it in seconds; NaN beyond 2^53-1 or below 0 (reported). */
  readonly seconds: number;
}
export type Literal = IntLiteral | BoolLiteral | TimeLiteral | DateLiteral | StringLiteral | DurationLiteral;

/** `{a, b}`; in expressions, in `given` and in duty arguments. Elements are literals or bare names (one-of values). */
export interface SetLiteral extends Range {
  readonly kind: "set";
  readonly elements: readonly (Literal | Ref)[];
}
/** `a..b`, ends included. */
export interface RangeLiteral extends Range {
  readonly kind: "range";
  readonly from: Literal | Missing;
  readonly to: Literal | Missing;
}

// ------------------------------------------------------------------------------------------------------- expressions

/** `subject.age`, `data.age`, `adult`, `outbound`, `org.rules.adult`, or a value of a one-of type. */
export interface Ref extends Range {
  readonly kind: "ref";
  readonly path: Path;
}
/** Where an expression is expected and none is there. The range is empty. */
export interface Missing extends Range {
  readonly kind: "missing";
}
/** `and` and `or` have two or more operands, flat: `a or b or c` is one node, so depth never grows with length. */
export interface Logical extends Range {
  readonly kind: "and" | "or";
  readonly operands: readonly Expr[];
}
export interface Not extends Range {
  readonly kind: "not";
  readonly operand: Expr;
}
export type CompareOperator = "=" | "!=" | "<" | "<=" | ">" | ">=";
export interface Compare extends Range {
  readonly kind: "compare";
  readonly operator: CompareOperator;
  readonly operatorRange: Range;
  readonly left: Expr;
  readonly right: Expr;
}
export interface Membership extends Range {
  readonly kind: "in";
  readonly left: Expr;
  readonly right: SetLiteral | RangeLiteral | Missing;
}
/** `subject.tags.contains(gold)`; `receiver` is the path without `.contains`. */
export interface Contains extends Range {
  readonly kind: "contains";
  readonly receiver: Ref;
  readonly value: Literal | Ref | Missing;
}
export interface ConsentTest extends Range {
  readonly kind: "consent";
  readonly explicit: boolean;
  readonly purpose: Path | null;
}
export interface ObjectionTest extends Range {
  readonly kind: "objection";
  readonly purpose: Path | null;
}
export interface Parenthesized extends Range {
  readonly kind: "paren";
  readonly inner: Expr;
}
export type Expr =
  | Logical
  | Not
  | Compare
  | Membership
  | Contains
  | ConsentTest
  | ObjectionTest
  | Parenthesized
  | Ref
  | Literal
  | SetLiteral
  | RangeLiteral
  | Missing;

// -------------------------------------------------------------------------------------- documentation and annotations

/** One `///` line; `text` is what follows the slashes, without one leading space. */
export interface Doc extends Range {
  readonly kind: "doc";
  readonly text: string;
}
/** `@id("AIR-3")`, `@review(2026-09-01)`, `@tcf(4)`. */
export interface Annotation extends Range {
  readonly kind: "annotation";
  readonly name: Name;
  readonly args: readonly Literal[];
}
export interface Decorated extends Range {
  readonly docs: readonly Doc[];
  readonly annotations: readonly Annotation[];
}

// ------------------------------------------------------------------------------------------------------------- rules

export type Operation = "collect" | "infer" | "combine" | "use" | "disclose";
/** An operation as written; `word` is "process" for all five, and "" where it is missing or no operation (reported). */
export interface OperationWord extends Range {
  readonly kind: "operation";
  readonly word: Operation | "process" | "";
}
export type BasisWord =
  | "consent"
  | "explicit consent"
  | "contract"
  | "legal_obligation"
  | "legitimate_interest"
  | "vital_interest"
  | "public_task";

/** `name` or `name(param = LITERAL, …)`. */
export interface DutyCall extends Range {
  readonly kind: "dutyCall";
  readonly duty: Path;
  readonly args: readonly DutyArgument[];
}
export interface DutyArgument extends Range {
  readonly kind: "argument";
  readonly name: Name;
  readonly value: Literal | SetLiteral | Ref | Missing;
}

export type ClauseKind = Clause["kind"];
/** A clause of a rule, an exception, a promise or an expectation. `keyword` is the range of its first word. */
export type Clause = Range & { readonly keyword: Range } & (
    | { readonly kind: "with"; readonly data: readonly Path[] }
    | { readonly kind: "for"; readonly purposes: readonly Path[] }
    | { readonly kind: "on"; readonly channels: readonly Path[] }
    | { readonly kind: "to"; readonly recipients: readonly Path[] }
    | { readonly kind: "at"; readonly level: Name }
    | { readonly kind: "under"; readonly basis: BasisWord | ""; readonly purpose: Path | null }
    | { readonly kind: "when"; readonly condition: Expr }
    | { readonly kind: "unless"; readonly condition: Expr }
    | { readonly kind: "until"; readonly date: DateLiteral | Missing }
    | {
        readonly kind: "after";
        /** How many times, at least 0; NaN where missing. */
        readonly count: number;
        /** The window: `every` × `unit`; `every` is 1 where it is left out. */
        readonly every: number;
        readonly unit: DurationUnit | "";
        readonly perChannel: boolean;
      }
    | { readonly kind: "then"; readonly duties: readonly DutyCall[] }
    | { readonly kind: "told"; readonly text: StringLiteral | Missing }
    | { readonly kind: "because"; readonly text: StringLiteral | Missing }
    | { readonly kind: "except"; readonly exceptions: readonly Exception[] }
  );
export type ClauseOf<K extends ClauseKind> = Extract<Clause, { readonly kind: K }>;

/** Clauses stand as written, in their order and with repetitions; `clauseOf` gives the first of a kind. */
export interface Rule extends Decorated {
  readonly kind: "rule";
  readonly name: Name | null;
  readonly effect: "allow" | "deny";
  /** The range of the word `allow` or `deny`. */
  readonly effectRange: Range;
  readonly operations: readonly OperationWord[];
  readonly data: readonly Path[];
  readonly clauses: readonly Clause[];
}
/** `data` is empty where the exception names none, which selects all. */
export interface Exception extends Range {
  readonly kind: "exception";
  readonly data: readonly Path[];
  readonly clauses: readonly Clause[];
}

// ------------------------------------------------------------------------------------------------------ declarations

export interface PolicyHeader extends Decorated {
  readonly kind: "policy";
  readonly name: Path;
}
export interface Use extends Decorated {
  readonly kind: "use";
  readonly policy: Path;
}
export interface Category extends Decorated {
  readonly kind: "category";
  readonly name: Name;
  readonly within: readonly Path[];
  readonly special: Range | null;
  readonly precision: readonly Name[];
}
export type OriginWord = "provided" | "published" | "observed" | "public" | "third_party" | "derived";
export interface Source extends Decorated {
  readonly kind: "source";
  readonly name: Name;
  readonly origin: OriginWord | "";
  readonly originRange: Range;
  readonly derivedFrom: readonly Path[];
  readonly collectedFor: readonly Path[];
  readonly consentFor: Path | null;
  readonly keep: Keep | null;
  readonly fields: readonly Field[];
}
export interface Keep extends Range {
  readonly kind: "keep";
  readonly atMost: DurationLiteral | Missing;
  readonly deletedByStore: Range | null;
  readonly exceptFor: readonly Path[];
}
export interface Field extends Decorated {
  readonly kind: "field";
  readonly name: Name;
  readonly categories: readonly Path[];
}
export interface Purpose extends Decorated {
  readonly kind: "purpose";
  readonly name: Name;
  readonly within: readonly Path[];
}
export interface Recipient extends Decorated {
  readonly kind: "recipient";
  readonly name: Name;
  /** One at most means something; more are reported. */
  readonly within: readonly Path[];
}
export interface Channel extends Decorated {
  readonly kind: "channel";
  readonly name: Name;
  readonly within: readonly Path[];
  readonly reaches: readonly Path[];
  readonly quiet: Quiet | null;
}
export interface Quiet extends Range {
  readonly kind: "quiet";
  readonly hours: RangeLiteral;
  readonly exceptFor: readonly Path[];
}
export type TypeNode =
  | (Range & { readonly kind: "builtinType"; readonly name: "bool" | "text" | "time" | "date" | "duration" })
  | (Range & { readonly kind: "intType"; readonly range: RangeLiteral | null })
  | (Range & { readonly kind: "oneOfType"; readonly values: readonly Name[] })
  | (Range & { readonly kind: "setType"; readonly values: readonly Name[] })
  /** A single word that is no type, or nothing at all. */
  | (Range & { readonly kind: "unknownType"; readonly name: Name });
/** An attribute of the subject, a fact, or a duty's parameter. */
export interface Member extends Decorated {
  readonly kind: "member";
  readonly name: Name;
  readonly optional: boolean;
  readonly type: TypeNode;
}
export interface Subject extends Decorated {
  readonly kind: "subject";
  readonly attributes: readonly Member[];
}
export interface Facts extends Decorated {
  readonly kind: "facts";
  readonly facts: readonly Member[];
}
export interface Condition extends Decorated {
  readonly kind: "condition";
  readonly name: Name;
  readonly value: Expr;
}
export interface Duty extends Decorated {
  readonly kind: "duty";
  readonly name: Name;
  readonly parameters: readonly Member[];
}
export interface Interaction extends Decorated {
  readonly kind: "interaction";
  readonly name: Name;
  readonly startedBy: "company" | "customer" | null;
  readonly until: DateLiteral | Missing | null;
  /** The `purposes` and `channels` lines as written, repetitions and all. */
  readonly bounds: readonly Bound[];
  readonly rules: readonly Rule[];
}
export interface Bound extends Range {
  readonly kind: "purposes" | "channels";
  readonly keyword: Range;
  readonly names: readonly Path[];
}
export interface Promise_ extends Decorated {
  readonly kind: "promise";
  readonly text: StringLiteral | Missing;
  readonly lines: readonly PromiseLine[];
}
/** `never S [covertly] [when W] [unless U]` or `always allow S [when W] [unless U]`. */
export interface PromiseLine extends Decorated {
  readonly kind: "promiseLine";
  readonly modality: "never" | "always";
  readonly operations: readonly OperationWord[];
  readonly data: readonly Path[];
  readonly covertly: Range | null;
  readonly clauses: readonly Clause[];
}
export interface Test extends Decorated {
  readonly kind: "test";
  readonly text: StringLiteral | Missing;
  readonly interaction: Path | null;
  readonly purpose: Path | null;
  readonly channel: Path | null;
  readonly recipient: Path | null;
  readonly given: readonly Given[];
  readonly expectations: readonly Expectation[];
}
export type Given =
  | (Range & { readonly kind: "givenValue"; readonly path: Path; readonly value: Literal | SetLiteral | Ref | Missing })
  | (Range & {
      readonly kind: "givenConsent" | "givenObjection";
      readonly explicit: boolean;
      /** Null where left out, which is an error; the word `any` is a path of one part. */
      readonly purpose: Path | null;
      /** Null means any channel. */
      readonly channel: Path | null;
    });
export interface Expectation extends Decorated {
  readonly kind: "expectation";
  readonly effect: "allow" | "deny";
  readonly operation: OperationWord;
  readonly field: Path;
  readonly with: Path | null;
  readonly recipient: Path | null;
  readonly level: Name | null;
  readonly because: readonly RulePath[];
  readonly duties: readonly DutyCall[];
}
/** `boarding_greeting.seat`, `private_matters`, `offer_email.#2`, `org.guardrails/private_matters`. */
export interface RulePath extends Range {
  readonly kind: "rulePath";
  /** The path as a decision writes it, without backticks: `org.guardrails/sms.quiet`. */
  readonly text: string;
  /** The policy before the slash, or null. */
  readonly policy: Path | null;
  /** What follows the slash; `#2` is a part as written. */
  readonly parts: readonly Name[];
}

export type Declaration =
  | Use
  | Category
  | Source
  | Purpose
  | Recipient
  | Channel
  | Subject
  | Facts
  | Condition
  | Duty
  | Interaction
  | Promise_
  | Test
  | Rule;

export interface SourceFile extends Range {
  readonly kind: "file";
  readonly policy: PolicyHeader | null;
  readonly declarations: readonly Declaration[];
}

/** The first clause of that kind: the one that counts. */
export function clauseOf<K extends ClauseKind>(clauses: readonly Clause[], kind: K): ClauseOf<K> | undefined {
  return clauses.find((clause): clause is ClauseOf<K> => clause.kind === kind);
}
