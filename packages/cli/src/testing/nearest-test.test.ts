import { expect, test } from "vitest";
import { nearestTest } from "./nearest-test.ts";

const names = ["the seat is greeted", "complaints stay out of offers", "nobody hears of an illness"];

test("finds a whole name", () => {
  expect(nearestTest("The seats is greted", names)).toBe(" Did you mean `the seat is greeted`?");
});

test("finds a name by one of its words, or by several in a row", () => {
  expect(nearestTest("complants", names)).toBe(" Did you mean `complaints stay out of offers`?");
  expect(nearestTest("of  an ilness", names)).toBe(" Did you mean `nobody hears of an illness`?");
});

test("suggests nothing where nothing is near", () => {
  expect(nearestTest("weather", names)).toBe("");
  expect(nearestTest("", names)).toBe("");
  expect(nearestTest(" ", [])).toBe("");
});
