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
const known = new WeakMap<readonly Reference[], Known>();
interface Known {
  readonly file: CheckedFile;
  readonly uses: readonly Use[];
  /** Made when it is first asked for. */
  byKey: ReadonlyMap<string, readonly Use[]> | null;
}

/** Every name in a file that stands for something, sorted by place. */
export function usesIn(program: Program, file: CheckedFile): readonly Use[] {
  return knownOf(program, file).uses;
}

/** Those in a file that have a key, sorted by place. */
export function usesWith(key: string, program: Program, file: CheckedFile): readonly Use[] {
  const found = knownOf(program, file);
  found.byKey ??= byKey(found.uses);
  return found.byKey.get(key) ?? [];
}

function byKey(uses: readonly Use[]): ReadonlyMap<string, readonly Use[]> {
  const groups = new Map<string, Use[]>();
  for (const use of uses) {
    const group = groups.get(use.key);
    if (group === undefined) groups.set(use.key, [use]);
    else group.push(use);
  }
  return groups;
}

/** Whether a file's names have been read. */
export function isRead(program: Program, file: CheckedFile): boolean {
  return known.get(program.references(file.path))?.file === file;
}

function knownOf(program: Program, file: CheckedFile): Known {
  const references = program.references(file.path);
  const before = known.get(references);
  if (before?.file === file) return before;
  const made: Known = { file, uses: collect(program, file), byKey: null };
  known.set(references, made);
  return made;
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
