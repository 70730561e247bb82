import { expect, test } from "vitest";
import { type Box, mergeBoxes } from "./boxes.ts";

const points = (box: Box): readonly string[] =>
  box.reduce<readonly string[]>(
    (list, values) => list.flatMap((start) => values.map((value) => `${start} ${value}`)),
    [""],
  );

test("boxes that differ in one dimension become one", () => {
  expect(mergeBoxes([["a"], ["b"], ["c"]].map((letter) => [letter, ["x"]]))).toEqual([[["a", "b", "c"], ["x"]]]);
});

test("a whole product is found from its points", () => {
  const all = ["a", "b", "c"].flatMap((one) =>
    ["x", "y"].flatMap((two) => ["1", "2"].map((three) => [[one], [two], [three]])),
  );
  expect(mergeBoxes(all)).toEqual([
    [
      ["a", "b", "c"],
      ["x", "y"],
      ["1", "2"],
    ],
  ]);
});

test("what is no product stays apart, and each point is covered once", () => {
  const boxes: Box[] = [
    [["a"], ["x"]],
    [["a"], ["y"]],
    [["b"], ["y"]],
  ];
  const merged = mergeBoxes(boxes);
  expect(merged).toHaveLength(2);
  expect(merged.flatMap(points).sort()).toEqual(boxes.flatMap(points).sort());
});

test("nothing stays nothing", () => {
  expect(mergeBoxes([])).toEqual([]);
});
