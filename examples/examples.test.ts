import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { compile, type PolicyFile } from "@scruple/compiler";
import { evaluator } from "@scruple/model";
import { format } from "@scruple/syntax";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL(".", import.meta.url));

function policyFiles(folder: string): PolicyFile[] {
  return readdirSync(join(folder, "policies"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".scruple"))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(folder, path).replaceAll("\\", "/"), text: readFileSync(path, "utf8") }));
}

const stories = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

describe.each(stories)("%s", (story) => {
  const folder = join(root, story);
  const program = compile(policyFiles(folder), {
    ...JSON.parse(readFileSync(join(folder, "scruple.json"), "utf8")),
    today: "2026-11-21",
  });
  const deciding = program.policies.filter((policy) => policy.declaresInteraction).map((policy) => policy.name);

  test("compiles without an error or a warning", () => {
    const loud = program.diagnostics.filter(({ severity }) => severity === "error" || severity === "warning");
    expect(loud.map(({ file, code, message }) => `${file} ${code} ${message}`)).toEqual([]);
    expect(deciding).not.toEqual([]);
  });

  test("is laid out as the formatter lays it out", () => {
    for (const { text } of program.files) expect(format(text)).toBe(text);
  });

  test.each(deciding)("%s says what is fine as well as what is not", (policy) => {
    const expected = program.tests(policy).flatMap(({ cases }) => cases.map((one) => one.expect.decision));
    expect(expected).toContain("allow");
    expect(expected).toContain("deny");
  });

  test.each(
    deciding.flatMap((policy) =>
      program.tests(policy).flatMap(({ name, cases }) => cases.map((one) => ({ policy, name, one, text: one.text }))),
    ),
  )("$policy: $name: $text", ({ policy, one }) => {
    const decision = evaluator(program.model(policy)!).decide(one.request);
    expect(decision.errors).toEqual([]);
    expect(decision).toMatchObject({
      decision: one.expect.decision,
      ...(one.expect.rules && { rules: one.expect.rules }),
      ...(one.expect.duties && { duties: one.expect.duties }),
    });
  });
});

test("the airline's day holds no request that is not understood, and both answers", () => {
  const folder = join(root, "airline-know-me");
  const model = compile(policyFiles(folder)).model("airline.know_me");
  const { decide } = evaluator(model!);
  const lines = readFileSync(join(folder, "requests.jsonl"), "utf8").trimEnd().split("\n");
  const decisions = lines.map((line) => decide(JSON.parse(line)));
  expect(decisions.flatMap(({ errors }) => errors)).toEqual([]);
  expect(lines).toHaveLength(300);
  expect(new Set(decisions.map(({ decision }) => decision))).toEqual(new Set(["allow", "deny"]));
});
