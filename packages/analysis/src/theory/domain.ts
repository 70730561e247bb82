import type { Type, Value } from "@scruple/model";
import { ends, isLine, type LineType, numberOf, valueAt } from "./line.ts";

/**
 * The values of a fact in classes that no condition can tell apart. Values of a line are parted into intervals at the
 * constants that are mentioned; others are classes of their own, and all texts that nobody mentions are one.
 */
export type Domain = LineDomain | NamesDomain;

export interface LineDomain {
  readonly kind: "line";
  readonly type: LineType;
  /** Where each class begins; the first begins with the type. */
  readonly starts: readonly number[];
  /** The last number of the type. */
  readonly last: number;
  /** The constants themselves, for descriptions. */
  readonly mentioned: ReadonlySet<number>;
}
export interface NamesDomain {
  readonly kind: "names";
  readonly values: readonly Value[];
  /** For texts: a text that is not mentioned, which stands for all such and is the last class. */
  readonly other: string | null;
}

/** What conditions mention of a fact: numbers at which an interval begins, and names. */
export interface Constants {
  readonly cuts: ReadonlySet<number>;
  readonly mentioned: ReadonlySet<number>;
  readonly names: ReadonlySet<string>;
}

/** Constants outside the type, and at its ends, make no class. */
export function domainOf(type: Type, { cuts, mentioned, names }: Constants): Domain {
  if (isLine(type)) {
    const [first, last] = ends(type);
    const inside = [...cuts].filter((cut) => cut > first && cut <= last).sort((a, b) => a - b);
    return { kind: "line", type, starts: [first, ...inside], last, mentioned };
  }
  switch (type.kind) {
    case "bool":
      return { kind: "names", values: [false, true], other: null };
    case "oneOf":
      return { kind: "names", values: type.values, other: null };
    default:
      return { kind: "names", values: [...names].sort(), other: unmentioned(names) };
  }
}

function unmentioned(names: ReadonlySet<string>): string {
  for (let i = 1; ; i++) {
    const text = i === 1 ? "another" : `another ${i}`;
    if (!names.has(text)) return text;
  }
}

export function classCount(domain: Domain): number {
  return domain.kind === "line" ? domain.starts.length : domain.values.length + (domain.other === null ? 0 : 1);
}

/** An interval of numbers, ends included. */
export function interval({ starts, last }: LineDomain, index: number): readonly [number, number] {
  return [starts[index]!, index + 1 < starts.length ? starts[index + 1]! - 1 : last];
}

/** The class of a value of the type; undefined for one that is none. */
export function classOf(domain: Domain, value: Value): number | undefined {
  if (domain.kind === "names") {
    const index = domain.values.indexOf(value);
    if (index >= 0) return index;
    return domain.other === null ? undefined : domain.values.length;
  }
  const position = numberOf(domain.type, value);
  if (!(position >= domain.starts[0]! && position <= domain.last)) return undefined;
  let [low, high] = [0, domain.starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (domain.starts[middle]! <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A value of a class as one would choose it for an example: beside the constant that bounds the class. */
export function exampleOf(domain: Domain, index: number): Value {
  if (domain.kind === "names") return domain.values[index] ?? (domain.other as string);
  return valueAt(domain.type, preferred(interval(domain, index), ends(domain.type)));
}

/** The value of a class that is nearest to another class. */
export function exampleNear(domain: Domain, index: number, other: number): Value {
  if (domain.kind === "names" || index === other) return exampleOf(domain, index);
  return valueAt(domain.type, interval(domain, index)[index < other ? 1 : 0]);
}

export function preferred([from, to]: readonly [number, number], [first, last]: readonly [number, number]): number {
  if (from > first) return from;
  if (to < last) return to;
  return from <= 0 && to >= 0 ? 0 : from;
}
