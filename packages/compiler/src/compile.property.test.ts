import { readFileSync } from "node:fs";
import { randomProject } from "@scruple/testkit";
import fc from "fast-check";
import { expect, it } from "vitest";
import { compile } from "./compile.ts";

const onePage = readFileSync(new URL("../../syntax/src/fixtures/one-page.scruple", import.meta.url), "utf8");
const words = onePage.match(/\w+|"[^"\n]*"|\s+|./g)!;

/** Everything that a program can be asked. */
function ask(files: readonly { readonly path: string; readonly text: string }[]) {
  const program = compile(files);
  return {
    diagnostics: program.diagnostics,
    policies: program.policies,
    models: program.policies.map(({ name }) => program.model(name)),
    tests: program.policies.map(({ name }) => program.tests(name)),
  };
}

it("compiles the one-page example without a finding", () => {
  const found = ask([{ path: "p.scruple", text: onePage }]);
  expect(found.diagnostics.filter(({ code }) => /^SCR[1238]/.test(code))).toEqual([]);
  expect(found.models[0]).toMatchObject({ policy: "airline.know_me" });
});

it("compiles random projects, whose files may stand in any order", () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const { files } = randomProject(seed);
      const found = ask(files);
      expect(found.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
      expect(ask([...files].reverse())).toEqual(found);
    }),
    { numRuns: 60 },
  );
});

it("survives any soup of tokens, with findings inside the text and models of what has no errors", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 80 }), (soup) => {
      const text = `policy soup\n${soup.join(" ")}`;
      const { diagnostics, policies, models } = ask([{ path: "p.scruple", text }]);
      const places = diagnostics.filter(({ code }) => !code.startsWith("SCR1")).flatMap((one) => [one, ...one.related]);
      for (const { start, end } of places.filter(({ file }) => file === "p.scruple")) {
        expect(0 <= start && start <= end && end <= text.length).toBe(true);
      }
      expect(policies.every(({ hasErrors }, i) => hasErrors === (models[i] === null))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

it("survives the one-page example with pieces taken out, put in and swapped", () => {
  const cut = fc.tuple(fc.nat(words.length - 1), fc.nat(12), fc.array(fc.constantFrom(...words), { maxLength: 3 }));
  fc.assert(
    fc.property(fc.array(cut, { minLength: 1, maxLength: 6 }), (cuts) => {
      const pieces = [...words];
      for (const [at, length, put] of cuts) pieces.splice(at, length, ...put);
      const found = ask([{ path: "p.scruple", text: pieces.join("") }]);
      expect(found.policies.every(({ hasErrors }, i) => hasErrors === (found.models[i] === null))).toBe(true);
    }),
    { numRuns: 150 },
  );
});

it("offers fixes that are edits within their files", () => {
  fc.assert(
    fc.property(fc.nat(words.length - 1), fc.constantFrom(...words), (at, put) => {
      const text = words.toSpliced(at, 1, put).join("");
      for (const { fixes } of compile([{ path: "p.scruple", text }]).diagnostics) {
        for (const edit of fixes.flatMap((fix) => fix.edits)) {
          expect(edit.start <= edit.end && edit.end <= text.length).toBe(true);
        }
      }
    }),
    { numRuns: 150 },
  );
});
