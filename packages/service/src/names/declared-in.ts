import { type CheckedFile, declarationsIn, type NamedSymbol, type Program } from "@scruple/compiler";
import { scopeOf } from "../snapshot.ts";

/** By file: later programs share the files that have not changed, and what these declare. */
const known = new WeakMap<CheckedFile, readonly NamedSymbol[]>();

/** What a file declares under a name of its own; rules without one, and names left out, are none. */
export function declaredIn(program: Program, file: CheckedFile): readonly NamedSymbol[] {
  let declared = known.get(file);
  if (declared === undefined) {
    const unit = scopeOf({ program, file })?.units.find((one) => one === file);
    declared = unit === undefined ? [] : declarationsIn(unit).symbols.filter(hasName);
    known.set(file, declared);
  }
  return declared;
}

function hasName(symbol: NamedSymbol): boolean {
  return symbol.kind === "rule" ? symbol.node.name !== null : symbol.name !== "";
}
