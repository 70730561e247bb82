/** Reads values from a request, as numbers that conditions compare. What is no proper value is NaN, which is unknown. */

export function readInt(raw: unknown, min: number, max: number): number {
  return Number.isSafeInteger(raw) && (raw as number) >= min && (raw as number) <= max ? (raw as number) : Number.NaN;
}

/** The number that two or more decimal digits are; NaN where one of them is no digit. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** `HH:MM` as minutes since midnight. */
export function readTime(raw: unknown): number {
  if (typeof raw !== "string" || raw.length !== 5 || raw[2] !== ":") return Number.NaN;
  const hours = digits(raw, 0, 2);
  const minutes = digits(raw, 3, 5);
  return hours < 24 && minutes < 60 ? hours * 60 + minutes : Number.NaN;
}

/** `YYYY-MM-DD`, of a day that exists, as the number YYYYMMDD. */
export function readDate(raw: unknown): number {
  if (typeof raw !== "string" || raw.length !== 10 || raw[4] !== "-" || raw[7] !== "-") return Number.NaN;
  const year = digits(raw, 0, 4);
  const month = digits(raw, 5, 7);
  const day = digits(raw, 8, 10);
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (leap ? 29 : 28) : 30 + ((month + (month > 7 ? 1 : 0)) % 2);
  return month >= 1 && month <= 12 && day >= 1 && day <= days ? year * 10_000 + month * 100 + day : Number.NaN;
}

const units = new Map<string, number>();
for (const [unit, seconds] of [
  ["second", 1],
  ["minute", 60],
  ["hour", 3_600],
  ["day", 86_400],
  ["week", 604_800],
  ["month", 2_592_000],
  ["year", 31_536_000],
] as const)
  units.set(unit, seconds).set(`${unit}s`, seconds);

/** Seconds, or a text such as `12 days`. */
export function readDuration(raw: unknown): number {
  if (typeof raw !== "string") return readInt(raw, 0, Number.MAX_SAFE_INTEGER);
  const space = raw.indexOf(" ");
  if (space < 1) return Number.NaN;
  const seconds = digits(raw, 0, space) * (units.get(raw.slice(space + 1)) ?? Number.NaN);
  return readInt(seconds, 0, Number.MAX_SAFE_INTEGER);
}
