import { classCount } from "../theory/domain.ts";
import type { PairVariable } from "../theory/variable.ts";
import { describeFact } from "./fact.ts";
import { namePath } from "./values.ts";

/** Some combinations of two facts that are free on their own: classes of each, null for unknown, and relations, null for any. */
interface Product {
  readonly left: ReadonlySet<number | null>;
  readonly right: ReadonlySet<number | null>;
  readonly relations: ReadonlySet<string> | null;
}

/** What some combinations say of two facts that are compared: alternatives, each a list of parts that hold together. */
export function describePair(variable: PairVariable, mask: Uint8Array): readonly (readonly string[])[] {
  return products(variable, mask).map((product) => describeProduct(variable, product));
}

function describeProduct(
  { facts, types, domains }: PairVariable,
  { left, right, relations }: Product,
): readonly string[] {
  const side = (index: 0 | 1, classes: ReadonlySet<number | null>, other: ReadonlySet<number | null>) => {
    const mask = new Uint8Array(classCount(domains[index]) + 1);
    for (const one of classes) mask[one === null ? 0 : one + 1] = 1;
    // A relation implies that both are known.
    const isImplied =
      relation !== null && mask.subarray(1).every((one) => one === 1) && !other.has(null) && mask[0] === 0;
    return isImplied ? [] : describeFact(facts[index], types[index], domains[index], mask);
  };
  const relation = relationText(relations, domains[0].kind === "line");
  const alternatives = [side(0, left, right), side(1, right, left)].filter((texts) => texts.length > 0);
  const parts = alternatives.map((texts) => (texts.length === 1 ? texts[0]! : `(${texts.join(" or ")})`));
  return [...parts, ...(relation === null ? [] : [`${namePath(facts[0])} ${relation} ${namePath(facts[1])}`])];
}

/** Null where it says nothing. */
export function relationText(relations: ReadonlySet<string> | null, isLine: boolean): string | null {
  if (relations === null) return null;
  const has = (...list: readonly string[]) => list.length === relations.size && list.every((one) => relations.has(one));
  if (relations.size === 0 || has("<", "=", ">") || has("=", "!=")) return null;
  if (has("<", "=")) return "<=";
  if (has("=", ">")) return ">=";
  if (has("<", ">")) return "!=";
  return isLine && relations.size > 1 ? null : [...relations][0]!;
}

type Combinations = PairVariable["combinations"];

/** Parts combinations into products, as few as a simple search finds; together they are exactly those of the mask. */
function products(variable: PairVariable, mask: Uint8Array): readonly Product[] {
  const chosen = variable.combinations.filter((_, index) => mask[index] === 1);
  const free = { ...productOf(chosen), relations: null };
  if (isWithin(variable, free, mask)) return [free];
  // A relation says that both are known, so it is said of those alone.
  const known = chosen.filter(({ relation }) => relation !== null);
  return [...ofKnown(variable, known, mask), ...ofUnknown(chosen)];
}

function ofKnown(variable: PairVariable, known: Combinations, mask: Uint8Array): readonly Product[] {
  if (known.length === 0) return [];
  const whole = productOf(known);
  const free = { ...whole, relations: null };
  for (const product of [free, whole]) if (isWithin(variable, product, mask)) return [product];
  // Rows of the same shape go together.
  const rows = new Map<string, Combinations>();
  for (const left of new Set(known.map((one) => one.left))) {
    for (const relation of new Set(known.filter((one) => one.left === left).map((one) => one.relation))) {
      const row = known.filter((one) => one.left === left && one.relation === relation);
      const key = `${relation} ${row.map((one) => one.right).join()}`;
      rows.set(key, [...(rows.get(key) ?? []), ...row]);
    }
  }
  return [...rows.values()].map(productOf);
}

/** Those with the left one unknown, and those with the right one; where all of the one are among the other, that. */
function ofUnknown(chosen: Combinations): readonly Product[] {
  const [onLeft, onRight] = [chosen.filter(({ left }) => left === null), chosen.filter(({ right }) => right === null)];
  const isMore = (one: Combinations, other: Combinations) => one.some((combination) => !other.includes(combination));
  const told = isMore(onLeft, onRight) ? (isMore(onRight, onLeft) ? [onLeft, onRight] : [onLeft]) : [onRight];
  return told.filter((one) => one.length > 0).map((one) => ({ ...productOf(one), relations: null }));
}

function productOf(combinations: Combinations): Product {
  return {
    left: new Set(combinations.map(({ left }) => left)),
    right: new Set(combinations.map(({ right }) => right)),
    relations: new Set(combinations.flatMap(({ relation }) => relation ?? [])),
  };
}

function isWithin({ combinations }: PairVariable, { left, right, relations }: Product, mask: Uint8Array): boolean {
  return combinations.every(
    (one, index) =>
      mask[index] === 1 ||
      !(left.has(one.left) && right.has(one.right) && (relations === null || relations.has(one.relation!))),
  );
}
