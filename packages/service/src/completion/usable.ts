import {
  type CheckedFile,
  closureOf,
  type NamedSymbol,
  type PolicyScope,
  type Program,
  type Reference,
  stdScopes,
  type TableName,
} from "@scruple/compiler";

/** Policies of the project and of std that the policy does not use yet, and that do not use it. */
export function usable(program: Program, scope: PolicyScope): readonly PolicyScope[] {
  if (!scope.named) return [];
  const all = new Map([...stdScopes().map((one) => [one.name, one] as const), ...program.scopes]);
  return [...all.values()].filter(
    (other) => other.named && other !== scope && !scope.uses.has(other.name) && !closureOf(other).includes(scope),
  );
}

/** Those of them whose `use` can be added to what is written: no name would become ambiguous by it. */
export function addable(program: Program, scope: PolicyScope): readonly PolicyScope[] {
  const bare = new Set(scope.units.flatMap((unit) => bareForeign(program.references(unit.path), unit)));
  return usable(program, scope).filter((other) => ![...bare].some((symbol) => clashes(symbol, other)));
}

const tableOf: Readonly<Partial<Record<NamedSymbol["kind"], TableName>>> = {
  ...({ category: "data", source: "data", fact: "known", condition: "known" } as const),
  ...({ purpose: "purpose", recipient: "recipient", channel: "channel", duty: "duty" } as const),
};

function clashes({ kind, name }: NamedSymbol, { tables }: PolicyScope): boolean {
  const table = tableOf[kind];
  const other = table && tables[table].get(name);
  // Facts of one name are one fact.
  return other !== undefined && !(other.kind === "fact" && kind === "fact");
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
