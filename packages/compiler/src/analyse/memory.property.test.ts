import { RandomEdits } from "@scruple/testkit";
import fc from "fast-check";
import { expect, it } from "vitest";
import { compile } from "../compile.ts";

it("finds after an edit what a fresh analysis finds, in the same words and at the right places", () => {
  let found = 0;
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const edits = new RandomEdits(seed);
      let program = compile(edits.files);
      let files = edits.files;
      for (let i = 0; i < 12; i++) {
        // Lines shift, and nothing else: all is remembered, and told elsewhere.
        files = i % 3 === 2 ? files.map((file) => ({ ...file, text: `// ${i}\n\n${file.text}` })) : edits.next();
        const next = compile(files, {}, program);
        const fresh = compile(files);
        expect(next.diagnostics).toEqual(fresh.diagnostics);
        for (const { name } of fresh.policies) expect(next.accepted(name)).toEqual(fresh.accepted(name));
        found += next.diagnostics.filter(({ code }) => /^SCR[456]/.test(code)).length;
        program = next;
      }
    }),
    { numRuns: 12 },
  );
  expect(found).toBeGreaterThan(100);
}, 120_000);
