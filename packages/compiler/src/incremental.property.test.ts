import { Dice, RandomEdits } from "@scruple/testkit";
import fc from "fast-check";
import { expect, it } from "vitest";
import { compile } from "./compile.ts";
import { catalogue } from "./diagnostics/catalogue.ts";
import type { CompileOptions } from "./options.ts";
import { everything } from "./testing/everything.ts";

/** Logic and privacy take long, and what is kept of them has tests of its own. */
const quiet = Object.fromEntries(
  [...catalogue.keys()].filter((code) => /^SCR[45]/.test(code)).map((code) => [code, "off" as const]),
);
const optionsToChoose: readonly CompileOptions[] = [
  { severity: quiet },
  { severity: { ...quiet, SCR2004: "warning", "wrong-kind": "off" } },
  { severity: { ...quiet, SCR9999: "off" }, today: "2026-01-01" },
];

function expectSame(left: unknown, right: unknown) {
  // To compare them as text is quicker by far, and shows nothing.
  if (JSON.stringify(left) !== JSON.stringify(right)) expect(left).toEqual(right);
}

it("gives what a fresh compilation gives, after any edits", () => {
  let compared = 0;
  let withModels = 0;
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const dice = new Dice(seed);
      const edits = new RandomEdits(seed);
      let options = optionsToChoose[0]!;
      let program = compile(edits.files, options);
      for (let i = 0; i < 40; i++) {
        if (dice.chance(0.1)) options = dice.pick(optionsToChoose);
        const files = edits.next();
        const next = compile(files, options, program);
        // An editor does not ask everything of every program.
        if (dice.chance(0.75)) {
          const fresh = compile(files, options);
          const withAnalysis = dice.chance(0.1);
          expectSame(everything(next, withAnalysis), everything(fresh, withAnalysis));
          compared++;
          if (fresh.model("random.shop") !== null) withModels++;
        }
        program = next;
      }
    }),
    { numRuns: 14 },
  );
  // Edits that break everything for good would show little.
  expect(withModels).toBeGreaterThan(compared / 5);
}, 180_000);

it("finds nothing in a file, with the others read in part, that is not found with all of them", () => {
  let partial = 0;
  let found = 0;
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const dice = new Dice(seed);
      const edits = new RandomEdits(seed);
      let before = compile(edits.files);
      for (let i = 0; i < 25; i++) {
        const files = edits.next();
        const open = dice.pick(files);
        const inPart = files.map((file) => (file === open ? file : { ...file, outlineOnly: true }));
        const glimpse = compile(inPart, { severity: quiet }, dice.chance(0.5) ? before : undefined);
        const fresh = compile(files, { severity: quiet });
        const all = new Set(fresh.checks.map((one) => JSON.stringify(one)));
        expect(glimpse.checks.filter((one) => !all.has(JSON.stringify(one)))).toEqual([]);
        if (!glimpse.isWhole) partial++;
        if (!glimpse.isWhole && glimpse.checks.length > 0) found++;
        before = compile(files, { severity: quiet }, glimpse);
        expectSame(everything(before, false), everything(fresh, false));
      }
    }),
    { numRuns: 6 },
  );
  // It would show nothing if files were hardly ever read in part, or nothing were ever found in them.
  expect(partial).toBeGreaterThan(40);
  expect(found).toBeGreaterThan(10);
}, 180_000);
