import type { PolicyScope } from "./scope.ts";
import type { FieldSymbol } from "./symbols.ts";

/** Of each policy that was asked about, the fields that it sees by name; null where several sources have one. */
const indexes = new WeakMap<PolicyScope, ReadonlyMap<string, FieldSymbol | null>>();

/** The field of that name, if exactly one of the sources that the policy sees has one. Asked once all `use` are bound. */
export function onlyField(scope: PolicyScope, name: string): FieldSymbol | null {
  let index = indexes.get(scope);
  if (index === undefined) {
    index = indexFields(scope);
    indexes.set(scope, index);
  }
  return index.get(name) ?? null;
}

function indexFields(scope: PolicyScope): ReadonlyMap<string, FieldSymbol | null> {
  const index = new Map<string, FieldSymbol | null>();
  for (const { tables } of [scope, ...[...scope.uses.values()].map((use) => use.scope)]) {
    for (const symbol of tables.data.values()) {
      if (symbol.kind !== "source") continue;
      for (const [name, field] of symbol.fields) index.set(name, index.has(name) ? null : field);
    }
  }
  return index;
}
