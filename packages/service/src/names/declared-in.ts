import type { CheckedFile, NamedSymbol, Program } from "@scruple/compiler";
import { scopeOf } from "../snapshot.ts";

/** By file: later programs share the files that have not changed, and what these declare. */
const known = new WeakMap<CheckedFile, readonly NamedSymbol[]>();

/** What a file declares under a name of its own; rules without one, and names left out, are none. */
export function declaredIn(program: Program, file: CheckedFile): readonly NamedSymbol[] {
  let declared = known.get(file);
  if (declared === undefined) {
    const all = scopeOf({ program, file })?.symbols ?? [];
    declared = all.filter((symbol) => symbol.unit === file && hasName(symbol));
    known.set(file, declared);
  }
  return declared;
}

function hasName(symbol: NamedSymbol): boolean {
  return symbol.kind === "rule" ? symbol.node.name !== null : symbol.name !== "";
}
