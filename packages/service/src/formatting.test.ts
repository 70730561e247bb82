import { expect, it } from "vitest";
import { formatDocument, formatOnType, formatRange } from "./formatting.ts";
import { at } from "./testing/at.ts";
import { applied } from "./testing/text.ts";

const messy = "policy p\nsource   a   provided {\n  x:y\n}\n\n\n\npurpose    b // why\npurpose c   within   b\n";

it("edits nothing but what changes", () => {
  const { snapshot } = at(messy);
  const edits = formatDocument(snapshot);
  expect(applied(snapshot.file, edits)).toBe(
    "policy p\n\nsource a provided {\n  x : y\n}\n\npurpose b // why\npurpose c within b\n",
  );
  expect(edits.every(({ newText }) => newText.trim() === "")).toBe(true);
});

it("formats the lines of a range alone", () => {
  const { snapshot } = at(messy);
  const range = { start: { line: 8, character: 0 }, end: { line: 8, character: 20 } };
  expect(applied(snapshot.file, formatRange(snapshot, range))).toBe(messy.replace("c   within   b", "c within b"));
});

it("formats what a brace ends, and the line before a new one", () => {
  const block = at(messy.replace("x:y\n}", "x:y\n}$0"));
  expect(applied(block.snapshot.file, formatOnType(block.snapshot, block.position, "}"))).toContain(
    "a provided {\n  x : y\n}",
  );
  const line = at(messy.replace("within   b\n", "within   b\n$0"));
  expect(applied(line.snapshot.file, formatOnType(line.snapshot, line.position, "\n"))).toBe(
    messy.replace("c   within   b", "c within b"),
  );
});

it("leaves a file with mistakes as it is", () => {
  const { snapshot } = at("policy p\npurpose   (");
  expect(formatDocument(snapshot)).toEqual([]);
});
