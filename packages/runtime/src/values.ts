import { wordSize } from "./code.ts";

/** Reads values from a request, as numbers that conditions compare. What is no proper value is NaN, which is unknown. */

const safe = Number.MAX_SAFE_INTEGER;
/** Characters as codes: to take one out of a text makes another text. */
const colon = ":".charCodeAt(0);
const dash = "-".charCodeAt(0);

export function int(raw: unknown, min = -safe, max = safe): number {
  return Number.isSafeInteger(raw) && (raw as number) >= min && (raw as number) <= max ? (raw as number) : Number.NaN;
}

/** The number that decimal digits are; NaN where one of them is no digit. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    value = digit >= 0 && digit < 10 ? value * 10 + digit : Number.NaN;
  }
  return value;
}

/** `HH:MM` as minutes since midnight. */
export function time(raw: unknown): number {
  if (typeof raw !== "string" || raw.length !== 5 || raw.charCodeAt(2) !== colon) return Number.NaN;
  const hours = digits(raw, 0, 2);
  const minutes = digits(raw, 3, 5);
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : Number.NaN;
}

/** `YYYY-MM-DD`, of a day that exists, as the number YYYYMMDD. */
export function date(raw: unknown): number {
  if (typeof raw !== "string" || raw.length !== 10) return Number.NaN;
  if (raw.charCodeAt(4) !== dash || raw.charCodeAt(7) !== dash) return Number.NaN;
  const year = digits(raw, 0, 4);
  const month = digits(raw, 5, 7);
  const day = digits(raw, 8, 10);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (leap ? 29 : 28) : 30 + ((month + (month > 7 ? 1 : 0)) % 2);
  return month > 0 && month < 13 && day > 0 && day <= days ? year * 10_000 + month * 100 + day : Number.NaN;
}

const units: readonly (readonly [unit: string, seconds: number])[] = [
  ["second", 1],
  ["minute", 60],
  ["hour", 3_600],
  ["day", 86_400],
  ["week", 604_800],
  ["month", 2_592_000],
  ["year", 31_536_000],
];

/** Seconds, or a text such as `12 days`. */
export function duration(raw: unknown): number {
  if (typeof raw === "string") return spelled(raw);
  return Number.isSafeInteger(raw) && (raw as number) >= 0 ? (raw as number) : Number.NaN;
}

function spelled(raw: string): number {
  const space = raw.indexOf(" ");
  const unit = raw.slice(space + 1);
  const [, seconds = Number.NaN] = units.find(([name]) => unit === name || unit === `${name}s`) ?? [];
  return space > 0 ? int(digits(raw, 0, space) * seconds, 0) : Number.NaN;
}

/** Reads one of some values, as its place among them. */
export function oneOf(values: readonly string[]): (raw: unknown) => number {
  const places = new Map<unknown, number>(values.map((value, place) => [value, place]));
  return (raw) => places.get(raw) ?? Number.NaN;
}

/** Reads a text, as its place among those that conditions name; -1 for any other. */
export function text(values: readonly string[]): (raw: unknown) => number {
  const place = oneOf(values);
  return (raw) => (typeof raw !== "string" ? Number.NaN : place(raw) >= 0 ? place(raw) : -1);
}

/** Reads a set into words of bits, which stand behind each other from a slot on; all of them NaN where it is unknown. */
export function set(values: readonly string[]): (raw: unknown, facts: Float64Array, slot: number) => void {
  const place = oneOf(values);
  const words = Math.ceil(values.length / wordSize);
  return (raw, facts, slot) => {
    const list = Array.isArray(raw) ? raw : [Number.NaN];
    facts.fill(0, slot, slot + words);
    const { length } = list;
    for (let i = 0; i < length; i++) {
      const element = place(list[i]);
      const word = slot + Math.floor(element / wordSize);
      const bit = 1 << (element % wordSize);
      // Undeclared, or there already.
      if (!(element >= 0) || (facts[word] as number) & bit) return void facts.fill(Number.NaN, slot, slot + words);
      facts[word] = (facts[word] as number) | bit;
    }
  };
}
