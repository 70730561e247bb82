import { expect, test } from "vitest";
import { mergeBoxes, Sets } from "./boxes.ts";

/** Merges products of values, and gives products of values. */
function merged(products: readonly (readonly (readonly number[])[])[]) {
  const sets = new Sets();
  const boxes = products.map((product) => product.map((values) => sets.of(values)));
  return mergeBoxes(boxes, sets).map((box) => box.map((id) => sets.values(id)));
}
const points = (product: readonly (readonly number[])[]): readonly string[] =>
  product.reduce<readonly string[]>(
    (list, values) => list.flatMap((start) => values.map((value) => `${start} ${value}`)),
    [""],
  );

test("boxes that differ in one dimension become one", () => {
  expect(merged([3, 1, 2].map((one) => [[one], [7]]))).toEqual([[[1, 2, 3], [7]]]);
});

test("a whole product is found from its points", () => {
  const all = [1, 2, 3].flatMap((one) => [4, 5].flatMap((two) => [6, 7].map((three) => [[one], [two], [three]])));
  expect(merged(all)).toEqual([
    [
      [1, 2, 3],
      [4, 5],
      [6, 7],
    ],
  ]);
});

test("what is no product stays apart, and each point is covered once", () => {
  const products = [
    [[1], [8]],
    [[1], [9]],
    [[2], [9]],
  ];
  const boxes = merged(products);
  expect(boxes).toHaveLength(2);
  expect(boxes.flatMap(points).sort()).toEqual(products.flatMap(points).sort());
});

test("nothing stays nothing", () => {
  expect(merged([])).toEqual([]);
});
