import { expect, test } from "vitest";
import { date, duration, int, oneOf, set, text, time } from "./values.ts";

test("times are minutes since midnight", () => {
  expect(time("00:00")).toBe(0);
  expect(time("23:59")).toBe(1439);
});

test.each(["24:00", "9:30", "09:60", "09-30", "0a:30", " 9:30", "09:300", 930, null, undefined, ["09:30"]])(
  "%j is no time",
  (raw) => expect(time(raw)).toBeNaN(),
);

test("dates are numbers that sort as they do", () => {
  expect(date("2026-11-21")).toBe(20261121);
  expect(date("2024-02-29")).toBe(20240229);
  expect(date("2000-02-29")).toBe(20000229);
});

test.each([
  "2026-02-29",
  "1900-02-29",
  "2026-04-31",
  "2026-13-01",
  "2026-00-10",
  "2026-1-01",
  "2026-01-00",
  20260101,
  {},
])("%j is no date", (raw) => expect(date(raw)).toBeNaN());

test("every month has its days", () => {
  const last = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  for (const [index, days] of last.entries()) {
    const month = String(index + 1).padStart(2, "0");
    expect(date(`2026-${month}-${days}`)).not.toBeNaN();
    expect(date(`2026-${month}-${days + 1}`)).toBeNaN();
  }
});

test("durations are seconds, or a text with a unit", () => {
  expect(duration(90)).toBe(90);
  expect(duration("12 days")).toBe(12 * 86_400);
  expect(duration("1 month")).toBe(30 * 86_400);
  expect(duration("0 years")).toBe(0);
});

test.each([
  -1,
  1.5,
  "12",
  "12days",
  "12  days",
  "-1 days",
  " days",
  "1 fortnight",
  "1 DAYS",
  "9007199254740993 seconds",
  "1 day ",
  true,
])("%j is no duration", (raw) => expect(duration(raw)).toBeNaN());

test("integers are safe, and within their range", () => {
  expect(int(130, 0, 130)).toBe(130);
  for (const raw of [131, -1, 1.5, "7", Number.NaN, Number.POSITIVE_INFINITY, 7n, null])
    expect(int(raw, 0, 130)).toBeNaN();
  expect(int(2 ** 53, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)).toBeNaN();
});

test("a value is its place among those that are declared", () => {
  const region = oneOf(["eu", "uk"]);
  expect([region("eu"), region("uk"), region("us"), region(0), region(undefined)]).toEqual([0, 1, NaN, NaN, NaN]);
});

test("a text that no condition names is known all the same", () => {
  const city = text(["Rome"]);
  expect([city("Rome"), city("Paris"), city(7), city(null)]).toEqual([0, -1, NaN, NaN]);
});

test("a set is bits, in as many words as it takes", () => {
  const values = Array.from({ length: 40 }, (_, index) => `v${index}`);
  const read = set(values);
  const facts = new Float64Array(4);
  read(["v1", "v31", "v39"], facts, 1);
  expect([...facts]).toEqual([0, 2, 1 + 2 ** 8, 0]);
  for (const wrong of [["v1", "v1"], ["v40"], "v1", [1], { length: 1 }, undefined]) {
    read(wrong, facts, 1);
    expect([...facts]).toEqual([0, NaN, NaN, 0]);
  }
});
