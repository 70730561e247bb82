import { Diagrams, FALSE, type Node, TRUE } from "@scruple/analysis";
import { Dice } from "@scruple/testkit";
import { expect, test } from "vitest";
import { conflictsAmong } from "./conflicts.ts";

const diagrams = new Diagrams();
const variables = Array.from({ length: 6 }, () => diagrams.addVariable(2, 0)).map((variable) =>
  diagrams.branch(variable, (value) => (value === 0 ? FALSE : TRUE)),
);
const [x, y, z] = variables as [Node, Node, Node];

test("what is true together does not conflict", () => {
  expect(conflictsAmong(diagrams, [x, y, TRUE, diagrams.or(x, z)]).sets).toEqual([]);
});

test("of three, any two may be true together", () => {
  const some = [diagrams.or(x, y), diagrams.not(x), diagrams.not(y), z];
  expect(conflictsAmong(diagrams, some)).toEqual({
    sets: [some.slice(0, 3).sort((a, b) => a - b)],
    isCoarse: false,
  });
});

test("the smallest sets are those that are found by trying all", () => {
  const dice = new Dice(7);
  let [found, ofMany] = [0, 0];
  for (let round = 0; round < 900; round++) {
    const functions = new Set<Node>();
    for (let count = dice.int(2, 7); count > 0; count--) {
      const literals = Array.from({ length: dice.int(1, 3) }, () =>
        dice.chance(0.5) ? dice.pick(variables) : diagrams.not(dice.pick(variables)),
      );
      const one = dice.chance(0.5) ? diagrams.all(literals) : diagrams.any(literals);
      if (one !== FALSE && one !== TRUE) functions.add(one);
    }
    const list = [...functions].sort((a, b) => a - b);
    const subsets = Array.from({ length: 1 << list.length }, (_, bits) =>
      list.filter((_, index) => bits & (1 << index)),
    );
    const conflicting = subsets.filter((subset) => diagrams.all(subset) === FALSE);
    const smallest = conflicting.filter(
      (one) => !conflicting.some((less) => less.length < one.length && less.every((node) => one.includes(node))),
    );
    const { sets, isCoarse } = conflictsAmong(diagrams, list);
    const inOrder = (all: readonly (readonly Node[])[]) => all.map((one) => one.join()).sort();
    expect(inOrder(sets), `round ${round}`).toEqual(inOrder(smallest));
    expect(isCoarse).toBe(false);
    found += sets.length;
    ofMany += sets.filter(({ length }) => length > 2).length;
  }
  expect(found).toBeGreaterThan(400);
  expect(ofMany).toBeGreaterThan(20);
});

test("a search that would go on for too long is given up, with the smallest that there are, and says so", () => {
  const many = new Diagrams();
  const functions = Array.from({ length: 14 }, () => many.addVariable(2, 0)).flatMap((variable) => {
    const one = many.branch(variable, (value) => (value === 0 ? FALSE : TRUE));
    return [one, many.not(one)];
  });
  const { sets, isCoarse } = conflictsAmong(many, functions);
  expect(isCoarse).toBe(true);
  expect(sets).toHaveLength(14);
});
