import { CallError } from "@scruple/project";
import type { Located } from "@scruple/project/report";
import { expect, test } from "vitest";
import { problemOf, problemOfError, problemText } from "./problem.ts";

const at = (column: number) => ({ line: 1, column, offset: column - 1 });

test("what a policy, or the name of its file, holds stays on its line of a bundler's report", () => {
  const found: Partial<Located> = {
    code: "SCR2004",
    name: "unknown-name",
    severity: "error",
    message: "No purpose is named `x\n::error::y\u001b[8m`.",
    file: "a\n::error::z.scruple",
    range: { start: at(3), end: at(4) },
    related: [],
  };
  const problem = problemOf(
    found as Located,
    () => ["a \u001b b"],
    (path) => `/policies/${path}`,
  );
  expect(problem.message).toBe("SCR2004 unknown-name: No purpose is named `x␊::error::y␛[8m`.");
  expect(problem.place).toMatchObject({ file: "/policies/a\n::error::z.scruple", line: 1, column: 3 });
  expect(problemText(problem)).not.toMatch(/^::/m);
  expect(problemText(problem)).not.toContain("\u001b");
});

test("what the file system refused moves no cursor", () => {
  const { message } = problemOfError(new CallError("`a\u001b[2Ab` cannot be read:\n  it is a folder."));
  expect(message).toBe("`a␛[2Ab` cannot be read:\n  it is a folder.");
});
