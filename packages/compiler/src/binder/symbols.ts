import type * as syntax from "@scruple/syntax";
import type { Unit } from "../unit.ts";

/** A declared thing: its kind, its id as the model knows it, and where it is declared. */
interface SymbolBase<K extends string, N> {
  readonly kind: K;
  /** Qualified by the policy: `airline.know_me.bookings`; of a field, `airline.know_me.bookings.email`. */
  readonly id: string;
  readonly name: string;
  /** Name of the policy that declares it. */
  readonly policy: string;
  readonly unit: Unit;
  readonly node: N;
  /** Where its name stands. */
  readonly at: syntax.Range;
}

export type CategorySymbol = SymbolBase<"category", syntax.Category>;
export type PurposeSymbol = SymbolBase<"purpose", syntax.Purpose>;
export type RecipientSymbol = SymbolBase<"recipient", syntax.Recipient>;
export type ChannelSymbol = SymbolBase<"channel", syntax.Channel>;
export type ConditionSymbol = SymbolBase<"condition", syntax.Condition>;
export type DutySymbol = SymbolBase<"duty", syntax.Duty>;
/** `id` is the bare name: facts merge by name over all policies. */
export type FactSymbol = SymbolBase<"fact", syntax.Member>;
/** `id` is `subject.` and the name: attributes merge by name over all policies. */
export type AttributeSymbol = SymbolBase<"attribute", syntax.Member>;
export interface SourceSymbol extends SymbolBase<"source", syntax.Source> {
  readonly fields: ReadonlyMap<string, FieldSymbol>;
}
export interface FieldSymbol extends SymbolBase<"field", syntax.Field> {
  readonly source: SourceSymbol;
}
export interface InteractionSymbol extends SymbolBase<"interaction", syntax.Interaction> {
  /** By name, or `#n` for one without. */
  readonly rules: ReadonlyMap<string, RuleSymbol>;
}
/** `name` is the rule's own name, or `#n`. `id` is its path within its policy: `boarding_greeting.seat`. */
export interface RuleSymbol extends SymbolBase<"rule", syntax.Rule> {
  readonly interaction: InteractionSymbol | null;
}

export type MemberSymbol = FactSymbol | AttributeSymbol;
export type NamedSymbol =
  | CategorySymbol
  | PurposeSymbol
  | RecipientSymbol
  | ChannelSymbol
  | ConditionSymbol
  | DutySymbol
  | FactSymbol
  | AttributeSymbol
  | SourceSymbol
  | FieldSymbol
  | InteractionSymbol
  | RuleSymbol;
export type SymbolKind = NamedSymbol["kind"];
export type SymbolOf<K extends SymbolKind> = Extract<NamedSymbol, { readonly kind: K }>;

/** What DATA may name besides declared things. */
export type DataTarget = CategorySymbol | SourceSymbol | FieldSymbol | "any" | "special";

/** How messages call a kind of thing, with its article. */
export const kindNoun: Readonly<Record<SymbolKind, string>> = {
  category: "a category",
  purpose: "a purpose",
  recipient: "a recipient",
  channel: "a channel",
  condition: "a condition",
  duty: "a duty",
  fact: "a fact",
  attribute: "an attribute of the subject",
  source: "a source",
  field: "a field",
  interaction: "an interaction",
  rule: "a rule",
};
