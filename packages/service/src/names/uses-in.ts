import type { CheckedFile, NamedSymbol, Program } from "@scruple/compiler";
import type { Range } from "@scruple/syntax";
import { declaredIn } from "./declared-in.ts";
import { type Entity, keyOf } from "./entity.ts";
import { InnerNames } from "./inner-names.ts";

/** A place where a name stands. */
export interface Use extends Range {
  readonly entity: Entity;
  readonly key: string;
  /** True where the name is declared. */
  readonly declares: boolean;
}

const known = new WeakMap<Program, Map<string, readonly Use[]>>();

/** Every name in a file that stands for something, sorted by place. */
export function usesIn(program: Program, file: CheckedFile): readonly Use[] {
  let byFile = known.get(program);
  if (byFile === undefined) {
    byFile = new Map();
    known.set(program, byFile);
  }
  let uses = byFile.get(file.path);
  if (uses === undefined) {
    uses = collect(program, file);
    byFile.set(file.path, uses);
  }
  return uses;
}

function collect(program: Program, file: CheckedFile): readonly Use[] {
  const uses: Use[] = [];
  const symbolAt = new Map<number, NamedSymbol>();
  const add = ({ start, end }: Range, entity: Entity, declares = false) => {
    if (end > start) uses.push({ start, end, entity, key: keyOf(entity), declares });
  };
  for (const reference of program.references(file.path)) {
    if (symbolAt.has(reference.start)) continue;
    symbolAt.set(reference.start, reference.symbol);
    add(reference, { kind: "symbol", symbol: reference.symbol });
  }
  for (const symbol of declaredIn(program, file.path)) add(symbol.at, { kind: "symbol", symbol }, true);
  new InnerNames(program, file, symbolAt, add).collect();
  return uses.sort((a, b) => a.start - b.start || a.end - b.end);
}
