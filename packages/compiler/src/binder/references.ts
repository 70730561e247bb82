import type { Range } from "@scruple/syntax";
import type { FileCheck } from "../checker/file-check.ts";
import type { NamedSymbol } from "./symbols.ts";

/** A place where a name is used, and what it means there. */
export interface Reference extends Range {
  readonly file: string;
  readonly symbol: NamedSymbol;
}

const known = new WeakMap<FileCheck, readonly Reference[]>();

/** Every use of a name in a file, sorted by place. The same list for the same check: later programs that keep it share it. */
export function referencesIn(check: FileCheck): readonly Reference[] {
  let references = known.get(check);
  if (references === undefined) {
    references = collect(check);
    known.set(check, references);
  }
  return references;
}

function collect({ unit, meanings }: FileCheck): readonly Reference[] {
  const found: Reference[] = [];
  const refer = (at: Range, symbol: NamedSymbol) =>
    found.push({ file: unit.path, start: at.start, end: at.end, symbol });
  for (const [{ parts }, meaning] of meanings) {
    if (meaning === null || typeof meaning === "string") continue;
    refer(parts.at(-1)!, meaning);
    if (meaning.kind === "field") refer(parts.at(-2)!, meaning.source);
  }
  return found.sort((a, b) => a.start - b.start);
}
