import { describe, expect, test } from "vitest";
import type { Type } from "./model.ts";
import { readValue } from "./values.ts";

const int: Type = { kind: "int", min: 0, max: 120 };
const tags: Type = { kind: "set", values: ["gold", "new"] };

describe("a value that fits its type is known", () => {
  test.each<[string, Type, unknown, unknown]>([
    ["a bool", { kind: "bool" }, false, false],
    ["an int at the end of its range", int, 120, 120],
    ["one of the values", { kind: "oneOf", values: ["eu", "uk"] }, "uk", "uk"],
    ["a set, which comes out sorted", tags, ["new", "gold"], ["gold", "new"]],
    ["an empty set", tags, [], []],
    ["a time", { kind: "time" }, "00:00", "00:00"],
    ["a leap day", { kind: "date" }, "2024-02-29", "2024-02-29"],
    ["a duration in seconds", { kind: "duration" }, 90, 90],
    ["a duration in words", { kind: "duration" }, "12 days", 12 * 86_400],
    ["a month of 30 days", { kind: "duration" }, "1 month", 30 * 86_400],
  ])("%s", (_, type, raw, value) => expect(readValue(type, raw)).toEqual(value));
});

describe("whatever else is unknown", () => {
  test.each<[string, Type, unknown]>([
    ["a number for a bool", { kind: "bool" }, 1],
    ["an int out of range", int, 121],
    ["a fraction", int, 1.5],
    ["NaN", int, Number.NaN],
    ["an int in a string", int, "18"],
    ["an int beyond 2^53-1", { kind: "int", min: null, max: null }, 2 ** 53],
    ["no such value", { kind: "oneOf", values: ["eu"] }, "mars"],
    ["a set with a repetition", tags, ["new", "new"]],
    ["a set with a stranger", tags, ["new", "old"]],
    ["a sparse array", tags, new Array(2)],
    ["a set that is no array", tags, "gold"],
    ["a time that is none", { kind: "time" }, "24:00"],
    ["a time without its zero", { kind: "time" }, "9:30"],
    ["a date that does not exist", { kind: "date" }, "2026-02-29"],
    ["a month 13", { kind: "date" }, "2026-13-01"],
    ["a negative duration", { kind: "duration" }, -1],
    ["a duration in an unknown unit", { kind: "duration" }, "3 fortnights"],
    ["a duration beyond 2^53-1 seconds", { kind: "duration" }, "999999999999 years"],
    ["nothing", { kind: "text" }, undefined],
    ["null", { kind: "text" }, null],
  ])("%s", (_, type, raw) => expect(readValue(type, raw)).toBeUndefined());
});
