import { compile, type Diagnostic } from "@scruple/compiler";
import { expect, it } from "vitest";
import { carryFindings } from "./carry-findings.ts";

const before = "policy p\npurpose a within x\npurpose b within y\npurpose c within z\n";
const found = compile([{ path: "p.scruple", text: before }]).checks.filter(({ code }) => code === "SCR2004");
/** What the findings point at in a text. */
const marked = (findings: readonly Diagnostic[], text: string) =>
  findings.map(({ start, end }) => text.slice(start, end));

it("moves what stands behind an edit, and leaves out what it touches", () => {
  expect(marked(found, before)).toEqual(["x", "y", "z"]);
  const inserted = before.replace("purpose b", "// more\npurpose b");
  expect(marked(carryFindings(found, before, inserted), inserted)).toEqual(["x", "y", "z"]);
  const changed = before.replace("within y", "within long");
  expect(marked(carryFindings(found, before, changed), changed)).toEqual(["x", "z"]);
  expect(marked(carryFindings(found, before, ""), "")).toEqual([]);
});
