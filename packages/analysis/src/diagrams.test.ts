import { expect, test } from "vitest";
import { Diagrams } from "./diagrams.ts";
import { FALSE, type Node, TRUE, UNKNOWN } from "./node-store.ts";
import { TooLargeError } from "./too-large-error.ts";

/** Variables of three values, of which the first is unknown. */
function threeValued(count: number, limit?: number) {
  const diagrams = new Diagrams(limit);
  const literals = Array.from({ length: count }, () => diagrams.addVariable(3, 1)).map((variable) =>
    diagrams.branch(variable, (value) => [UNKNOWN, FALSE, TRUE][value]!),
  );
  return { diagrams, literals };
}

test("equal functions are one diagram, however they were made", () => {
  const { diagrams, literals } = threeValued(3);
  const [x, y, z] = literals as [Node, Node, Node];
  const one = diagrams.or(diagrams.and(x, y), diagrams.and(x, z));
  expect(diagrams.and(diagrams.or(z, y), x)).toBe(one);
  expect(diagrams.not(diagrams.not(one))).toBe(one);
  expect(diagrams.not(diagrams.all([x, y]))).toBe(diagrams.any([diagrams.not(y), diagrams.not(x)]));
});

test("a condition or its opposite is not always true: both may be unknown", () => {
  const { diagrams, literals } = threeValued(1);
  const x = literals[0]!;
  const either = diagrams.or(x, diagrams.not(x));
  expect(either).not.toBe(TRUE);
  expect(diagrams.isTrue(either)).not.toBe(TRUE);
  expect(diagrams.known(diagrams.isTrue(either))).toBe(TRUE);
  expect(diagrams.isNotFalse(diagrams.and(x, diagrams.not(x)))).not.toBe(FALSE);
});

test("a variable that makes no difference is not tested", () => {
  const { diagrams, literals } = threeValued(2);
  const [x, y] = literals as [Node, Node];
  const absorbed = diagrams.or(x, diagrams.and(x, y));
  expect(absorbed).toBe(x);
  expect(diagrams.support(absorbed)).toEqual([0]);
  expect(diagrams.branch(0, () => y)).toBe(y);
});

test("a comparison with one of many constants takes one node", () => {
  const diagrams = new Diagrams();
  const age = diagrams.addVariable(10_001, 1);
  const adult = diagrams.branch(age, (value) => (value === 0 ? UNKNOWN : value > 18 ? TRUE : FALSE));
  const senior = diagrams.branch(age, (value) => (value === 0 ? UNKNOWN : value > 65 ? TRUE : FALSE));
  expect(diagrams.size(adult)).toBe(1);
  expect(diagrams.and(adult, senior)).toBe(senior);
  expect(diagrams.implies(diagrams.isTrue(senior), diagrams.isTrue(adult))).toBe(true);
  expect(diagrams.implies(diagrams.isTrue(adult), diagrams.isTrue(senior))).toBe(false);
});

test("every operation agrees with Kleene's tables, value by value", () => {
  const { diagrams, literals } = threeValued(2);
  const [x, y] = literals as [Node, Node];
  const terminal = [UNKNOWN, FALSE, TRUE];
  for (const a of [0, 1, 2]) {
    for (const b of [0, 1, 2]) {
      const at = (node: Node) => diagrams.evaluate(node, (variable) => (variable === 0 ? a : b));
      const [left, right] = [terminal[a]!, terminal[b]!];
      expect(at(diagrams.and(x, y))).toBe(Math.min(left, right));
      expect(at(diagrams.or(x, y))).toBe(Math.max(left, right));
      expect(at(diagrams.not(x))).toBe(TRUE - left);
      expect(diagrams.restrict(diagrams.and(x, y), 1, b)).toBe(diagrams.and(x, right));
    }
  }
});

test("a full store says so, and what it holds stays right", () => {
  const { diagrams, literals } = threeValued(24, 200);
  const [x, y] = literals as [Node, Node];
  const both = diagrams.and(x, y);
  // Each fact with one twelve places on: in this order all must be remembered at once.
  const far = () => diagrams.any(Array.from({ length: 12 }, (_, i) => diagrams.and(literals[i]!, literals[i + 12]!)));
  expect(far).toThrow(TooLargeError);
  expect(diagrams.and(y, x)).toBe(both);
  expect(diagrams.or(both, x)).toBe(x);
});

test("thousands of facts in a row are refused, not a crash", () => {
  const { diagrams, literals } = threeValued(20_000);
  expect(() => diagrams.all(literals)).toThrow(TooLargeError);
});
