import {
  type CheckedFile,
  hindrance,
  type NamedSymbol,
  type PolicyScope,
  type Program,
  type Reference,
  stdScopes,
} from "@scruple/compiler";

/** Policies of the project and of std that the policy does not use yet. */
function* unused({ scopes }: Program, scope: PolicyScope): Generator<PolicyScope> {
  if (!scope.named) return;
  const all = new Map([...stdScopes().map((one) => [one.name, one] as const), ...scopes]);
  for (const other of all.values()) if (other.named && other !== scope && !scope.uses.has(other.name)) yield other;
}

/** Those of them that it can use. */
export function usable(program: Program, scope: PolicyScope): readonly PolicyScope[] {
  return [...unused(program, scope)].filter((other) => hindrance(program.scopes, scope, other, []) === null);
}

/** Those whose `use` can be added to what is written: no name would become ambiguous by it. */
export function addable(program: Program, scope: PolicyScope): readonly PolicyScope[] {
  const bare = new Set(scope.units.flatMap((unit) => bareForeign(program.references(unit.path), unit)));
  return [...unused(program, scope)].filter((other) => hindrance(program.scopes, scope, other, bare) === null);
}

/** By the references of a file, which stay the same list as long as what it says means the same. */
const known = new WeakMap<readonly Reference[], readonly NamedSymbol[]>();

/** What other policies declare and a file names without their name before it. */
function bareForeign(references: readonly Reference[], { text, policy }: CheckedFile): readonly NamedSymbol[] {
  let found = known.get(references);
  if (found === undefined) {
    const bare = references.filter(({ start, symbol }) => symbol.policy !== policy && !isQualified(text, start));
    found = [...new Set(bare.map(({ symbol }) => symbol))];
    known.set(references, found);
  }
  return found;
}

function isQualified(text: string, start: number): boolean {
  let at = start - 1;
  while (/\s/.test(text[at] ?? "")) at--;
  return text[at] === ".";
}
