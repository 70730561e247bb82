import { declareAll } from "./binder/declare.ts";
import type { Surroundings } from "./binder/explain.ts";
import { Members } from "./binder/members.ts";
import { Suggestions } from "./binder/nearest.ts";
import { Resolver } from "./binder/resolve.ts";
import type { PolicyScope, TableName } from "./binder/scope.ts";
import { pathText } from "./binder/spelling.ts";
import { bindUses } from "./binder/uses.ts";
import { checkAll } from "./checker/check.ts";
import type { Checking } from "./checker/checking.ts";
import { Comparisons } from "./checker/comparisons.ts";
import type { Findings } from "./findings.ts";
import { stdScopes, stdUnits } from "./std/std.ts";
import type { Unit } from "./unit.ts";

/** Binds and checks a project's files and the parts of std that they use. */
export function bindProgram(
  units: readonly Unit[],
  findings: Findings,
): { scopes: ReadonlyMap<string, PolicyScope>; checking: Checking } {
  const list = declareAll([...units, ...usedStd(units)], findings);
  const scopes = new Map(list.map((scope) => [scope.name, scope]));
  const around = surroundings(scopes);
  bindUses(scopes, () => [...new Set([...named(scopes), ...named(stdByName())])].sort(), findings);
  const checking: Checking = {
    findings,
    resolver: new Resolver(around, findings),
    suggestions: around.suggestions,
    members: new Members(list, findings),
    comparisons: new Comparisons(),
    levels: new Set(
      list.flatMap((scope) =>
        scope.symbols.flatMap((symbol) =>
          symbol.kind === "category" ? symbol.node.precision.map((level) => level.text) : [],
        ),
      ),
    ),
    scales: new Map(),
    conditions: new Map(),
    values: new Map(),
    givenFacts: new Map(),
  };
  checkAll(checking, list);
  return { scopes, checking };
}

/** The std files that the project's files use, and those that these use. */
function usedStd(units: readonly Unit[]): Unit[] {
  const byPolicy = new Map<string, Unit[]>();
  for (const unit of stdUnits()) byPolicy.set(unit.policy!, [...(byPolicy.get(unit.policy!) ?? []), unit]);
  const found = new Set<Unit>();
  const visit = (unit: Unit) => {
    for (const node of unit.tree.file.declarations) {
      if (node.kind === "use") for (const used of byPolicy.get(pathText(node.policy)) ?? []) found.add(used);
    }
  };
  for (const unit of units) visit(unit);
  // A Set grows while it is walked, and the walk reaches what is added.
  for (const unit of found) visit(unit);
  return [...found].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function stdByName(): ReadonlyMap<string, PolicyScope> {
  return new Map(stdScopes().map((scope) => [scope.name, scope]));
}

function named(scopes: ReadonlyMap<string, PolicyScope>): string[] {
  return [...scopes.values()].filter((scope) => scope.named).map((scope) => scope.name);
}

function surroundings(scopes: ReadonlyMap<string, PolicyScope>): Surroundings {
  let index: Map<string, string[]> | null = null;
  const indexed = () => {
    if (index) return index;
    index = new Map();
    const all = new Map([...stdByName(), ...scopes]);
    for (const scope of [...all.values()].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (!scope.named) continue;
      for (const [table, names] of Object.entries(scope.tables)) {
        for (const name of names.keys()) {
          const key = `${table} ${name}`;
          const list = index.get(key);
          if (list) list.push(scope.name);
          else index.set(key, [scope.name]);
        }
      }
    }
    return index;
  };
  return {
    suggestions: new Suggestions(),
    exists: (policy) => scopes.get(policy)?.named === true || stdByName().has(policy),
    declaring: (table: TableName, name: string) => indexed().get(`${table} ${name}`) ?? [],
  };
}
