import { nearest } from "./nearest.ts";
import type { DurationUnit } from "./tree.ts";

/** Seconds in one of each; a month is 30 days, a year 365. */
export const unitSeconds: Readonly<Record<DurationUnit, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  month: 2_592_000,
  year: 31_536_000,
};

const units: ReadonlyMap<string, DurationUnit> = new Map(
  (Object.keys(unitSeconds) as DurationUnit[]).flatMap((unit) => [
    [unit, unit],
    [`${unit}s`, unit],
  ]),
);

/** The unit that a word names, singular or plural. */
export function unitOf(word: string): DurationUnit | undefined {
  return units.get(word);
}

/** The units as a message lists them. */
export const unitList = [...units.keys()].map((unit) => `\`${unit}\``).join(", ");

/** What people shorten units to. */
const shortUnits: ReadonlyMap<string, string> = new Map(
  Object.entries({
    seconds: ["s", "sec", "secs"],
    minutes: ["min", "mins"],
    hours: ["h", "hr", "hrs"],
    days: ["d"],
    weeks: ["w", "wk", "wks"],
    months: ["mo", "mth", "mths"],
    years: ["y", "yr", "yrs"],
  }).flatMap(([unit, words]) => words.map((word) => [word, unit] as const)),
);

/** The unit that a word which is none was meant to be, as it is written; null where that cannot be told. */
export function nearestUnit(word: string): string | null {
  return shortUnits.get(word.toLowerCase()) ?? nearest(word, [...units.keys()]);
}

/** The integer, or NaN beyond ±(2^53-1). A fraction is dropped: it has been reported. */
export function intValue(image: string): number {
  const value = Number.parseInt(image, 10);
  return Number.isSafeInteger(value) ? value + 0 : Number.NaN;
}

/** Why there is no such time of day; null where there is. */
export function timeFault(image: string): string | null {
  const [hours = "", minutes = ""] = image.split(":");
  if (hours.length !== 2 || minutes.length !== 2) return "write two digits, a colon and two digits, such as `09:30`.";
  if (Number(hours) > 23) return "the hours go from 00 to 23.";
  return Number(minutes) > 59 ? "the minutes go from 00 to 59." : null;
}

/** Minutes since midnight, or NaN where there is no such time. */
export function timeValue(image: string): number {
  if (timeFault(image) !== null) return Number.NaN;
  return Number(image.slice(0, 2)) * 60 + Number(image.slice(3));
}

/** Why there is no such date; null where there is. The calendar is the Gregorian one throughout. */
export function dateFault(image: string): string | null {
  const [year = "", month = "", day = ""] = image.split("-");
  if (year.length !== 4 || month.length !== 2 || day.length !== 2)
    return "write year, month and day, such as `2026-09-01`.";
  const m = Number(month);
  if (m < 1 || m > 12) return "the months go from 01 to 12.";
  const last = daysIn(Number(year), m);
  if (Number(day) >= 1 && Number(day) <= last) return null;
  return `the days of ${year}-${month} go from 01 to ${last}.`;
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

const escapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** The text that a string token stands for. What is no escape stands for itself: it has been reported. */
export function textValue(image: string, closed: boolean): string {
  const inside = image.slice(1, closed ? -1 : undefined);
  if (!inside.includes("\\")) return inside;
  return inside.replace(
    /\\(?:u([0-9A-Fa-f]{4})|(.))/g,
    (whole, hex: string | undefined, letter: string | undefined) => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (letter !== undefined && '"\\/'.includes(letter)) return letter;
      return escapes[letter ?? ""] ?? whole;
    },
  );
}
