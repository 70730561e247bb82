import type { Model } from "@scruple/model";
import type { Bound } from "../bind-program.ts";
import { declarationsIn } from "../binder/declarations.ts";
import { type Reference, referencesIn } from "../binder/references.ts";
import type { PolicyScope } from "../binder/scope.ts";
import { kindNoun, type NamedSymbol, type SymbolKind } from "../binder/symbols.ts";
import type { FileCheck } from "../checker/file-check.ts";

const kinds: ReadonlySet<SymbolKind> = new Set<SymbolKind>([
  ...(["category", "purpose", "recipient", "channel", "condition", "duty", "fact", "attribute"] as const),
]);

/**
 * What a policy declares and nothing refers to but tests. Only of a policy with interactions: others declare for those who use
 * them. In pieces of work, one a file. A channel or a purpose within which something stands that is used counts as used, since it is referred to there.
 */
export function* unusedDeclarations(
  { checks }: Bound,
  { symbols }: PolicyScope,
  { interactions }: Model,
): Generator<void, readonly { readonly symbol: NamedSymbol; readonly noun: string }[]> {
  if (interactions.length === 0) return [];
  const used = yield* usedAnywhere(checks);
  return symbols
    .filter((symbol) => kinds.has(symbol.kind) && !used.has(keyOf(symbol)))
    .map((symbol) => ({ symbol, noun: kindNoun[symbol.kind].replace(/^an? /, "the ") }));
}

function keyOf({ kind, id }: NamedSymbol): string {
  return `${kind} ${id}`;
}

/** What the files of a program refer to, for all its policies. */
const ofPrograms = new WeakMap<Bound["checks"], ReadonlySet<string>>();

function* usedAnywhere(checks: Bound["checks"]): Generator<void, ReadonlySet<string>> {
  const known = ofPrograms.get(checks);
  if (known !== undefined) return known;
  const used = new Set<string>();
  for (const check of checks.values()) {
    for (const key of usedIn(check)) used.add(key);
    yield;
  }
  ofPrograms.set(checks, used);
  return used;
}

/** What a file refers to holds as long as its check. */
const ofFiles = new WeakMap<FileCheck["version"], ReadonlySet<string>>();

/** What a file refers to outside of tests. */
function usedIn(check: FileCheck): ReadonlySet<string> {
  let used = ofFiles.get(check.version);
  if (used === undefined) {
    const { tests } = declarationsIn(check.unit);
    const isInTest = ({ start }: Reference) => tests.some(({ node }) => node.start <= start && start < node.end);
    const outside = referencesIn(check).filter((reference) => !isInTest(reference));
    used = new Set(outside.map(({ symbol }) => keyOf(symbol)));
    ofFiles.set(check.version, used);
  }
  return used;
}
