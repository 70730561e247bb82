import { expect, it } from "vitest";
import { bugReport } from "./bug-report.ts";

it("says what kind of mistake it was and where, and nothing of what the policies say", () => {
  const report = bugReport(new RangeError("`customers.ssn` of\n    at hr (secret.scruple:1:1) is too much"));
  expect(report).toMatch(
    /^Sorry, this is a mistake in Scruple, not in your policy\. RangeError\n\s+at .*bug-report\.test/,
  );
  expect(report).not.toMatch(/ssn|secret/);
});

it("says less where it cannot tell what it was told from where it was", () => {
  const error = new Error("customers.ssn");
  error.message = "";
  const foreign = Object.assign(new Error("ssn"), {
    stack: "check@https://editor/server.js:1:2\nrun@https://editor/server.js:3:4",
  });
  expect(bugReport(error)).not.toContain("ssn");
  expect(bugReport(foreign)).toContain("\ncheck@https://editor/server.js:1:2\nrun@");
  expect(bugReport("customers.ssn")).toMatch(/policy\. string$/);
});
