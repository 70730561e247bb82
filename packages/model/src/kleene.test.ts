import { expect, test } from "vitest";
import { and, type Kleene, not, or } from "./kleene.ts";

const values: readonly Kleene[] = [true, "unknown", false];

test("Kleene's tables: `and` is the lesser, `or` the greater, of false < unknown < true", () => {
  for (const [i, a] of values.entries()) {
    for (const [j, b] of values.entries()) {
      expect(and([a, b])).toBe(values[Math.max(i, j)]);
      expect(or([a, b])).toBe(values[Math.min(i, j)]);
    }
  }
});

test("what is unknown is not cancelled by its opposite", () => {
  expect(or(["unknown", not("unknown")])).toBe("unknown");
});

test("nothing is true of all and of none", () => {
  expect(and([])).toBe(true);
  expect(or([])).toBe(false);
});
