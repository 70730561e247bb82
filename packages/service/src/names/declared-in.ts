import type { NamedSymbol, Program } from "@scruple/compiler";

const known = new WeakMap<Program, ReadonlyMap<string, readonly NamedSymbol[]>>();

/** What a file of the project declares under a name of its own; rules without one, and names left out, are none. */
export function declaredIn(program: Program, path: string): readonly NamedSymbol[] {
  let byFile = known.get(program);
  if (byFile === undefined) {
    byFile = index(program);
    known.set(program, byFile);
  }
  return byFile.get(path) ?? [];
}

function index(program: Program): ReadonlyMap<string, readonly NamedSymbol[]> {
  const byFile = new Map<string, NamedSymbol[]>();
  for (const scope of program.scopes.values()) {
    if (scope.std) continue;
    for (const symbol of scope.symbols) {
      if (symbol.kind === "rule" ? symbol.node.name === null : symbol.name === "") continue;
      const list = byFile.get(symbol.unit.path);
      if (list) list.push(symbol);
      else byFile.set(symbol.unit.path, [symbol]);
    }
  }
  return byFile;
}
