import type { CheckedFile, NamedSymbol, Program, Reference } from "@scruple/compiler";
import type { Range } from "@scruple/syntax";
import { declaredIn } from "./declared-in.ts";
import { type Entity, entityOf, keyOf } from "./entity.ts";
import { InnerNames } from "./inner-names.ts";

/** A place where a name stands. */
export interface Use extends Range {
  readonly entity: Entity;
  readonly key: string;
  /** True where the name is declared. */
  readonly declares: boolean;
}

/** By the references that the compiler has found, which stay the same list as long as what a file says means the same. */
const known = new WeakMap<readonly Reference[], { readonly file: CheckedFile; readonly uses: readonly Use[] }>();

/** Every name in a file that stands for something, sorted by place. */
export function usesIn(program: Program, file: CheckedFile): readonly Use[] {
  const references = program.references(file.path);
  const before = known.get(references);
  if (before?.file === file) return before.uses;
  const uses = collect(program, file);
  known.set(references, { file, uses });
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
    add(reference, entityOf(reference.symbol));
  }
  for (const symbol of declaredIn(program, file)) add(symbol.at, entityOf(symbol), true);
  new InnerNames(program, file, symbolAt, add).collect();
  return uses.sort((a, b) => a.start - b.start || a.end - b.end);
}
