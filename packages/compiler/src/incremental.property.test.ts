import { Dice, RandomEdits } from "@scruple/testkit";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { NamedSymbol } from "./binder/symbols.ts";
import { compile } from "./compile.ts";
import { catalogue } from "./diagnostics/catalogue.ts";
import type { CompileOptions } from "./options.ts";
import type { Program } from "./program.ts";

/** Logic and privacy take most of the time, and have nothing to do with what is kept. */
const quiet = Object.fromEntries(
  [...catalogue.keys()].filter((code) => /^SCR[45]/.test(code)).map((code) => [code, "off" as const]),
);
const optionsToChoose: readonly CompileOptions[] = [
  { severity: quiet },
  { severity: { ...quiet, SCR2004: "warning", "wrong-kind": "off" } },
  { severity: { ...quiet, SCR9999: "off" }, today: "2026-01-01" },
];

/** Everything that a program can be asked, as data; of one without errors, diagnostics take long to find. */
function everything(program: Program, withDiagnostics: boolean) {
  const units = new Map(program.files.map((file) => [file.path, file]));
  const told = (symbol: NamedSymbol) => {
    const { kind, id, name, policy, unit, node, at } = symbol;
    // A declaration of an older text would be one that nobody can see any more.
    if (!unit.std && unit !== units.get(unit.path)) throw new Error(`${id} is of another ${unit.path}`);
    const fields = symbol.kind === "source" ? [...symbol.fields.keys()] : [];
    const rules = symbol.kind === "interaction" ? [...symbol.rules.keys()] : [];
    return { kind, id, name, policy, file: unit.path, node: { start: node.start, end: node.end }, at, fields, rules };
  };
  const placed = (list: readonly { readonly unit: { readonly path: string }; readonly node: { start: number } }[]) =>
    list.map(({ unit, node }) => [unit.path, node.start]);
  return {
    files: program.files.map(({ path, text, policy }) => ({ path, text, policy })),
    policies: program.policies,
    diagnostics: withDiagnostics ? program.diagnostics : [],
    models: program.policies.map(({ name }) => program.model(name)),
    tests: program.policies.map(({ name }) => program.tests(name)),
    accepted: withDiagnostics ? program.policies.map(({ name }) => program.accepted(name)) : [],
    references: program.files.map(({ path }) =>
      program.references(path).map(({ file, start, end, symbol }) => ({ file, start, end, symbol: told(symbol) })),
    ),
    scopes: [...program.scopes.values()]
      .filter(({ std }) => !std)
      .map((scope) => ({
        name: scope.name,
        named: scope.named,
        std: scope.std,
        units: scope.units.map(({ path }) => path),
        tables: Object.entries(scope.tables).map(([table, names]) => [table, [...names.values()].map(told)]),
        attributes: [...scope.attributes.values()].map(told),
        symbols: scope.symbols.map(told),
        uses: [...scope.uses].map(([name, use]) => [name, use.scope.name, use.unit.path, use.node.start]),
        rules: scope.rules.map(told),
        parts: [placed(scope.promises), placed(scope.tests), placed(scope.useNodes)],
      })),
  };
}

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
          const hasModel = fresh.model("random.shop") !== null;
          const withDiagnostics = !hasModel || dice.chance(0.2);
          expectSame(everything(next, withDiagnostics), everything(fresh, withDiagnostics));
          compared++;
          if (hasModel) withModels++;
        }
        program = next;
      }
    }),
    { numRuns: 14 },
  );
  // Edits that break everything for good would show little.
  expect(withModels).toBeGreaterThan(compared / 5);
}, 180_000);
