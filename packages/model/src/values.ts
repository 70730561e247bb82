import type { Type, Value } from "./model.ts";

/**
 * Reads a value from a request. Whatever is absent, of the wrong type, out of range or malformed in any part is unknown
 * as a whole, which is `undefined` here. Sets come out sorted, durations in seconds.
 */
export function readValue(type: Type, raw: unknown): Value | undefined {
  switch (type.kind) {
    case "bool":
      return typeof raw === "boolean" ? raw : undefined;
    case "int":
      return readInt(raw, type.min ?? Number.MIN_SAFE_INTEGER, type.max ?? Number.MAX_SAFE_INTEGER);
    case "oneOf":
      return typeof raw === "string" && type.values.includes(raw) ? raw : undefined;
    case "set":
      return readSet(raw, type.values);
    case "text":
      return typeof raw === "string" ? raw : undefined;
    case "time":
      return typeof raw === "string" && /^([01]\d|2[0-3]):[0-5]\d$/.test(raw) ? raw : undefined;
    case "date":
      return typeof raw === "string" && isDate(raw) ? raw : undefined;
    case "duration":
      return readDuration(raw);
  }
}

function readInt(raw: unknown, min: number, max: number): number | undefined {
  return typeof raw === "number" && Number.isSafeInteger(raw) && raw >= min && raw <= max ? raw : undefined;
}

function readSet(raw: unknown, values: readonly string[]): readonly string[] | undefined {
  if (!Array.isArray(raw)) return undefined;
  // Array.from sees the holes of a sparse array, which `every` would skip.
  const elements: readonly unknown[] = Array.from(raw);
  const known = elements.every((element) => typeof element === "string" && values.includes(element));
  return known && new Set(elements).size === elements.length ? ([...elements] as string[]).sort() : undefined;
}

/** `YYYY-MM-DD` that exists in the (proleptic) Gregorian calendar. */
export function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

const unitSeconds: Readonly<Record<string, number>> = {
  second: 1,
  minute: 60,
  hour: 3_600,
  day: 86_400,
  week: 604_800,
  month: 2_592_000,
  year: 31_536_000,
};

/** A non-negative integer of seconds, or the text of one, a space and a unit (`12 days`). */
export function readDuration(raw: unknown): number | undefined {
  if (typeof raw !== "string") return readInt(raw, 0, Number.MAX_SAFE_INTEGER);
  const match = /^(\d+) (second|minute|hour|day|week|month|year)s?$/.exec(raw);
  if (match === null) return undefined;
  return readInt(Number(match[1]) * (unitSeconds[match[2] as string] as number), 0, Number.MAX_SAFE_INTEGER);
}
