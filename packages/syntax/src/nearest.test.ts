import { expect, it } from "vitest";
import { nearest } from "./index.ts";

const words = ["disclose", "collect", "combine", "use", "for"];

it.each([
  ["dislose", "disclose"],
  ["discolse", "disclose"],
  ["Collect", "collect"],
  ["combin", "combine"],
  ["ues", "use"],
  ["share", null],
  ["or", null],
  ["x".repeat(5000), null],
])("%s is near to %s", (word, expected) => {
  expect(nearest(word, words)).toBe(expected);
});
