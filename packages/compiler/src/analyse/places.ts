import type { Place } from "@scruple/analysis";
import type { Model } from "@scruple/model";
import type * as syntax from "@scruple/syntax";
import { clauseOf } from "@scruple/syntax";
import type { Bound } from "../bind-program.ts";
import type { PolicyScope } from "../binder/scope.ts";
import type { NamedSymbol, RuleSymbol } from "../binder/symbols.ts";
import type { Unit } from "../unit.ts";
import { toldInTests } from "./told-in-tests.ts";

/** A place in the text, and the declarations around it, innermost first: what is accepted before any of them is accepted there. */
export interface Located {
  readonly unit: Unit;
  readonly range: syntax.Range;
  readonly around: readonly syntax.Decorated[];
}

/** Finds in the text what the analysis names. */
export class Places {
  private readonly checks: Bound["checks"];
  private readonly model: Model;
  private readonly promises: PolicyScope["promises"];
  private readonly rules = new Map<string, RuleSymbol>();
  /** The policy's own files. */
  readonly units: PolicyScope["units"];
  readonly isToldInTests: (rule: RuleSymbol) => boolean;
  private readonly declared = new Map<string, NamedSymbol>();

  constructor({ checks }: Bound, scope: PolicyScope, closure: readonly PolicyScope[], model: Model) {
    this.checks = checks;
    this.model = model;
    this.units = scope.units;
    this.isToldInTests = toldInTests(scope);
    this.promises = closure.flatMap(({ promises }) => promises);
    for (const symbol of closure.flatMap(({ symbols }) => symbols)) {
      if (symbol.kind === "rule") {
        this.rules.set(symbol.policy === scope.name ? symbol.id : `${symbol.policy}/${symbol.id}`, symbol);
        continue;
      }
      this.declared.set(symbol.id, symbol);
      if (symbol.kind === "source") for (const field of symbol.fields.values()) this.declared.set(field.id, field);
    }
  }

  rule(path: string): RuleSymbol | undefined {
    return this.rules.get(path);
  }

  /** As messages call it. @param units The file that declares it is added to these. */
  wordFor(id: string, units: Set<Unit>): string {
    const symbol = this.declared.get(id);
    if (symbol === undefined) return id;
    units.add(symbol.unit);
    return symbol.kind === "field" ? `${symbol.source.name}.${symbol.name}` : symbol.name;
  }

  locate(place: Place): Located | null {
    if (place.kind === "declaration") return this.declaration(place.id);
    if (place.kind === "line") return this.line(place);
    if (place.kind === "bound") return this.bound(place.interaction, place.id);
    const symbol = this.rules.get(place.path);
    if (symbol === undefined) return null;
    const { unit, node, interaction } = symbol;
    const around = interaction === null ? [node] : [node, interaction.node];
    if (place.kind === "rule") return { unit, range: symbol.at, around };
    const inner = exceptionIn(node.clauses, place.exception);
    if (inner === null) return { unit, range: symbol.at, around };
    if (place.kind === "exception") return { unit, range: inner, around };
    return { unit, range: clauseOf(inner.clauses, place.clause) ?? inner, around };
  }

  private declaration(id: string): Located | null {
    const symbol = this.declared.get(id);
    if (symbol === undefined) return null;
    const around = symbol.kind === "field" ? [symbol.node, symbol.source.node] : [symbol.node];
    return { unit: symbol.unit, range: symbol.at, around };
  }

  private line({ promise, line, clause }: Extract<Place, { readonly kind: "line" }>): Located | null {
    const { at, lines } = this.model.promises[promise]!;
    for (const { unit, node } of this.promises) {
      const start = unit.lines.offset(at.line, at.column);
      if (unit.path !== this.model.files[at.file] || start < node.start || start >= node.end) continue;
      const written = node.lines[line]!;
      const { at: of } = lines[line]!;
      const whole = { start: unit.lines.offset(of.line, of.column), end: written.end };
      const range = clause === null ? whole : (clauseOf(written.clauses, clause) ?? whole);
      return { unit, range, around: [written, node] };
    }
    return null;
  }

  private bound(interaction: string, id: string): Located | null {
    const symbol = this.declared.get(interaction);
    if (symbol?.kind !== "interaction") return null;
    const names = symbol.node.bounds.flatMap((line) => line.names);
    const { meanings } = this.checks.get(symbol.unit)!;
    const name = names.find((path) => {
      const meaning = meanings.get(path) ?? null;
      return meaning !== null && typeof meaning !== "string" && meaning.id === id;
    });
    return { unit: symbol.unit, range: name ?? symbol.at, around: [symbol.node] };
  }
}

function exceptionIn(
  clauses: readonly syntax.Clause[],
  path: readonly number[],
): (syntax.Range & { readonly clauses: readonly syntax.Clause[] }) | null {
  let found: syntax.Range & { readonly clauses: readonly syntax.Clause[] } = { start: 0, end: 0, clauses };
  for (const index of path) {
    const next = clauseOf(found.clauses, "except")?.exceptions[index];
    if (next === undefined) return null;
    found = next;
  }
  return found;
}
