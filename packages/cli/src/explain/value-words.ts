import { printValue } from "@scruple/analysis";
import { durationText, type Value, type World } from "@scruple/model";

/** A value of a fact for people: `eu`, `"Oslo"`, `1 month 1 second`. */
export function valueWords(world: World, fact: string, value: Value): string {
  const isDuration = world.facts.get(fact)?.kind === "duration" && typeof value === "number";
  return isDuration ? durationWords(value) : printValue(world, fact, value);
}

export function durationWords(seconds: number): string {
  return durationParts(seconds).join(" ");
}

/** In days, hours, minutes and seconds, those of which there are any; whole weeks, months and years of days as such. */
export function durationParts(seconds: number): readonly string[] {
  const parts = [86_400, 3_600, 60, 1].map((unit, i, units) => {
    const left = i === 0 ? seconds : seconds % units[i - 1]!;
    return left - (left % unit);
  });
  return (seconds === 0 ? [0] : parts.filter((part) => part > 0)).map(durationText);
}
