import type { NamedSymbol } from "../binder/symbols.ts";
import type { Program } from "../program.ts";

/**
 * Everything that a program can be asked, as data. What logic and privacy say takes long to find, and is left out unless
 * it is asked for.
 *
 * @throws Error where something that is declared belongs to a text that is not the program's
 */
export function everything(program: Program, withAnalysis: boolean) {
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
    diagnostics: withAnalysis ? program.diagnostics : program.checks,
    models: program.policies.map(({ name }) => program.model(name)),
    tests: program.policies.map(({ name }) => program.tests(name)),
    accepted: withAnalysis ? program.policies.map(({ name }) => program.accepted(name)) : [],
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
