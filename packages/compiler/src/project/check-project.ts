import type { PolicyScope } from "../binder/scope.ts";
import { emptyFile } from "../diagnostics/empty-file.ts";
import { nothingToBuild } from "../diagnostics/nothing-to-build.ts";
import { reservedPolicy } from "../diagnostics/reserved-policy.ts";
import type { Findings } from "../findings.ts";
import type { Unit } from "../unit.ts";

/** Checks what the files make together: policies that nothing comes of, files that say nothing, names that are taken. */
export function checkProject(
  units: readonly Unit[],
  scopes: ReadonlyMap<string, PolicyScope>,
  findings: Findings,
): void {
  const used = new Set<PolicyScope>();
  for (const scope of scopes.values()) for (const use of scope.uses.values()) used.add(use.scope);
  for (const unit of units) {
    const header = unit.tree.file.policy;
    if (!header || unit.policy === null) continue;
    if (unit.policy === "std" || unit.policy.startsWith("std.")) {
      findings.add(unit, reservedPolicy.at(header.name, [unit.policy]));
    } else if (unit.tree.file.declarations.length === 0 && unit.tree.findings.length === 0) {
      findings.add(unit, emptyFile.at(header.name, []));
    }
  }
  for (const scope of scopes.values()) {
    if (!scope.named || scope.std || used.has(scope)) continue;
    if (scope.symbols.some((symbol) => symbol.kind === "interaction")) continue;
    const unit = scope.units[0]!;
    const header = unit.tree.file.policy;
    if (header && unit.tree.file.declarations.length > 0)
      findings.add(unit, nothingToBuild.at(header.name, [scope.name]));
  }
}
