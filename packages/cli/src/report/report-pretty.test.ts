import type { Located } from "@scruple/project/report";
import { expect, test } from "vitest";
import { finding, report, span } from "../fixtures/report.ts";
import { plain } from "../terminal/console.ts";
import { reportPretty } from "./report-pretty.ts";

const show = (...diagnostics: readonly Located[]) =>
  reportPretty(report(...diagnostics), { paint: plain, cwd: "/project" });

test("says what is wrong, where, what else has to do with it, and what would settle it", () => {
  const other = { file: "policies/a.scruple", range: span(3, 8, 16), message: "`bookings` is declared here" };
  const fix = { title: "Write `bookings`", edits: [{ range: span(2, 11, 19), text: "bookings" }] };
  expect(show(finding({ related: [other], fixes: [fix] }))).toBe(`policies/a.scruple:2:11 error SCR2001 unknown-name
There is no source \`bookigns\`. Did you mean \`bookings\`?
  2 │ allow use bookigns
    │           ^^^^^^^^
  3 │ source bookings {}
    │        -------- \`bookings\` is declared here
  fix   Write \`bookings\`
  more  scruple rules SCR2001

`);
});

test("shows the other file where the other half of the story is there", () => {
  const other = { file: "policies/b.scruple", range: span(1, 8, 9), message: "the policy is declared here" };
  expect(show(finding({ related: [other] }))).toContain(`  policies/b.scruple:1:8 the policy is declared here
  1 │ policy b
    │        -
`);
});

test("names files as a terminal in the working directory can open them", () => {
  const text = reportPretty(report(finding()), { paint: plain, cwd: "/project/policies" });
  expect(text).toMatch(/^a\.scruple:2:11 /);
});

test("is nothing where nothing was found", () => expect(show()).toBe(""));

test("shows what a policy says without letting it steer the terminal", () => {
  expect(show(finding({ message: "There is no \u001b[31msource." }))).toContain("There is no ␛[31msource.");
});
