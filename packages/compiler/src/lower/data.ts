import type { DataRef, Id } from "@scruple/model";
import { type Clause, clauseOf, type Path } from "@scruple/syntax";
import type { Lowering } from "./lowering.ts";

/** What DATA names, each once, in the order of the text. */
export function lowerData(lowering: Lowering, paths: readonly Path[]): DataRef[] {
  const found = new Map<string, DataRef>();
  for (const path of paths) {
    const ref = lowerDataRef(lowering, path);
    found.set("id" in ref ? `${ref.kind} ${ref.id}` : ref.kind, ref);
  }
  return [...found.values()];
}

function lowerDataRef(lowering: Lowering, path: Path): DataRef {
  const target = lowering.meaning(path);
  if (target === "any" || target === "special") return { kind: target };
  if (target?.kind === "category" || target?.kind === "source" || target?.kind === "field") {
    return { kind: target.kind, id: target.id };
  }
  throw new Error(`unresolved data at ${path.start}`);
}

/** The selectors that stand among the clauses; null for those that are left out. */
export function lowerSelectors(lowering: Lowering, clauses: readonly Clause[]) {
  const paired = clauseOf(clauses, "with");
  const ids = (paths: readonly Path[] | undefined): Id[] | null => (paths ? lowering.ids(paths) : null);
  return {
    with: paired ? lowerData(lowering, paired.data) : null,
    purposes: ids(clauseOf(clauses, "for")?.purposes),
    channels: ids(clauseOf(clauses, "on")?.channels),
    recipients: ids(clauseOf(clauses, "to")?.recipients),
    level: clauseOf(clauses, "at")?.level.text ?? null,
  };
}

/** The conditions after `when` and `unless`. */
export function lowerConditions(lowering: Lowering, clauses: readonly Clause[]) {
  const condition = (kind: "when" | "unless") => {
    const clause = clauseOf(clauses, kind);
    if (!clause) return null;
    const expr = lowering.check.conditions.get(clause.condition);
    if (!expr) throw new Error(`unchecked condition at ${clause.start}`);
    return expr;
  };
  return { when: condition("when"), unless: condition("unless") };
}
