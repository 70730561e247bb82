import type { Range } from "@scruple/syntax";
import { unknownPolicy } from "../diagnostics/unknown-policy.ts";
import type { Findings } from "../findings.ts";
import { reportCycles } from "./cycle-report.ts";
import { nearest } from "./nearest.ts";
import type { PolicyScope } from "./scope.ts";
import { isIncomplete, pathText, replaceFix, spell } from "./spelling.ts";

/**
 * Ties every `use` to the policy that it names, and reports those that lead nowhere or in a circle. `known` are the
 * names that a misspelt one may have meant: the program's policies and all of std.
 */
export function bindUses(
  scopes: ReadonlyMap<string, PolicyScope>,
  known: () => readonly string[],
  findings: Findings,
): void {
  const edges = new Map<PolicyScope, { to: PolicyScope; at: Range; file: string }[]>();
  for (const scope of scopes.values()) {
    const own: { to: PolicyScope; at: Range; file: string }[] = [];
    edges.set(scope, own);
    for (const { unit, node } of scope.useNodes) {
      if (isIncomplete(node.policy)) continue;
      const name = pathText(node.policy);
      const target = scopes.get(name);
      if (!target) {
        const near = nearest(name, known());
        const fixes = near === null ? [] : [replaceFix(node.policy, spell(near))];
        findings.add(unit, unknownPolicy.at(node.policy, [name, near], { fixes }));
        continue;
      }
      own.push({ to: target, at: node.policy, file: unit.path });
      if (target !== scope && !scope.uses.has(name)) scope.uses.set(name, { unit, node, scope: target });
    }
  }
  reportCycles(
    scopes.values(),
    (scope) => edges.get(scope) ?? [],
    (scope) => scope.name,
    "uses",
    findings,
  );
}
