import {
  closureOf,
  type NamedSymbol,
  type PolicyScope,
  type Program,
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

/** By program and policy: it is asked several times at a place. */
const known = new WeakMap<Program, Map<PolicyScope, readonly PolicyScope[]>>();

/** Those of them whose `use` can be added to what is written: no name would become ambiguous by it. */
export function addable(program: Program, scope: PolicyScope): readonly PolicyScope[] {
  const ofProgram = known.get(program) ?? new Map<PolicyScope, readonly PolicyScope[]>();
  known.set(program, ofProgram);
  let found = ofProgram.get(scope);
  if (found === undefined) {
    const bare = bareForeign(program, scope);
    found = usable(program, scope).filter((other) => !bare.some((symbol) => clashes(symbol, other)));
    ofProgram.set(scope, found);
  }
  return found;
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

/** What other policies declare and this one names without their name before it. */
function bareForeign(program: Program, scope: PolicyScope): readonly NamedSymbol[] {
  const found = new Set<NamedSymbol>();
  for (const { path, text } of scope.units)
    for (const { start, symbol } of program.references(path))
      if (symbol.policy !== scope.name && !isQualified(text, start)) found.add(symbol);
  return [...found];
}

function isQualified(text: string, start: number): boolean {
  let at = start - 1;
  while (/\s/.test(text[at] ?? "")) at--;
  return text[at] === ".";
}
