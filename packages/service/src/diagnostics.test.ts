import { expect, it } from "vitest";
import { toLspDiagnostics } from "./diagnostics.ts";
import { at, shop } from "./testing/at.ts";

function found(source: string) {
  const { snapshot } = at(source);
  const { program, file, addresses } = snapshot;
  return toLspDiagnostics(program, file, snapshot.findings(), addresses);
}

it("carries severity, code and a link to the documentation", () => {
  expect(found("policy p\npurpose a within b")).toContainEqual({
    range: { start: { line: 1, character: 17 }, end: { line: 1, character: 18 } },
    severity: 1,
    code: "SCR2004",
    source: "scruple",
    message: "No purpose is named `b` here. Declare it, or `use` the policy that does.",
    codeDescription: { href: "scruple:/diagnostics/SCR2004.md" },
    data: { name: "unknown-name" },
  });
});

it("shows the other half of the story", () => {
  const clash = found("policy p\npurpose a\npurpose a").find(({ code }) => code === "SCR2001");
  expect(clash?.relatedInformation).toMatchObject([
    { location: { uri: "file:///main.scruple" }, message: expect.stringContaining("first") },
  ]);
});

it("marks what something else has taken the place of", () => {
  const rules = "a: allow use orders.size under contract\n  b: allow use orders.size under contract\n";
  const twice = found(`${shop}\ninteraction i { purposes customer_care channels email\n  ${rules}}`);
  expect(twice.find(({ code }) => code === "SCR4004")?.tags).toEqual([2]);
});

it("marks what could as well be taken away", () => {
  const unused = found(`${shop}\ninteraction i { purposes customer_care channels email }`);
  expect(unused.find(({ message }) => String(message).includes("`adult`"))?.tags).toEqual([1]);
});
