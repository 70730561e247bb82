import type { Item, RuleItem } from "./items.ts";

/** Whether an item selects, in one dimension. */
export type Test = (item: Item | RuleItem) => boolean;

/** A rule that still may select, with those of its exceptions that still may. */
export interface Survivor<I extends Item = RuleItem> {
  readonly item: I;
  readonly exceptions: readonly Survivor<Item>[];
}

export function whole<I extends Item>(item: I): Survivor<I> {
  return { item, exceptions: item.exceptions.map(whole) };
}

/** Values that the same of some rules and exceptions select, with these. */
export interface Class<T> {
  readonly members: readonly T[];
  readonly survivors: readonly Survivor[];
}

/**
 * Parts the values of one dimension by which of some rules, and of their exceptions, select them. Only those that an earlier
 * dimension has left are asked, so that nothing is parted for the sake of a rule that cannot select anyway; and of those only
 * the ones that name something in this dimension.
 */
export function part<T>(
  values: readonly T[],
  survivors: readonly Survivor[],
  testOf: (value: T) => Test,
  names: Test = () => true,
): readonly Class<T>[] {
  const naming = survivors.filter((one) => isNaming(one, names));
  if (naming.length === 0) return values.length === 0 ? [] : [{ members: values, survivors }];
  const others = survivors.filter((one) => !naming.includes(one));
  const classes = new Map<string, { members: T[]; survivors: readonly Survivor[] }>();
  for (const value of values) {
    const test = testOf(value);
    let key = "";
    for (const one of naming) key += bitsOf(one, test);
    const known = classes.get(key);
    if (known === undefined) classes.set(key, { members: [value], survivors: [...others, ...left(naming, test)] });
    else known.members.push(value);
  }
  return [...classes.values()];
}

function isNaming({ item, exceptions }: Survivor<Item>, names: Test): boolean {
  return names(item) || exceptions.some((one) => isNaming(one, names));
}

function bitsOf({ item, exceptions }: Survivor<Item>, test: Test): string {
  if (!test(item)) return "0";
  return exceptions.length === 0 ? "1" : `(${exceptions.map((one) => bitsOf(one, test)).join("")})`;
}

/** Those that a test leaves. */
export function left<I extends Item>(survivors: readonly Survivor<I>[], test: Test): readonly Survivor<I>[] {
  return survivors.flatMap((one) => {
    if (!test(one.item)) return [];
    return one.exceptions.length === 0 ? [one] : [{ item: one.item, exceptions: left(one.exceptions, test) }];
  });
}
