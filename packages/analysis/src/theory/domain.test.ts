import type { Type } from "@scruple/model";
import { describe, expect, test } from "vitest";
import { classCount, classOf, domainOf, exampleOf } from "./domain.ts";

function examples(type: Type, cuts: readonly number[], names: readonly string[] = []) {
  const domain = domainOf(type, { cuts: new Set(cuts), mentioned: new Set(), names: new Set(names) });
  return Array.from({ length: classCount(domain) }, (_, index) => exampleOf(domain, index));
}

describe("a line is parted at the constants mentioned, each part with an example beside one", () => {
  test.each([
    ["an int", { kind: "int", min: 0, max: 130 }, [18, 66], [17, 18, 66]],
    ["an int without ends", { kind: "int", min: null, max: null }, [18], [17, 18]],
    ["one of which nothing is said", { kind: "int", min: 5, max: 9 }, [], [5]],
    ["constants at the ends and beyond", { kind: "int", min: 1, max: null }, [-3, 0, 1], [1]],
    ["the least group", { kind: "int", min: 1, max: null }, [1, 2], [1, 2]],
    ["the last value alone", { kind: "int", min: 0, max: 120 }, [120, 121], [119, 120]],
    ["minutes", { kind: "time" }, [0, 420, 1_440], ["06:59", "07:00"]],
    ["the last minute", { kind: "time" }, [1_439], ["23:58", "23:59"]],
    ["days", { kind: "date" }, [20_454, 20_455], ["2025-12-31", "2026-01-01", "2026-01-02"]],
    ["seconds", { kind: "duration" }, [0, 1], [0, 1]],
  ] as readonly (readonly [string, Type, readonly number[], readonly unknown[]])[])("%s", (_, type, cuts, expected) => {
    expect(examples(type, cuts)).toEqual(expected);
  });
});

test("a text that is not mentioned stands for all such, and is none of those that are", () => {
  expect(examples({ kind: "text" }, [], ["Rome", "another"])).toEqual(["Rome", "another", "another 2"]);
});

test("a value finds its class; what is no value of the type has none", () => {
  const domain = domainOf({ kind: "date" }, { cuts: new Set([20_454]), mentioned: new Set(), names: new Set() });
  expect(classOf(domain, "2025-12-31")).toBe(0);
  expect(classOf(domain, "2026-01-01")).toBe(1);
  expect(classOf(domain, "9999-12-31")).toBe(1);
  const ages = domainOf({ kind: "int", min: 0, max: 9 }, { cuts: new Set(), mentioned: new Set(), names: new Set() });
  expect(classOf(ages, 10)).toBeUndefined();
});
