import type { Type, Value } from "@scruple/model";

/**
 * Types whose values stand in a line, as whole numbers: integers themselves, durations in seconds, times in minutes since
 * midnight, dates in days since 1970-01-01. Comparisons of numbers are comparisons of values.
 */
export type LineType = Extract<Type, { readonly kind: "int" }> | { readonly kind: "time" | "date" | "duration" };

export function isLine(type: Type): type is LineType {
  return type.kind === "int" || type.kind === "time" || type.kind === "date" || type.kind === "duration";
}

/** The first and the last number, both included. */
export function ends(type: LineType): readonly [number, number] {
  switch (type.kind) {
    case "int":
      return [type.min ?? Number.MIN_SAFE_INTEGER, type.max ?? Number.MAX_SAFE_INTEGER];
    case "duration":
      return [0, Number.MAX_SAFE_INTEGER];
    case "time":
      return [0, 24 * 60 - 1];
    case "date":
      return [dayOf("0000-01-01"), dayOf("9999-12-31")];
  }
}

export function numberOf(type: LineType, value: Value): number {
  switch (type.kind) {
    case "int":
    case "duration":
      return value as number;
    case "time":
      return Number((value as string).slice(0, 2)) * 60 + Number((value as string).slice(3));
    case "date":
      return dayOf(value as string);
  }
}

export function valueAt(type: LineType, position: number): Value {
  switch (type.kind) {
    case "int":
    case "duration":
      return position;
    case "time":
      return `${padded(Math.floor(position / 60), 2)}:${padded(position % 60, 2)}`;
    case "date":
      return new Date(position * 86_400_000).toISOString().slice(0, 10);
  }
}

/** `Date` alone reads the years before 100 as of the twentieth century, unless they stand in ISO text. */
function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / 86_400_000;
}

function padded(part: number, width: number): string {
  return String(part).padStart(width, "0");
}
