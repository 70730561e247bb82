import { declarationsIn } from "../binder/declarations.ts";
import { targetsFirst } from "../binder/graph.ts";
import type { CategorySymbol, FieldSymbol } from "../binder/symbols.ts";
import { repeatedValue } from "../diagnostics/repeated-value.ts";
import { twoScales } from "../diagnostics/two-scales.ts";
import type { Checking, Place, Shared } from "./checking.ts";

/** Resolves what categories are within, and sees that each level of a scale stands there once. */
export function checkCategories(checking: Checking, { scope, unit }: Place): void {
  for (const symbol of declarationsIn(unit).vocabulary) {
    if (symbol.kind !== "category") continue;
    for (const path of symbol.node.within) checking.resolver.find(scope, unit, path, "category");
    const seen = new Map<string, { start: number; end: number }>();
    for (const level of symbol.node.precision) {
      const first = seen.get(level.text);
      if (first && level.text !== "") {
        const related = [{ start: first.start, end: first.end, message: "It is first listed here." }];
        checking.findings.add(unit, repeatedValue.at(level, [level.text], { related }));
      } else seen.set(level.text, level);
    }
  }
}

/** Sees that no field is measured on two scales. */
export function checkScales(checking: Checking, { unit }: Place): void {
  for (const symbol of declarationsIn(unit).vocabulary) {
    if (symbol.kind !== "field") continue;
    const [first, second] = scalesOfField(checking, symbol);
    if (!first || !second) continue;
    checking.findings.add(
      unit,
      twoScales.at(symbol.at, [symbol.name, first.name, second.name], {
        related: [first, second].map((category) => ({
          file: category.unit.path,
          ...category.at,
          message: `\`${category.name}\` is measured in ${category.node.precision.map((level) => `\`${level.text}\``).join(", ")}.`,
        })),
      }),
    );
  }
}

/** The categories that give a field its scale: one for each scale that differs from the others. */
export function scalesOfField(shared: Shared, field: FieldSymbol): CategorySymbol[] {
  const found: CategorySymbol[] = [];
  for (const path of field.node.categories) {
    const category = shared.meaning(field.unit, path);
    if (category === null || typeof category === "string" || category.kind !== "category") continue;
    for (const scale of scalesOf(shared, category))
      if (!found.some((other) => sameScale(other, scale))) found.push(scale);
  }
  return found;
}

function sameScale(a: CategorySymbol, b: CategorySymbol): boolean {
  if (a === b) return true;
  const [left, right] = [a.node.precision, b.node.precision];
  return left.length === right.length && left.every((level, i) => level.text === right[i]!.text);
}

/** A category and those that it is within, of which each declares a scale. */
function scalesOf(shared: Shared, category: CategorySymbol): readonly CategorySymbol[] {
  const { scales } = shared;
  const known = scales.get(category);
  if (known) return known;
  for (const at of targetsFirst([category], (node) => (scales.has(node) ? [] : parentsOf(shared, node)))) {
    if (scales.has(at)) continue;
    const inherited = new Set(parentsOf(shared, at).flatMap((parent) => scales.get(parent) ?? []));
    if (at.node.precision.length > 0) inherited.add(at);
    scales.set(at, [...inherited]);
  }
  return scales.get(category) ?? [];
}

function parentsOf(shared: Shared, category: CategorySymbol): CategorySymbol[] {
  return category.node.within
    .map((path) => shared.meaning(category.unit, path))
    .filter(
      (symbol): symbol is CategorySymbol => symbol !== null && typeof symbol !== "string" && symbol.kind === "category",
    );
}
