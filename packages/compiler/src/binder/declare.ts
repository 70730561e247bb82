import type { Findings } from "../findings.ts";
import type { Unit } from "../unit.ts";
import { type Declarations, declarationsIn, duplicate, policyKey } from "./declarations.ts";
import { emptyTables, type PolicyScope } from "./scope.ts";
import type { NamedSymbol } from "./symbols.ts";

/** The scopes of a program's policies, with every declaration in its table. `units` are sorted by path. */
export function declareAll(units: readonly Unit[], findings: Findings): PolicyScope[] {
  const groups = new Map<string, Unit[]>();
  for (const unit of units) {
    const key = policyKey(unit);
    const group = groups.get(key);
    if (group) group.push(unit);
    else groups.set(key, [unit]);
  }
  return [...groups].map(([name, group]) => {
    const declared = group.map(declarationsIn);
    const scope: PolicyScope = {
      name,
      named: group[0]!.policy !== null,
      std: group.some((unit) => unit.std),
      units: group,
      tables: emptyTables(),
      attributes: new Map(),
      symbols: declared.flatMap(({ symbols }) => symbols),
      uses: new Map(),
      rules: declared.flatMap(({ rules }) => rules),
      promises: declared.flatMap(({ promises }) => promises),
      tests: declared.flatMap(({ tests }) => tests),
      useNodes: declared.flatMap(({ useNodes }) => useNodes),
    };
    for (const one of declared) enter(scope, one, findings);
    return scope;
  });
}

/** Puts what a file declares into its policy's tables. The first of a name keeps it. */
function enter(
  scope: PolicyScope,
  { unit, entries, attributes, findings: own }: Declarations,
  findings: Findings,
): void {
  for (const finding of own) findings.add(unit, finding);
  for (const { symbol, tables } of entries) {
    let clash: NamedSymbol | undefined;
    for (const table of tables) clash ??= scope.tables[table].get(symbol.name);
    if (clash) findings.add(symbol.unit, duplicate(symbol, clash));
    for (const table of tables) {
      const names = scope.tables[table];
      if (!names.has(symbol.name)) names.set(symbol.name, symbol);
    }
  }
  for (const symbol of attributes) {
    const first = scope.attributes.get(symbol.name);
    if (first) findings.add(symbol.unit, duplicate(symbol, first));
    else scope.attributes.set(symbol.name, symbol);
  }
}
