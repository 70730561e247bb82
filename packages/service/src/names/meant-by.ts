import type { NamedSymbol, Program } from "@scruple/compiler";
import type { Path } from "@scruple/syntax";

/** What names in a file mean, as far as they mean something. @param path of the file */
export function meantBy(program: Program, path: string, names: readonly Path[]): readonly NamedSymbol[] {
  if (names.length === 0) return [];
  const starts = new Set(names.map(({ parts }) => parts.at(-1)?.start));
  return program
    .references(path)
    .filter(({ start }) => starts.has(start))
    .map(({ symbol }) => symbol);
}

/** Everything that a purpose, a channel, a recipient or a category is within, at whatever distance. */
export function ancestorsOf(program: Program, symbol: NamedSymbol): ReadonlySet<string> {
  const found = new Set<string>();
  const pending = [symbol];
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    const within = "within" in one.node ? one.node.within : [];
    for (const parent of meantBy(program, one.unit.path, within)) {
      if (found.has(parent.id)) continue;
      found.add(parent.id);
      pending.push(parent);
    }
  }
  return found;
}
