import { expect, test } from "vitest";
import { PairMap } from "./pair-map.ts";

test("a pair is found again, however many there are", () => {
  const map = new PairMap();
  for (let first = 0; first < 100; first++)
    for (let second = 0; second < 50; second++) map.set(first, second * 1_000_003, first + second);
  expect(map.size).toBe(5_000);
  for (let first = 0; first < 100; first++)
    for (let second = 0; second < 50; second++) expect(map.get(first, second * 1_000_003)).toBe(first + second);
});

test("a pair that was not set has -1, also where the order differs", () => {
  const map = new PairMap();
  map.set(1, 2, 0);
  expect(map.get(1, 2)).toBe(0);
  expect(map.get(2, 1)).toBe(-1);
  expect(map.get(0, 0)).toBe(-1);
});
