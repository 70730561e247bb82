import { declareAll } from "./binder/declare.ts";
import type { Surroundings } from "./binder/explain.ts";
import { hindrance, nameable } from "./binder/hindrance.ts";
import { Members } from "./binder/members.ts";
import { Suggestions } from "./binder/nearest.ts";
import { Resolver } from "./binder/resolve.ts";
import type { PolicyScope, TableName } from "./binder/scope.ts";
import { pathText } from "./binder/spelling.ts";
import { bindUses } from "./binder/uses.ts";
import { carryOver } from "./carry-over.ts";
import { checkDeclarations, checkUses } from "./checker/check.ts";
import type { Checking, Place, Shared } from "./checker/checking.ts";
import { checkComparisons } from "./checker/comparisons.ts";
import { checkCycles } from "./checker/cycles.ts";
import { emptyCheck, type FileCheck } from "./checker/file-check.ts";
import { checkTestNames } from "./checker/tests.ts";
import type { Findings } from "./findings.ts";
import { stdScopes, stdUnits } from "./std/std.ts";
import type { Unit } from "./unit.ts";

/** Names and types of a whole program. */
export interface Bound {
  /** By policy, those of std included where they are used. */
  readonly scopes: ReadonlyMap<string, PolicyScope>;
  readonly members: Members;
  /** Levels that some category of the program has. */
  readonly levels: ReadonlySet<string>;
  /** One for each file, those of std included where they are used. */
  readonly checks: ReadonlyMap<Unit, FileCheck>;
}

/**
 * Binds and checks a project's files and the parts of std that they use, in pieces of work between which something else can be done.
 * What holds of an earlier program is kept.
 */
export function* bindProgram(units: readonly Unit[], findings: Findings, before: Bound | null): Generator<void, Bound> {
  const list = declareAll([...units, ...usedStd(units)], findings);
  const scopes = new Map(list.map((scope) => [scope.name, scope]));
  bindUses(scopes, () => [...new Set([...named(scopes), ...named(stdByName())])].sort(), findings);
  yield;
  const members = new Members(list, findings);
  const levels = levelsIn(list);
  const checks = new Map<Unit, FileCheck>();
  const shared: Shared = {
    members,
    levels,
    scales: new Map(),
    meaning: (unit, path) => checks.get(unit)?.meanings.get(path) ?? null,
  };
  const around = surroundings(scopes);
  const holds = before && carryOver(before, { scopes, levels });
  const fresh: { readonly checking: Checking; readonly place: Place }[] = [];
  for (const scope of list) {
    for (const unit of scope.units) {
      const kept = holds?.(scope, unit) ?? null;
      const file = kept ?? emptyCheck(unit);
      checks.set(unit, file);
      if (kept === null) fresh.push({ checking: checkingOf(file, shared, around), place: { scope, unit } });
    }
  }
  yield;
  for (const { checking, place } of fresh) {
    checkDeclarations(checking, place);
    yield;
  }
  checkCycles(shared, list, findings);
  for (const { checking, place } of fresh) {
    checkUses(checking, place);
    yield;
  }
  for (const [unit, check] of checks) for (const finding of check.findings.of(unit.path)) findings.add(unit, finding);
  for (const scope of list) checkTestNames(scope, findings);
  checkComparisons(list, ({ units }) => units.flatMap((unit) => checks.get(unit)!.comparisons), findings);
  return { scopes, members, levels, checks };
}

function checkingOf(file: FileCheck, shared: Shared, around: (file: FileCheck) => Surroundings): Checking {
  const { findings, meanings } = file;
  const surroundings = around(file);
  const resolver = new Resolver(surroundings, findings, meanings);
  return { ...shared, file, findings, resolver, suggestions: surroundings.suggestions };
}

function levelsIn(scopes: readonly PolicyScope[]): ReadonlySet<string> {
  const levels = new Set<string>();
  for (const { vocabulary } of scopes) {
    for (const { kind, node } of vocabulary) {
      if (kind === "category") for (const level of node.precision) levels.add(level.text);
    }
  }
  return levels;
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

/** What surrounds each file. */
function surroundings(scopes: ReadonlyMap<string, PolicyScope>): (file: FileCheck) => Surroundings {
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
  const found = new Map<string, string | null>();
  const hindered = new Map<string, string | null>();
  return (file) => ({
    suggestions: new Suggestions(found),
    lookFar: () => {
      file.looksFar = true;
    },
    hindrance: (scope, policy) => {
      const key = `${scope.name} ${policy}`;
      const other = scopes.get(policy) ?? stdByName().get(policy);
      if (other !== undefined && !hindered.has(key))
        hindered.set(key, hindrance(scopes, scope, other, nameable(scope)));
      return hindered.get(key) ?? null;
    },
    exists: (policy) => scopes.get(policy)?.named === true || stdByName().has(policy),
    declaring: (table: TableName, name: string) => indexed().get(`${table} ${name}`) ?? [],
  });
}
