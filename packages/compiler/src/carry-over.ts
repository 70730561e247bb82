import type { Finding } from "@scruple/syntax";
import type { Bound } from "./bind-program.ts";
import { outlineOf } from "./binder/outline.ts";
import type { Meaning } from "./binder/resolve.ts";
import type { PolicyScope } from "./binder/scope.ts";
import type { NamedSymbol, SourceSymbol } from "./binder/symbols.ts";
import type { FileCheck } from "./checker/file-check.ts";
import type { Unit } from "./unit.ts";

type Known = Pick<Bound, "scopes" | "levels">;

/**
 * Says which checks of an earlier program hold in a later one.
 *
 * What the check of a file finds depends on the file, on the levels of the program, and on what can be seen of the
 * policy that it belongs to and of those that this uses, directly or not; where it has looked far, on what can be seen
 * of the whole program. If all that is as it was, the check holds. The declarations that it names are then there again,
 * but those of an edited file may have moved: names are tied to them anew, and a check with a finding that points into
 * such a file is made again.
 */
export function carryOver(before: Bound, after: Known): (scope: PolicyScope, unit: Unit) => FileCheck | null {
  const affected = affectedScopes(before, after);
  const now = new Set([...after.scopes.values()].flatMap(({ units }) => units));
  const gone = new Set([...before.checks.keys()].filter((unit) => !now.has(unit)));
  const goneFiles = new Set([...gone].map(({ path }) => path));
  let isSameFarAway: boolean | null = null;
  return (scope, unit) => {
    const check = before.checks.get(unit);
    if (check === undefined || affected.has(scope)) return null;
    if (check.looksFar) {
      isSameFarAway ??= sameTexts(farView(before), farView(after));
      if (!isSameFarAway) return null;
    }
    if (check.findings.of(unit.path).some((finding) => pointsInto(finding, goneFiles))) return null;
    return namesAny(check, gone) ? tiedAnew(check, gone, after.scopes) : check;
  };
}

/** The policies that are not what they were, or use one that is not. */
function affectedScopes(before: Known, after: Known): ReadonlySet<PolicyScope> {
  const scopes = [...after.scopes.values()];
  if (levelsOf(before) !== levelsOf(after)) return new Set(scopes);
  const users = new Map<PolicyScope, PolicyScope[]>();
  const affected = new Set<PolicyScope>();
  for (const scope of scopes) {
    for (const use of scope.uses.values()) {
      const list = users.get(use.scope);
      if (list) list.push(scope);
      else users.set(use.scope, [scope]);
    }
    const old = before.scopes.get(scope.name);
    if (old === undefined || !sameTexts(nearView(old), nearView(scope))) affected.add(scope);
  }
  // A Set grows while it is walked, and the walk reaches what is added.
  for (const scope of affected) for (const user of users.get(scope) ?? []) affected.add(user);
  return affected;
}

function levelsOf({ levels }: Known): string {
  return JSON.stringify([...levels].sort());
}

/** What can be seen of a policy: its vocabulary, and which of the policies that it uses there are. */
function nearView({ units, uses }: PolicyScope): readonly string[] {
  return [JSON.stringify([...uses.keys()]), ...units.map((unit) => outlineOf(unit).vocabulary)];
}

/** What can be seen of a whole program. */
function farView({ scopes }: Known): readonly string[] {
  return [...scopes.values()].flatMap((scope) => [
    scope.name,
    ...nearView(scope),
    ...scope.units.map((unit) => outlineOf(unit).interactions),
  ]);
}

/** Texts of files that have not changed are the same strings, so this takes no time. */
function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, i) => text === b[i]);
}

/** Checks are kept over many compilations, and so is which files they name. */
const namedUnits = new WeakMap<FileCheck, ReadonlySet<Unit>>();

function namesAny(check: FileCheck, units: ReadonlySet<Unit>): boolean {
  let named = namedUnits.get(check);
  if (named === undefined) {
    named = new Set([...check.meanings.values()].filter(isSymbol).map(({ unit }) => unit));
    namedUnits.set(check, named);
  }
  for (const unit of units) if (named.has(unit)) return true;
  return false;
}

function isSymbol(meaning: Meaning): meaning is NamedSymbol {
  return meaning !== null && typeof meaning !== "string";
}

function pointsInto({ related = [] }: Finding, files: ReadonlySet<string>): boolean {
  return related.some(({ file }) => file !== undefined && files.has(file));
}

/** The check with the declarations of today in the place of those that are gone; null if one has no heir. */
function tiedAnew(
  check: FileCheck,
  gone: ReadonlySet<Unit>,
  scopes: ReadonlyMap<string, PolicyScope>,
): FileCheck | null {
  const meanings = new Map<Parameters<FileCheck["meanings"]["get"]>[0], Meaning>();
  for (const [path, meaning] of check.meanings) {
    const heir = isSymbol(meaning) && gone.has(meaning.unit) ? heirOf(meaning, scopes) : meaning;
    if (heir === undefined) return null;
    meanings.set(path, heir);
  }
  return { ...check, meanings };
}

/** The declaration that has a name now. */
function heirOf(symbol: NamedSymbol, scopes: ReadonlyMap<string, PolicyScope>): NamedSymbol | undefined {
  const scope = scopes.get(symbol.policy);
  if (scope === undefined) return undefined;
  const { tables, attributes } = scope;
  const { name } = symbol;
  switch (symbol.kind) {
    case "attribute":
      return attributes.get(name);
    case "field":
      return (heirOf(symbol.source, scopes) as SourceSymbol | undefined)?.fields.get(name);
    case "category":
    case "source":
      return tables.data.get(name);
    case "fact":
    case "condition":
      return tables.known.get(name);
    case "rule":
      return tables.head.get(name);
    default:
      return tables[symbol.kind].get(name);
  }
}
