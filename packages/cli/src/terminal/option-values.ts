import { isDate } from "@scruple/model";
import { type Target, targets } from "@scruple/project";
import { InvalidArgumentError } from "commander";
import { path } from "./given-path.ts";

/** Commander hands on what it has so far. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

export function collectPaths(value: string, before?: readonly string[]): string[] {
  return collect(path(value), before);
}

export function collectTargets(value: string, before: readonly Target[]): Target[] {
  const chosen = value.split(",").map((one) => {
    const target = targets.find((known) => known === one.trim());
    if (target === undefined) throw new InvalidArgumentError(`It is one of ${targets.join(", ")}.`);
    return target;
  });
  return [...new Set([...before, ...chosen])];
}

export function wholeNumber(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError("It has to be a whole number from 0.");
  return Number(value);
}

export function day(value: string): string {
  if (!isDate(value)) throw new InvalidArgumentError("It has to be a day that exists, such as 2027-01-31.");
  return value;
}

export function percent(value: string): number {
  const number = Number(value);
  if (!/^\d+(\.\d+)?$/.test(value) || number > 100) {
    throw new InvalidArgumentError("It has to be a number from 0 to 100.");
  }
  return number;
}
