import type * as syntax from "@scruple/syntax";
import { ambiguousName } from "../diagnostics/ambiguous-name.ts";
import type { Findings } from "../findings.ts";
import type { Unit } from "../unit.ts";
import { explainUnresolved, type Surroundings } from "./explain.ts";
import { fieldReadings, readings } from "./readings.ts";
import type { PolicyScope, TableName } from "./scope.ts";
import { isIncomplete, pathText, replaceFix, spell } from "./spelling.ts";
import type { DataTarget, NamedSymbol, SymbolKind, SymbolOf } from "./symbols.ts";

/** What a path can be found to mean; null where it means nothing. */
export type Meaning = DataTarget | NamedSymbol | null;

/** Kinds of which each has a table, or a part of one, to be looked up in. */
const tableOf = {
  purpose: "purpose",
  recipient: "recipient",
  channel: "channel",
  duty: "duty",
  interaction: "interaction",
  category: "data",
  fact: "known",
  condition: "known",
} as const satisfies Partial<Record<SymbolKind, TableName>>;
type LookupKind = keyof typeof tableOf;

/**
 * Says what the paths of a file mean. Each path is resolved once, in the policy that the file belongs to: what it means
 * is kept, and what it fails to mean is reported once.
 */
export class Resolver {
  readonly #findings: Findings;
  readonly #surroundings: Surroundings;
  readonly #resolved: Map<syntax.Path, Meaning>;

  constructor(surroundings: Surroundings, findings: Findings, resolved: Map<syntax.Path, Meaning>) {
    this.#surroundings = surroundings;
    this.#findings = findings;
    this.#resolved = resolved;
  }

  /** The declaration of one of these kinds, or null after reporting why there is none. */
  find<K extends LookupKind>(scope: PolicyScope, unit: Unit, path: syntax.Path, ...kinds: K[]): SymbolOf<K> | null {
    const before = this.#resolved.get(path);
    if (before !== undefined) return before as SymbolOf<K> | null;
    const symbol = this.#find(scope, unit, path, kinds);
    this.#resolved.set(path, symbol);
    return symbol as SymbolOf<K> | null;
  }

  /** Keeps what a path means where someone else has found it out. */
  settle(path: syntax.Path, symbol: NamedSymbol): void {
    this.#resolved.set(path, symbol);
  }

  /** The symbol that `find` would give, without a report and without keeping it. */
  peek(scope: PolicyScope, path: syntax.Path, kind: LookupKind): NamedSymbol | null {
    const found = readings(scope, tableOf[kind], path);
    return found.length === 1 ? found[0]! : null;
  }

  /** What DATA names: a field, a source, a category, `any` or `special`. */
  data(scope: PolicyScope, unit: Unit, path: syntax.Path): DataTarget | null {
    const before = this.#resolved.get(path);
    if (before !== undefined) return before as DataTarget | null;
    const target = this.#data(scope, unit, path);
    this.#resolved.set(path, target);
    return target;
  }

  #find(scope: PolicyScope, unit: Unit, path: syntax.Path, kinds: readonly LookupKind[]): NamedSymbol | null {
    if (isIncomplete(path)) return null;
    const found = readings(scope, tableOf[kinds[0]!], path);
    if (found.length > 1) return this.#ambiguous(unit, path, found);
    const symbol = found[0];
    if (symbol && (kinds as readonly SymbolKind[]).includes(symbol.kind)) return symbol;
    this.#findings.add(unit, explainUnresolved(this.#surroundings, scope, unit, path, tableOf[kinds[0]!], kinds));
    return null;
  }

  #data(scope: PolicyScope, unit: Unit, path: syntax.Path): DataTarget | null {
    if (isIncomplete(path)) return null;
    const { parts } = path;
    const [first] = parts;
    if (parts.length === 1 && (first!.text === "any" || first!.text === "special")) return first!.text;
    const plain = readings(scope, "data", path);
    const found = [...plain, ...fieldReadings(scope, path)];
    if (found.length > 1) return this.#ambiguous(unit, path, found);
    const symbol = found[0];
    if (symbol) return symbol as DataTarget;
    this.#findings.add(unit, explainUnresolved(this.#surroundings, scope, unit, path, "data", ["category", "source"]));
    return null;
  }

  #ambiguous(unit: Unit, path: syntax.Path, found: readonly NamedSymbol[]): null {
    this.#findings.add(
      unit,
      ambiguousName.at(path, [pathText(path), found.map((symbol) => spell(qualifiedName(symbol)))], {
        related: found.map((symbol) => ({
          file: symbol.unit.path,
          ...symbol.at,
          message: `\`${symbol.id}\` is declared here.`,
        })),
        fixes: found
          .map((symbol) => qualifiedName(symbol))
          .filter((name) => name !== pathText(path))
          .map((name) => replaceFix(path, spell(name))),
      }),
    );
    return null;
  }
}

/** The name with the policy before it; facts have ids without. */
function qualifiedName(symbol: NamedSymbol): string {
  return symbol.kind === "fact" ? `${symbol.policy}.${symbol.name}` : symbol.id;
}
