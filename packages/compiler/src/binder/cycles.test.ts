import { checkMarked } from "@scruple/testkit";
import { expect, it } from "vitest";
import { compile } from "../compile.ts";
import { findCycles } from "./cycles.ts";

it.each([
  ["category", "category a within c", "category b within a", "category c within b"],
  ["purpose", "purpose a within c", "purpose b within a", "purpose c within b"],
  ["recipient", "recipient a within c", "recipient b within a", "recipient c within b"],
  ["condition", "condition a = not c", "condition b = a or false", "condition c = (b = true)"],
])("names all of a circle of %s declarations", (_, ...lines) => {
  const { diagnostics } = compile([{ path: "p.scruple", text: `policy p\n${lines.join("\n")}` }]);
  const [cycle, ...others] = diagnostics.filter(({ severity }) => severity === "error");
  expect(others).toEqual([]);
  expect(cycle).toMatchObject({ code: "SCR2009", message: expect.stringContaining("`a` → `c` → `b` → `a`") });
  expect(cycle!.related).toHaveLength(2);
});

it("sees one that is within itself, and what lies within it is not at fault", () => {
  checkMarked(`policy p
category a within a
//                ^ SCR2009 \`a\` is within itself. Take that away.
category b within a`);
});

it("follows derivation through fields", () => {
  checkMarked(`policy p
category kind
source a derived from b.x { y : kind }
//                    ^^^ SCR2009 \`a\` is derived from itself, in a circle: \`a\` → \`b\` → \`a\`.
source b derived from a { x : kind }
source c derived from a { z : kind }`);
});

it("finds channels within each other", () => {
  checkMarked(`policy p
recipient all
channel a within b reaches all
//               ^ SCR2009
channel b within a reaches all`);
});

it("finds policies that use each other, and one that uses itself", () => {
  const program = checkMarked(`
//- a.scruple
policy a
use b
//  ^ SCR2009 \`a\` uses itself, in a circle: \`a\` → \`b\` → \`a\`.
//- b.scruple
policy b
use a
//- c.scruple
policy c
use c
//  ^ SCR2009 \`c\` uses itself.`);
  expect(program.policies.map(({ hasErrors }) => hasErrors)).toEqual([true, true, true]);
});

it("is not misled by diamonds", () => {
  checkMarked(`policy p
category a
category b within a
category c within a
category d within b, c`);
});

it("reports two circles apart, and one group of circles once", () => {
  const edges: Record<string, string[]> = { a: ["b", "c"], b: ["a"], c: ["a"], d: ["e"], e: ["d"], f: ["a", "f"] };
  expect(findCycles(Object.keys(edges), (node) => edges[node]!)).toEqual([["a", "b"], ["d", "e"], ["f"]]);
});

it("walks chains of any length", () => {
  const length = 100_000;
  const lines = Array.from({ length }, (_, i) => `category c${i} within c${(i + 1) % length}`);
  const { diagnostics } = compile([{ path: "p.scruple", text: `policy p\n${lines.join("\n")}` }]);
  expect(diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code)).toEqual(["SCR2009"]);
  expect(diagnostics.find(({ code }) => code === "SCR2009")!.message).toContain("99960 more");
});
