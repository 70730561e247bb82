import { catalogue } from "@scruple/compiler";
import { expect, test } from "vitest";
import { TestProject } from "../fixtures/project.ts";

const run = (...argv: string[]) => new TestProject({}).run(["rules", ...argv]);
const [first] = [...catalogue.values()];

test("lists every diagnostic on a line", async () => {
  const { code, out } = await run();
  expect(code).toBe(0);
  const lines = out.trimEnd().split("\n");
  expect(lines).toHaveLength(catalogue.size);
  expect(lines.map((line) => line.slice(0, 7))).toEqual([...catalogue.keys()].sort());
});

test("explains one by its code or its name", async () => {
  const { code, out } = await run(first!.code);
  expect(code).toBe(0);
  expect(out).toMatch(new RegExp(`^${first!.code} ${first!.name} ${first!.severity}\n`));
  expect(out).toContain(first!.summary);
  expect((await run(first!.name)).out).toBe(out);
  expect((await run(first!.code.toLowerCase())).out).toBe(out);
});

test("suggests the nearest where there is none of that name", async () => {
  const { code, out, err } = await run(`${first!.name}x`);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toContain(`There is no diagnostic \`${first!.name}x\`. Did you mean \`${first!.name}\`?`);
});

test("every diagnostic's documentation says more than its summary", () => {
  for (const { code, docs, summary } of catalogue.values()) expect(docs.length, code).toBeGreaterThan(summary.length);
});
