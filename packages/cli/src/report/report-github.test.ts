import { expect, test } from "vitest";
import { finding, report, span } from "../fixtures/report.ts";
import { reportGitHub } from "./report-github.ts";

test("is a workflow command for each finding", () => {
  expect(reportGitHub(report(finding({ message: "No." }), finding({ severity: "hint", message: "Well." })), {})).toBe(
    [
      "::error file=policies/a.scruple,line=2,endLine=2,col=11,endColumn=19,title=SCR2001 unknown-name::No.",
      "::notice file=policies/a.scruple,line=2,endLine=2,col=11,endColumn=19,title=SCR2001 unknown-name::Well.",
      "",
    ].join("\n"),
  );
});

test("escapes what would end a command or a property", () => {
  const text = reportGitHub(report(finding({ file: "a,b:c.scruple", message: "50 %\nof it, and: more" })), {});
  expect(text).toContain("file=a%2Cb%3Ac.scruple,");
  expect(text).toContain("::50 %25%0Aof it, and: more\n");
});

test("leaves columns out where a finding has several lines", () => {
  expect(reportGitHub(report(finding({ range: span(2, 5, 3, 4) })), {})).toContain("line=2,endLine=4,title=");
});

test("names files from the top of the checkout", () => {
  const text = reportGitHub(report(finding()), { GITHUB_WORKSPACE: "/" });
  expect(text).toContain("file=project/policies/a.scruple,");
});
