import type * as syntax from "@scruple/syntax";
import type { PolicyScope, TableName } from "./scope.ts";
import type { FieldSymbol, NamedSymbol, SourceSymbol } from "./symbols.ts";

/** Every declaration in the table that the path can mean: the policy's own first, and alone where there is one. */
export function readings(scope: PolicyScope, table: TableName, path: syntax.Path): NamedSymbol[] {
  const { parts } = path;
  return parts.length === 1
    ? bareReadings(scope, table, parts[0]!.text)
    : qualifiedReadings(scope, table, prefix(parts, parts.length - 1), parts.at(-1)!.text);
}

/** The readings of a name that stands alone. */
export function bareReadings(scope: PolicyScope, table: TableName, name: string): NamedSymbol[] {
  const own = scope.tables[table].get(name);
  if (own) return [own];
  const found: NamedSymbol[] = [];
  for (const use of scope.uses.values()) {
    const symbol = use.scope.tables[table].get(name);
    if (!symbol) continue;
    // One fact declared by several policies is one fact.
    if (symbol.kind === "fact" && found.some((other) => other.kind === "fact")) continue;
    found.push(symbol);
  }
  return found;
}

function qualifiedReadings(scope: PolicyScope, table: TableName, policy: string, name: string): NamedSymbol[] {
  const target = policy === scope.name ? scope : scope.uses.get(policy)?.scope;
  const symbol = target?.tables[table].get(name);
  return symbol ? [symbol] : [];
}

/** Fields that the path can mean, its last part being the field and what precedes the source. */
export function fieldReadings(scope: PolicyScope, path: syntax.Path): FieldSymbol[] {
  const { parts } = path;
  if (parts.length < 2) return [];
  const field = parts.at(-1)!.text;
  return sourcesBefore(scope, parts)
    .map((source) => source.fields.get(field))
    .filter((found) => found !== undefined);
}

/** The sources that all parts but the last can mean. */
export function sourcesBefore(scope: PolicyScope, parts: readonly syntax.Name[]): SourceSymbol[] {
  const name = parts.at(-2)!.text;
  const found =
    parts.length === 2
      ? bareReadings(scope, "data", name)
      : qualifiedReadings(scope, "data", prefix(parts, parts.length - 2), name);
  return found.filter((symbol) => symbol.kind === "source");
}

function prefix(parts: readonly syntax.Name[], length: number): string {
  return parts
    .slice(0, length)
    .map((part) => part.text)
    .join(".");
}
