import { atomsOf } from "@scruple/analysis";
import { type Expr, type FactName, reportedName, type World } from "@scruple/model";

const known = new WeakMap<object, readonly FactName[]>();

/** What a rule or an exception asks by itself, as `missing` calls it. */
export function factsOf(world: World, item: { readonly says: readonly Expr[] }): readonly FactName[] {
  const before = known.get(item);
  if (before !== undefined) return before;
  const names = new Set<FactName>();
  for (const atom of atomsOf(world, item.says)) {
    if ("fact" in atom) names.add(reportedName(atom.fact));
    else if (atom.op === "compareFacts") for (const one of [atom.left, atom.right]) names.add(reportedName(one));
    else if (atom.op === "consent") names.add("consents");
    else if (atom.op === "objection") names.add("objections");
  }
  const found = [...names].sort();
  known.set(item, found);
  return found;
}
