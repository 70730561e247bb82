import { readMarked } from "@scruple/testkit";
import { describe, expect, it } from "vitest";
import { compile } from "../compile.ts";
import { catalogue } from "./catalogue.ts";

const own = [...catalogue.values()].filter(({ code }) => !code.startsWith("SCR1"));

/** Codes that the sample draws. A sample that names no policy belongs to one of its own. */
function codesOf(sample: string, only?: string): string[] {
  const text = sample.startsWith("policy ") ? sample : `policy docs.example\n${sample}`;
  const { diagnostics } = compile(readMarked(text).files);
  return diagnostics.filter(({ severity, code }) => severity === "error" || code === only).map(({ code }) => code);
}

function sample(docs: string, which: "bad" | "good"): string | undefined {
  return new RegExp(`\`\`\`scruple ${which}\\n([^]*?)\`\`\``).exec(docs)?.[1];
}

describe.each(own.map((entry) => [entry.name, entry] as const))("%s", (name, entry) => {
  it("has a name and a summary that lists can show", () => {
    expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(entry.summary).toMatch(/^.{10,110}\.$/);
  });
});

// What lies in bytes, options and sheer size has no example in the language.
const shown = own.filter(({ docs }) => sample(docs, "bad") !== undefined);

describe.each(shown.map((entry) => [entry.name, entry] as const))("%s", (_, entry) => {
  it("is drawn by its bad example", () => {
    expect(codesOf(sample(entry.docs, "bad")!, entry.code)).toEqual([entry.code]);
  });

  it("and not by its good example, which has no errors", () => {
    expect(codesOf(sample(entry.docs, "good")!, entry.code)).toEqual([]);
  });
});

it("has an example of every diagnostic that a policy's text alone can draw", () => {
  const without = own.filter((entry) => !shown.includes(entry)).map(({ code }) => code);
  expect(without).toEqual(["SCR4013", "SCR5016", "SCR6002", "SCR8001", "SCR8002", "SCR8003", "SCR8004", "SCR8005"]);
});

it("gives every diagnostic a code and a name of its own", () => {
  expect(new Set(own.map(({ name }) => name)).size).toBe(own.length);
  expect(own.every(({ code, severity }) => severity !== "error" || /^SCR[2368]\d{3}$/.test(code))).toBe(true);
});
