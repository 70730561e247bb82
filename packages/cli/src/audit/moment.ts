import { InvalidArgumentError } from "commander";

const shape = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)?)?$/;
const dayLength = 86_400_000;

/**
 * A moment as entries of a trail have it: ISO 8601 in UTC, with milliseconds. What names no zone is in UTC.
 *
 * @param days added where only a day is given, so that it can stand for its end
 * @throws InvalidArgumentError where there is no such moment
 */
export function moment(text: string, days: number): string {
  const match = shape.exec(text);
  const isDay = text.length === 10;
  const time = match === null ? Number.NaN : Date.parse(isDay || match[2] !== undefined ? text : `${text}Z`);
  // 30 February is no error to Date, but another day.
  const exists = match !== null && new Date(Date.parse(match[1]!)).toISOString().startsWith(match[1]!);
  if (Number.isNaN(time) || !exists) {
    throw new InvalidArgumentError("It has to be a day or a moment, such as 2026-11-22 or 2026-11-22T09:30Z.");
  }
  return new Date(time + (isDay ? days * dayLength : 0)).toISOString();
}
