import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const [head, message] = manifest.contributes.problemMatchers[0].pattern;

it("reads what `scruple check` prints", () => {
  const lines = [
    "policies/on-board.scruple:21:8 error SCR2004 unknown-name",
    "No channel is named `staff_devicee` here. Did you mean `staff_device`?",
  ] as const;
  const found = new RegExp(head.regexp).exec(lines[0])!;
  const part = (name: string) => found[head[name]];
  expect(["file", "line", "column", "severity", "code"].map(part)).toEqual([
    ...["policies/on-board.scruple", "21", "8", "error", "SCR2004"],
  ]);
  expect(new RegExp(message.regexp).exec(lines[1])![message.message]).toBe(lines[1]);
});

it("takes no other line for the head of a problem", () => {
  for (const line of ["  21 │     on staff_devicee", "  more  scruple rules SCR2004", "1 error in 1 of 6 files"])
    expect(line).not.toMatch(new RegExp(head.regexp));
});
