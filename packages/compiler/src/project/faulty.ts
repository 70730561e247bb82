import type { PolicyScope } from "../binder/scope.ts";
import { catalogue } from "../diagnostics/catalogue.ts";
import type { Findings } from "../findings.ts";
import type { Unit } from "../unit.ts";

/**
 * The policies that have an error, or use one that has. A project may show an error as less, but what it says of a
 * policy stays unclear. A file that cannot be read, or that names no policy, could hold denials of any of them: then
 * none can be trusted.
 */
export function faultyPolicies(
  units: readonly Unit[],
  scopes: ReadonlyMap<string, PolicyScope>,
  findings: Findings,
): ReadonlySet<PolicyScope> {
  if (units.some((unit) => unit.policy === null)) return new Set(scopes.values());
  const users = new Map<PolicyScope, PolicyScope[]>();
  for (const scope of scopes.values()) {
    for (const use of scope.uses.values()) users.set(use.scope, [...(users.get(use.scope) ?? []), scope]);
  }
  const faulty = new Set<PolicyScope>();
  for (const scope of scopes.values()) if (scope.units.some((unit) => hasError(unit, findings))) faulty.add(scope);
  // A Set grows while it is walked, and the walk reaches what is added.
  for (const scope of faulty) for (const user of users.get(scope) ?? []) faulty.add(user);
  return faulty;
}

function hasError(unit: Unit, findings: Findings): boolean {
  return findings.of(unit.path).some((finding) => (catalogue.get(finding.code)?.severity ?? "error") === "error");
}
