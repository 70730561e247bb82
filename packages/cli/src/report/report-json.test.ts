import { expect, test } from "vitest";
import { finding, report, span } from "../fixtures/report.ts";
import { reportJson } from "./report-json.ts";

test("is an array of diagnostics, in the documented order of keys", () => {
  const fix = { title: "Write `b`", edits: [{ range: span(1, 1, 2), text: "b" }] };
  const related = { file: "b.scruple", range: span(1, 8, 9), message: "here" };
  const [first] = JSON.parse(reportJson(report(finding({ fixes: [fix], related: [related] }))));
  expect(Object.keys(first)).toEqual("file code name severity message range related fixes url".split(" "));
  expect(first.range).toEqual({ start: { line: 2, column: 11 }, end: { line: 2, column: 19 } });
  expect(first.related).toEqual([related]);
  expect(first.fixes).toEqual([fix]);
});

test("is an empty array where nothing was found", () => expect(reportJson(report())).toBe("[]\n"));
