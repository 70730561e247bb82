import { expect, test } from "vitest";
import { Names, treeOf } from "./names.ts";

test("a name leads to its number, and nothing else does", () => {
  const names = ["offer", "offer_2", "a", "greeting", "o", "offer_3"];
  const table = new Names(
    names.map((name, index) => [name, index]),
    [2, 7],
  );
  expect(names.map((name) => table.find(name))).toEqual([0, 1, 2, 3, 4, 5]);
  for (const other of ["", "offer_4", "Offer", "__proto__", undefined, null, 7, ["offer"]])
    expect(table.find(other)).toBe(-1);
});

test("no character but those that are named is looked at for finding a name, and all for knowing it", () => {
  const table = new Names(
    [
      ["offer_1", 1],
      ["offer_2", 2],
    ],
    [],
  );
  expect(["offer_1", "offer_2", "offer_3", "x".repeat(1_000_000)].map((name) => table.find(name))).toEqual([
    1, 2, -1, -1,
  ]);
});

test("names that share the characters that are looked at are told apart all the same", () => {
  const names = Array.from({ length: 500 }, (_, index) => `${index}`.padStart(4, "0").concat("_same_ending_of_all"));
  const table = new Names(
    names.map((name, index) => [name, index]),
    [1, 5],
  );
  expect(names.map((name) => table.find(name))).toEqual(names.map((_, index) => index));
  expect(table.find("0500_same_ending_of_all")).toBe(-1);
});

// a; b within a; c within a; d within b, c; e within b and x.
const tree = treeOf({ names: "a x b c d e", owners: "#%", parents: "##$#$#%%&%%$" }, ["shop"], [1]);

test("a name may stand behind its policy", () => {
  expect(["a", "shop.d", "e", "other.a"].map((name) => tree.names.find(name))).toEqual([0, 4, 5, -1]);
});

test("one covers what is within it in every way, and overlaps what is within it in some", () => {
  expect([...tree.relation(4)]).toEqual([3, 0, 2, 2, 3, 0]);
  expect([...tree.relation(0)]).toEqual([3, 0, 2, 2, 2, 2]);
});

test("several cover together what none of them covers alone", () => {
  expect(tree.coverTogether([2], 1, 4)).toBe(false);
  expect(tree.coverTogether([2, 3], 2, 4)).toBe(true);
  expect(tree.coverTogether([0, 1], 2, 5)).toBe(true);
  expect(tree.coverTogether([0], 1, 5)).toBe(false);
  expect(tree.coverTogether([2, 3], 1, 4)).toBe(false);
});
