import { XMLParser, XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import { finding, report } from "../fixtures/report.ts";
import { reportJUnit } from "./report-junit.ts";

function read(xml: string) {
  expect(XMLValidator.validate(xml)).toBe(true);
  const list = ["testsuite", "testcase"];
  return new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    isArray: (name) => list.includes(name),
  }).parse(xml).testsuites;
}

test("has a suite for each file, with failures for errors alone", () => {
  const suites = read(reportJUnit(report(finding(), finding({ severity: "warning" }))));
  expect(suites).toMatchObject({ name: "scruple check", tests: "3", failures: "1", errors: "0" });
  expect(suites.testsuite).toMatchObject([
    {
      name: "policies/a.scruple",
      tests: "2",
      failures: "1",
      testcase: [
        { name: "SCR2001 unknown-name (2:11)", failure: { type: "unknown-name" } },
        { "system-out": expect.stringContaining("a.scruple:2:11 warning SCR2001") },
      ],
    },
    { name: "policies/b.scruple", tests: "1", failures: "0", testcase: [{ name: "check" }] },
  ]);
});

test("stays well-formed whatever a message holds", () => {
  const message = "a < b && \"c\" > 'd' ]]> \u0000 \ud800 \u{1f600}\n\ttwo";
  const suites = read(reportJUnit(report(finding({ message }))));
  expect(suites.testsuite[0].testcase[0].failure["#text"]).toContain("\u{1f600}");
});
