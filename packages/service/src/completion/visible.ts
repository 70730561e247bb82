import {
  type NamedSymbol,
  type PolicyScope,
  type Program,
  stdScopes,
  type TableName,
  type Tables,
} from "@scruple/compiler";
import { addable } from "./usable.ts";

/** A declaration as it can be named from a policy. */
export interface Visible {
  readonly symbol: NamedSymbol;
  /** `own`, `used`, or of a policy that the file would have to `use`. */
  readonly from: "own" | "used" | "elsewhere";
  /** True where its name alone would mean something else, or nothing. */
  readonly isQualified: boolean;
}

/** What the policy can name in a table: its own, what the policies that it uses declare, and what it could use. */
export function* visibleIn(program: Program, scope: PolicyScope, table: TableName): Generator<Visible> {
  for (const symbol of scope.tables[table].values()) yield { symbol, from: "own", isQualified: false };
  const used = [...scope.uses.values()].map((use) => use.scope);
  const count = new Map<string, number>();
  for (const { tables } of used) for (const name of tables[table].keys()) count.set(name, (count.get(name) ?? 0) + 1);
  const facts = new Set<string>();
  for (const { tables } of used) {
    for (const [name, symbol] of tables[table]) {
      if (symbol.kind === "fact" && (facts.has(name) || facts.add(name) === undefined)) continue;
      const isQualified = scope.tables[table].has(name) || (count.get(name)! > 1 && symbol.kind !== "fact");
      yield { symbol, from: "used", isQualified };
    }
  }
  for (const other of addable(program, scope)) {
    for (const [name, symbol] of other.tables[table])
      yield { symbol, from: "elsewhere", isQualified: scope.tables[table].has(name) || count.has(name) };
  }
}

/** A policy that is named before a name, and how what it declares can be named; null where it cannot be. */
export function visibleFrom(
  program: Program,
  scope: PolicyScope,
  name: string,
): { readonly tables: Tables; readonly from: Visible["from"] } | null {
  if (name === scope.name) return { tables: scope.tables, from: "own" };
  const used = scope.uses.get(name)?.scope;
  if (used !== undefined) return { tables: used.tables, from: "used" };
  const other = addable(program, scope).find((one) => one.name === name);
  return other === undefined ? null : { tables: other.tables, from: "elsewhere" };
}

/** The declarations of one name space of one policy, as they are named behind the policy's name. */
export function scopeNamed(program: Program, name: string): PolicyScope | null {
  return program.scopes.get(name) ?? stdScopes().find((scope) => scope.name === name) ?? null;
}
