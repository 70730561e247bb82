import type { PolicyScope } from "./scope.ts";

/**
 * The nodes in an order in which each stands after those that it points to; where they point at each other, in some
 * order. Nodes that are only pointed to are there too. Walks without recursion: a chain may be of any length.
 */
export function targetsFirst<N>(nodes: Iterable<N>, targets: (node: N) => Iterable<N>): N[] {
  const order: N[] = [];
  const seen = new Set<N>();
  for (const start of nodes) {
    if (seen.has(start)) continue;
    seen.add(start);
    const stack = [{ node: start, rest: targets(start)[Symbol.iterator]() }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const next = top.rest.next();
      if (next.done) {
        order.push(top.node);
        stack.pop();
      } else if (!seen.has(next.value)) {
        seen.add(next.value);
        stack.push({ node: next.value, rest: targets(next.value)[Symbol.iterator]() });
      }
    }
  }
  return order;
}

/** Policies that a policy uses directly, sorted by name. */
export function usedBy(scope: PolicyScope): PolicyScope[] {
  return [...scope.uses.values()].map((use) => use.scope).sort(byName);
}

/** Each policy after those that it uses. */
export function usedFirst(scopes: Iterable<PolicyScope>): PolicyScope[] {
  return targetsFirst(scopes, usedBy);
}

/** The policy and all that it uses, directly or not: itself first, the others sorted by name. */
export function closureOf(scope: PolicyScope): PolicyScope[] {
  const seen = new Set([scope]);
  // A Set grows while it is walked, and the walk reaches what is added.
  for (const at of seen) for (const use of at.uses.values()) seen.add(use.scope);
  seen.delete(scope);
  return [scope, ...[...seen].sort(byName)];
}

function byName(a: PolicyScope, b: PolicyScope): number {
  return a.name < b.name ? -1 : 1;
}
