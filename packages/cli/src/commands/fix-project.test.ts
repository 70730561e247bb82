import { compile } from "@scruple/compiler";
import { expect, test } from "vitest";
import { collectFixes } from "./fix-project.ts";

test("takes of the chosen files the fixes that leave no choice and do not get in each other's way", () => {
  const [finding] = compile([{ path: "a.scruple", text: "policy shop\nuse nothing" }]).diagnostics;
  const found = (file: string, ...fixes: readonly (readonly [string, number, number])[]) => ({
    ...finding!,
    file,
    fixes: fixes.map(([text, start, end]) => ({ title: text, edits: [{ start, end, text }] })),
  });
  const collected = collectFixes(
    [
      found("a.scruple", ["first", 20, 23]),
      found("a.scruple", ["same range", 20, 23]),
      found("a.scruple", ["one", 32, 38], ["other", 32, 38]),
      found("b.scruple", ["same range of another file", 20, 23]),
      found("c.scruple", ["not chosen", 20, 23]),
    ],
    new Set(["a.scruple", "b.scruple"]),
  );
  expect([...collected].map(([file, fixes]) => [file, fixes.map(({ title }) => title)])).toEqual([
    ["a.scruple", ["first"]],
    ["b.scruple", ["same range of another file"]],
  ]);
});
