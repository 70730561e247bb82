import { type Keys, keysOf } from "./keys.ts";
import { split } from "./names.ts";
import type { FactEntry } from "./tables.ts";
import { readDate, readDuration, readInt, readTime } from "./values.ts";

/** The places of what every policy knows; declared facts follow. */
export const consentsSlot = 0;
export const objectionsSlot = 1;
export const ageSlot = 2;
export const timeSlot = 4;
export const todaySlot = 5;
/** Of a pair, the age of what comes first and of what it is joined with; `data.age` is that of the older. */
export const firstAgeSlot = 6;
export const secondAgeSlot = 7;

const builtIn: readonly FactEntry[] = [
  "consents",
  "objections",
  ["data.age", "duration"],
  ["group_size", "int", 1, null],
  ["local_time", "time"],
  ["today", "date"],
  ["data.age", "duration"],
  ["data.age", "duration"],
];

export interface Facts {
  /** By slot, as `missing` names them. */
  readonly names: readonly string[];
  readonly subjectKeys: Keys;
  readonly factKeys: Keys;
  /** As they came, by slot. */
  readonly raw: unknown[];
  /** What conditions compare, by slot: NaN is unknown. Booleans are 0 and 1, one-of values their index, sets bits. */
  readonly values: Float64Array;
  /** Makes the value of a slot from what came. */
  read(slot: number): void;
  /** Where a set's value is: index into `values`, and the bit. */
  bitOf(slot: number, element: number): readonly [word: number, bit: number];
}

/** Bits in a word of a set. */
const wordSize = 31;

export function factsOf(declared: readonly FactEntry[]): Facts {
  const entries = [...builtIn, ...declared];
  const names = entries.map((entry) => (typeof entry === "string" ? entry : entry[0]));
  const subject = new Map([["id", objectionsSlot]]);
  const facts = new Map<string, number>();
  names.forEach((name, slot) => {
    if (name.startsWith("subject.")) subject.set(name.slice(8), slot);
    else if (slot > objectionsSlot && !facts.has(name)) facts.set(name, slot);
  });

  // The first word of a set stands in its slot, further ones behind all slots.
  let size = entries.length;
  const words: number[] = [];
  const indexes = entries.map((entry, slot) => {
    if (typeof entry === "string") return undefined;
    if (entry[1] !== "oneOf" && entry[1] !== "set" && entry[1] !== "text") return undefined;
    const list = entry[1] === "text" ? entry[2] : split(entry[2], " ");
    words[slot] = size;
    if (entry[1] === "set") size += Math.max(0, Math.ceil(list.length / wordSize) - 1);
    return new Map(list.map((value, index) => [value, index]));
  });
  const values = new Float64Array(size).fill(Number.NaN);
  const raw: unknown[] = new Array(entries.length).fill(undefined);
  const bitOf = (slot: number, element: number): [number, number] => {
    const word = Math.floor(element / wordSize);
    return [word === 0 ? slot : (words[slot] as number) + word - 1, element % wordSize];
  };

  /** The value of the first word; the others are set on the way, all NaN where the set is unknown. */
  const readSet = (slot: number, list: unknown): number => {
    const index = indexes[slot] as Map<unknown, number>;
    const extra = words[slot] as number;
    const end = extra + Math.max(0, Math.ceil(index.size / wordSize) - 1);
    const unknown = () => {
      values.fill(Number.NaN, extra, end);
      return Number.NaN;
    };
    if (!Array.isArray(list)) return unknown();
    values.fill(0, extra, end);
    values[slot] = 0;
    const { length } = list;
    for (let i = 0; i < length; i++) {
      const element = index.get(list[i]);
      if (element === undefined) return unknown();
      const [word, bit] = bitOf(slot, element);
      const before = values[word] as number;
      if (before & (1 << bit)) return unknown();
      values[word] = before | (1 << bit);
    }
    return values[slot] as number;
  };

  const parse = (slot: number): number => {
    const given = raw[slot];
    const entry = entries[slot] as FactEntry;
    if (typeof entry === "string") return Number.NaN;
    switch (entry[1]) {
      case "bool":
        return given === true ? 1 : given === false ? 0 : Number.NaN;
      case "int":
        return readInt(given, entry[2] ?? Number.MIN_SAFE_INTEGER, entry[3] ?? Number.MAX_SAFE_INTEGER);
      case "time":
        return readTime(given);
      case "date":
        return readDate(given);
      case "duration":
        return readDuration(given);
      case "oneOf":
        return indexes[slot]?.get(given as string) ?? Number.NaN;
      case "text":
        return typeof given === "string" ? (indexes[slot]?.get(given) ?? -1) : Number.NaN;
      case "set":
        return readSet(slot, given);
    }
  };

  return {
    names,
    subjectKeys: keysOf(subject),
    factKeys: keysOf(facts),
    raw,
    values,
    read: (slot) => {
      values[slot] = parse(slot);
    },
    bitOf,
  };
}
