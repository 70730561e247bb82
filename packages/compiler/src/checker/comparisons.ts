import type { Range } from "@scruple/syntax";
import { usedFirst } from "../binder/graph.ts";
import type { PolicyScope } from "../binder/scope.ts";
import { comparedWithTwo } from "../diagnostics/compared-with-two.ts";
import type { Findings } from "../findings.ts";
import type { Unit } from "../unit.ts";

/** Two attributes or facts that are compared with each other, and where. */
export interface Comparison {
  readonly a: string;
  readonly b: string;
  readonly unit: Unit;
  readonly at: Range;
}
type Partners = ReadonlyMap<string, Comparison>;
const none: Partners = new Map();

/**
 * Reports every second partner, at the comparison that brings it. An attribute or a fact may have one partner in all
 * that a policy brings together: with more, whether a set of conditions can hold would no longer be a matter of looking
 * at pairs. `comparisonsIn` gives those of a policy itself.
 */
export function checkComparisons(
  scopes: readonly PolicyScope[],
  comparisonsIn: (scope: PolicyScope) => readonly Comparison[],
  findings: Findings,
): void {
  const done = new Map<PolicyScope, Partners>();
  const reported = new Set<Comparison>();
  for (const scope of usedFirst(scopes)) {
    const own = comparisonsIn(scope);
    const brought = [...scope.uses.keys()]
      .sort()
      .map((name) => done.get(scope.uses.get(name)!.scope) ?? none)
      .filter((map) => map.size > 0);
    if (own.length === 0 && brought.length <= 1) {
      done.set(scope, brought[0] ?? none);
      continue;
    }
    const partners = new Map<string, Comparison>();
    for (const comparison of [...brought.flatMap((map) => [...map.values()]), ...own]) {
      const clash = enter(partners, comparison);
      if (clash === null || reported.has(comparison)) continue;
      reported.add(comparison);
      findings.add(
        comparison.unit,
        comparedWithTwo.at(comparison.at, [clash.fact, clash.other, clash.partner], {
          related: [
            {
              file: clash.first.unit.path,
              start: clash.first.at.start,
              end: clash.first.at.end,
              message: `\`${clash.fact}\` is compared with \`${clash.partner}\` here.`,
            },
          ],
        }),
      );
    }
    done.set(scope, partners);
  }
}

function enter(partners: Map<string, Comparison>, comparison: Comparison) {
  const { a, b } = comparison;
  for (const [fact, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const first = partners.get(fact);
    const partner = first && (first.a === fact ? first.b : first.a);
    if (partner !== undefined && partner !== other) return { fact, other, partner, first: first! };
  }
  if (!partners.has(a)) partners.set(a, comparison);
  if (!partners.has(b)) partners.set(b, comparison);
  return null;
}
