import { keyFault } from "./faults.ts";
import { follow, isObject, type Keys, keysOf, own } from "./keys.ts";
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

const kind = { unused: 0, bool: 1, int: 2, time: 3, date: 4, duration: 5, oneOf: 6, text: 7, set: 8 } as const;
const safe = Number.MAX_SAFE_INTEGER;

/** Bits in a word of a set. */
const wordSize = 31;

/** The facts of one request at a time. */
export class Facts {
  /** By slot, as `missing` names them. */
  readonly names: readonly string[];
  /** What conditions compare, by slot: NaN is unknown. Booleans are 0 and 1, one-of values their index, sets bits. */
  readonly values: Float64Array;
  /** The texts behind values that are texts, to compare them with each other. */
  readonly texts: (string | undefined)[] = [];
  /** Whether the request has the fact `data.age`, of whatever value. */
  hasAge = false;

  /** Of each slot, what its values are; the bounds of integers; see `parse`. */
  private readonly kinds: Uint8Array;
  private readonly least: Float64Array;
  private readonly most: Float64Array;
  private readonly subjectKeys: Keys;
  private readonly factKeys: Keys;
  /** For one-of types, sets and texts, the index of each value. */
  private readonly indexes: readonly (ReadonlyMap<unknown, number> | undefined)[];
  /** Where the second word of a set stands; the first stands in its slot. */
  private readonly words: number[] = [];
  /** 1 where a slot is needed for the request at hand, and those slots. */
  private readonly needed: Uint8Array;
  private readonly list: number[] = [];
  private count = 0;

  constructor(declared: readonly FactEntry[]) {
    const entries = [...builtIn, ...declared];
    this.kinds = Uint8Array.from(entries, (entry) => (typeof entry === "string" ? kind.unused : kind[entry[1]]));
    this.least = Float64Array.from(entries, (entry) =>
      typeof entry !== "string" && entry[1] === "int" ? (entry[2] ?? -safe) : -safe,
    );
    this.most = Float64Array.from(entries, (entry) =>
      typeof entry !== "string" && entry[1] === "int" ? (entry[3] ?? safe) : safe,
    );
    this.names = entries.map((entry) => (typeof entry === "string" ? entry : entry[0]));
    // The subject's `id` is known, and nobody asks for it.
    const subject = new Map([["id", objectionsSlot]]);
    const facts = new Map<string, number>();
    this.names.forEach((name, slot) => {
      if (name.startsWith("subject.")) subject.set(name.slice(8), slot);
      else if (slot > objectionsSlot && !facts.has(name)) facts.set(name, slot);
    });
    this.subjectKeys = keysOf(subject);
    this.factKeys = keysOf(facts);
    let size = entries.length;
    this.indexes = entries.map((entry) => {
      this.words.push(size);
      if (typeof entry === "string") return undefined;
      if (entry[1] !== "oneOf" && entry[1] !== "set" && entry[1] !== "text") return undefined;
      const list = entry[1] === "text" ? entry[2] : split(entry[2], " ");
      if (entry[1] === "set") size += Math.max(0, Math.ceil(list.length / wordSize) - 1);
      return new Map(list.map((value, index) => [value, index]));
    });
    this.values = new Float64Array(size).fill(Number.NaN);
    this.needed = new Uint8Array(entries.length);
  }

  /** Where a set's value is: index into `values`, and the bit. */
  bitOf(slot: number, element: number): readonly [word: number, bit: number] {
    const word = Math.floor(element / wordSize);
    return [word === 0 ? slot : (this.words[slot] as number) + word - 1, element % wordSize];
  }

  /** Begins a request: nothing is needed, nothing known. */
  begin(): void {
    for (let i = 0; i < this.count; i++) this.needed[this.list[i] as number] = 0;
    this.count = 0;
    this.hasAge = false;
  }

  need(slot: number): void {
    if (this.needed[slot] === 1) return;
    this.needed[slot] = 1;
    this.values[slot] = Number.NaN;
    this.list[this.count++] = slot;
  }

  /** Lets go of texts. */
  forget(): void {
    if (this.texts.length > 0) this.texts.length = 0;
  }

  /** Reads what is needed of the subject's attributes. @returns what is wrong */
  readSubject(raw: unknown): string | undefined {
    return this.readObject("subject", raw, this.subjectKeys);
  }

  /** Reads what is needed of the facts. @returns what is wrong */
  readFacts(raw: unknown): string | undefined {
    return this.readObject("facts", raw, this.factKeys);
  }

  /** Every property is read once, and every key has to be declared. */
  private readObject(key: string, raw: unknown, keys: Keys): string | undefined {
    if (raw === undefined || raw === null) return undefined;
    if (!isObject(raw)) return `\`${key}\` is an object.`;
    const { needed, values } = this;
    const source = own(raw);
    let order = keys.first;
    for (const name in source) {
      const value = source[name];
      let next = order.next;
      while (next !== undefined && next.key !== name) next = next.other;
      order = next === undefined ? follow(keys, order, name) : next;
      const { slot } = order;
      if (needed[slot] === 1) values[slot] = this.parse(slot, value);
      if (slot === ageSlot && value !== undefined && value !== null) this.hasAge = true;
    }
    const { wrong } = order;
    return wrong === undefined ? undefined : keyFault(wrong, `\`${key}\` in this policy`, keys.slots.keys());
  }

  private parse(slot: number, raw: unknown): number {
    switch (this.kinds[slot]) {
      case kind.int:
        return readInt(raw, this.least[slot] as number, this.most[slot] as number);
      case kind.oneOf:
        return this.indexes[slot]?.get(raw) ?? Number.NaN;
      case kind.bool:
        return raw === true ? 1 : raw === false ? 0 : Number.NaN;
      case kind.duration:
        return readDuration(raw);
      case kind.time:
        return readTime(raw);
      case kind.date:
        return readDate(raw);
      case kind.text:
        if (typeof raw !== "string") return Number.NaN;
        this.texts[slot] = raw;
        return this.indexes[slot]?.get(raw) ?? -1;
      case kind.set:
        return this.parseSet(slot, raw);
      default:
        return Number.NaN;
    }
  }

  /** The first word; the others are set on the way, all NaN where the set is unknown. */
  private parseSet(slot: number, list: unknown): number {
    const { values } = this;
    const index = this.indexes[slot] as ReadonlyMap<unknown, number>;
    const extra = this.words[slot] as number;
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
      const [word, bit] = this.bitOf(slot, element);
      const before = values[word] as number;
      if (before & (1 << bit)) return unknown();
      values[word] = before | (1 << bit);
    }
    return values[slot] as number;
  }
}
