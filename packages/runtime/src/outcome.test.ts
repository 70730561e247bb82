import { expect, test } from "vitest";
import { secondsUntilHeard } from "./outcome.ts";

const at = (hours: number, minutes = 0) => hours * 60 + minutes;

test("a quiet time includes its end, so waiting ends a minute later", () => {
  expect(secondsUntilHeard([[at(21), at(7)]], at(6, 30))).toBe(31 * 60);
});

test("a quiet time that follows is waited for as well, past midnight too", () => {
  const quiet = [
    [at(22), at(23, 59)],
    [at(0), at(5)],
  ] as const;
  expect(secondsUntilHeard(quiet, at(23))).toBe((60 + 5 * 60 + 1) * 60);
});

test("where it is always quiet, waiting does not help; nor where the time is unknown", () => {
  expect(secondsUntilHeard([[0, 1439]], at(12))).toBeNull();
  expect(secondsUntilHeard([[at(12), at(11, 59)]], at(12))).toBeNull();
  expect(secondsUntilHeard([[at(21), at(7)]], Number.NaN)).toBeNull();
});
