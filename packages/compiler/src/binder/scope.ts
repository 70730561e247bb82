import type * as syntax from "@scruple/syntax";
import type { Unit } from "../unit.ts";
import type { AttributeSymbol, NamedSymbol, RuleSymbol } from "./symbols.ts";

/**
 * The name spaces of a policy. `head` is what a rule's path may begin with: interactions, rules outside them, channels
 * and sources share it, besides the table that each of them is looked up in.
 */
export type TableName = "data" | "known" | "purpose" | "recipient" | "channel" | "duty" | "interaction" | "head";
export type Tables = Readonly<Record<TableName, Map<string, NamedSymbol>>>;

/** A `use` of a policy that exists: where it stands, and what it brings. */
export interface UseSite {
  readonly unit: Unit;
  readonly node: syntax.Use;
  readonly scope: PolicyScope;
}
/** A declaration that has no name of its own, and the file that holds it. */
export interface Placed<N> {
  readonly unit: Unit;
  readonly node: N;
}

/** All that the files of one policy declare. */
export interface PolicyScope {
  /** The policy's name; for a file without one, a key that no policy can have. */
  readonly name: string;
  /** False for the scope of a file that names no policy. */
  readonly named: boolean;
  readonly std: boolean;
  readonly units: readonly Unit[];
  readonly tables: Tables;
  readonly attributes: Map<string, AttributeSymbol>;
  /** Every symbol, also those whose name was taken before, in the order of files and text. */
  readonly symbols: readonly NamedSymbol[];
  /** Those of them that are no interactions and no rules. */
  readonly vocabulary: readonly NamedSymbol[];
  /** The policies that it uses directly and that exist, by name. */
  readonly uses: Map<string, UseSite>;
  /** Rules outside interactions, in the order of files and text. */
  readonly rules: readonly RuleSymbol[];
  readonly promises: readonly Placed<syntax.Promise_>[];
  readonly tests: readonly Placed<syntax.Test>[];
  /** Every `use` as written. */
  readonly useNodes: readonly Placed<syntax.Use>[];
}

export function emptyTables(): Tables {
  const table = () => new Map<string, NamedSymbol>();
  return {
    data: table(),
    known: table(),
    purpose: table(),
    recipient: table(),
    channel: table(),
    duty: table(),
    interaction: table(),
    head: table(),
  };
}
