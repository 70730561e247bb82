import { describe, expect, it } from "vitest";
import { parse, syntaxCatalogue } from "./index.ts";

const entries = [...syntaxCatalogue.values()].map((entry) => [entry.name, entry] as const);
/** Samples of these are whole files; the others belong to a policy that need not be shown. */
const aboutHeaders = ["missing-policy", "policy-not-first"];

function codesOf(name: string, sample: string): string[] {
  const text = aboutHeaders.includes(name) ? sample : `policy docs.example\n${sample}`;
  return [...new Set(parse(text).findings.map(({ code }) => code))];
}

function sample(docs: string, which: "bad" | "good"): string {
  return new RegExp(`\`\`\`scruple ${which}\\n([^]*?)\\n\`\`\``).exec(docs)?.[1] ?? "";
}

describe.each(entries)("%s", (name, entry) => {
  it("has a name, a summary and a code that lists can show", () => {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(entry.summary).toMatch(/^.{10,110}\.$/);
    expect(entry.code).toMatch(/^SCR1\d{3}$/);
  });
});

describe.each(entries.filter(([name]) => name !== "too-many-errors"))("%s", (name, entry) => {
  it("is drawn by its bad example", () => {
    expect(codesOf(name, sample(entry.docs, "bad"))).toContain(entry.code);
  });

  it("and not by its good example, which has no errors", () => {
    expect(codesOf(name, sample(entry.docs, "good"))).toEqual([]);
  });
});

it("shows a thousand errors of a file, and says that there are more", () => {
  const { findings } = parse(`policy a${";".repeat(5000)}`);
  expect(findings).toHaveLength(1001);
  expect(findings.at(-1)?.code).toBe("SCR1035");
});

it("gives every diagnostic a code and a name of its own", () => {
  expect(new Set(entries.map(([name]) => name)).size).toBe(entries.length);
  expect(syntaxCatalogue.size).toBe(entries.length);
});
