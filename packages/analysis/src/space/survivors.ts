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
  return classesOf(values, naming, testOf).map(({ members, left }) => ({
    members,
    survivors: composed(survivors, left),
  }));
}

/** Parts the same values again and again, for survivors that mostly name the same in their dimension. */
export class Parter<T> {
  private readonly values: readonly T[];
  private readonly testOf: (value: T) => Test;
  private readonly names: Test;
  private readonly textOf: (survivor: Survivor<Item>) => string;
  private readonly known = new Map<string, readonly Parted<T>[]>();

  constructor(
    values: readonly T[],
    testOf: (value: T) => Test,
    names: Test,
    textOf: (survivor: Survivor<Item>) => string,
  ) {
    this.values = values;
    this.testOf = testOf;
    this.names = names;
    this.textOf = textOf;
  }

  part(survivors: readonly Survivor[]): readonly Class<T>[] {
    const naming = survivors.filter((one) => isNaming(one, this.names));
    if (naming.length === 0) return [{ members: this.values, survivors }];
    let key = "";
    for (const one of naming) key += `${this.textOf(one)} `;
    let classes = this.known.get(key);
    if (classes === undefined) {
      classes = classesOf(this.values, naming, this.testOf);
      this.known.set(key, classes);
    }
    return classes.map(({ members, left }) => ({ members, survivors: composed(survivors, left) }));
  }
}

interface Parted<T> {
  readonly members: readonly T[];
  /** What is left of each rule that names something; null where nothing is. */
  readonly left: ReadonlyMap<Item, Survivor | null>;
}

function classesOf<T>(
  values: readonly T[],
  naming: readonly Survivor[],
  testOf: (value: T) => Test,
): readonly Parted<T>[] {
  const classes = new Map<string, { members: T[]; left: ReadonlyMap<Item, Survivor | null> }>();
  for (const value of values) {
    const test = testOf(value);
    let key = "";
    for (const one of naming) key += bitsOf(one, test);
    const known = classes.get(key);
    if (known !== undefined) known.members.push(value);
    else
      classes.set(key, {
        members: [value],
        left: new Map(naming.map((one) => [one.item, left([one], test)[0] ?? null])),
      });
  }
  return [...classes.values()];
}

/** In the order in which they stood, so that equal ones read alike. */
function composed(survivors: readonly Survivor[], left: Parted<unknown>["left"]): readonly Survivor[] {
  const found: Survivor[] = [];
  for (const one of survivors) {
    const other = left.get(one.item);
    if (other === undefined) found.push(one);
    else if (other !== null) found.push(other);
  }
  return found;
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
