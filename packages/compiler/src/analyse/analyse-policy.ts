import {
  type InteractionReport,
  type Lint,
  type LintFinding,
  type LintOptions,
  lintSpace,
  lintSteps,
  type PromiseResult,
  proofSteps,
} from "@scruple/analysis";
import type { Model } from "@scruple/model";
import type { Finding, RelatedRange } from "@scruple/syntax";
import type { Bound } from "../bind-program.ts";
import { closureOf } from "../binder/graph.ts";
import type { PolicyScope } from "../binder/scope.ts";
import { unusedDeclaration } from "../diagnostics/logic/unused-declaration.ts";
import { promiseBroken } from "../diagnostics/promises/promise-broken.ts";
import { promiseUndecided } from "../diagnostics/promises/promise-undecided.ts";
import type { Findings } from "../findings.ts";
import type { CompileOptions } from "../options.ts";
import type { Unit } from "../unit.ts";
import { type Accepted, Accepting } from "./accepting.ts";
import { entryOf } from "./entries.ts";
import { fixesFor } from "./fixes.ts";
import { mixedUnitsIn } from "./mixed-units.ts";
import { Places } from "./places.ts";
import { unusedDeclarations } from "./unused-declarations.ts";

/** What an analysis needs to know of the program that a policy is part of. */
export interface AnalysisInput {
  readonly bound: Bound;
  readonly scope: PolicyScope;
  readonly model: Model;
  readonly options: CompileOptions;
  /** False for diagnostics that the project has turned off, by name. */
  readonly isOn: (name: string) => boolean;
}

/** Reports of interactions by their texts; they hold as long as everything around the interactions stays as it is. */
export interface AnalysisMemory {
  readonly around: string;
  readonly reports: Map<string, InteractionReport>;
}

/**
 * Adds what logic, privacy and promises have to say of one policy without errors, in pieces of work between which something else
 * can be done. What interactions have shown is told to `keep` before the first of them, and grows: where the work is given up,
 * the next analysis goes on from there.
 */
export function* analysePolicy(
  input: AnalysisInput,
  findings: Findings,
  before: AnalysisMemory | undefined,
  keep: (memory: AnalysisMemory) => void,
): Generator<void, readonly Accepted[]> {
  const { bound, scope, model, options, isOn } = input;
  const closure = closureOf(scope);
  const places = new Places(bound, scope, closure);
  const accepting = new Accepting(scope);
  const around = textAround(input, closure);
  const known = before?.around === around ? before.reports : new Map<string, InteractionReport>();
  const memory: AnalysisMemory = { around, reports: known.size === 0 ? known : new Map(known) };
  keep(memory);
  const present = new Set<string>();
  const lintOptions: LintOptions = {
    leastGroupSize: options.leastGroupSize ?? 1000,
    ...(options.today === undefined ? {} : { today: options.today }),
    isOn,
    known: ({ id }) => known.get(textOf(scope, id)),
    learn: ({ id }, report) => {
      const text = textOf(scope, id);
      present.add(text);
      memory.reports.set(text, report);
    },
  };
  const space = lintSpace(model, lintOptions);

  const add = (lint: string, unit: Unit, finding: Finding, around: Parameters<Accepting["settles"]>[1]) => {
    if (isOn(lint) && !accepting.settles(lint, around, finding, unit)) findings.add(unit, finding);
  };
  const lints = yield* lintSteps(space, lintOptions);
  for (const text of memory.reports.keys()) if (!present.has(text)) memory.reports.delete(text);
  for (const finding of lints) {
    const located = places.locate(finding.at);
    if (located === null) continue;
    const { unit, range } = located;
    const words = finding.words.map((word) => places.wordFor(word));
    const made = entryOf(finding.lint).at(range, words, {
      related: relatedOf(finding, places),
      fixes: fixesFor(finding, located, places),
    });
    add(finding.lint, unit, made, [...located.around, ...alsoAround(finding, places)]);
  }
  if (isOn("unused-declaration"))
    for (const { symbol, noun } of unusedDeclarations(bound, scope, model))
      add("unused-declaration", symbol.unit, unusedDeclaration.at(symbol.at, [symbol.name, noun]), [symbol.node]);
  if (isOn("mixed-units")) for (const { unit, finding } of mixedUnitsIn(scope)) add("mixed-units", unit, finding, []);
  if (model.interactions.length > 0 && isOn("unneeded-accept"))
    accepting.reportUnneeded(findings, (lint) => isOn(lint) && (lint !== "overdue" || options.today !== undefined));

  for (const result of model.interactions.length === 0 ? [] : yield* proofSteps(space))
    addPromise(result, model, closure, places, findings);
  return accepting.accepted;
}

function relatedOf(finding: LintFinding, places: Places): readonly RelatedRange[] {
  return finding.related.flatMap(({ at, message }) => {
    const located = places.locate(at);
    return located === null
      ? []
      : [{ file: located.unit.path, start: located.range.start, end: located.range.end, message }];
  });
}

/** What comes of a source can be settled at the source. */
function alsoAround({ lint, words }: LintFinding, places: Places) {
  const isOfSource: ReadonlySet<Lint> = new Set<Lint>(["secondary-use", "laundering"]);
  if (!isOfSource.has(lint)) return [];
  return places.locate({ kind: "declaration", id: words[0]! })?.around ?? [];
}

function addPromise(
  { promise, line, status, reason, decision, example, rules }: PromiseResult,
  { files }: Model,
  closure: readonly PolicyScope[],
  places: Places,
  findings: Findings,
): void {
  if (status === "proved") return;
  const unit = closure.flatMap(({ units }) => units).find(({ path }) => path === files[promise.at.file]);
  if (unit === undefined) return;
  const { at } = line;
  const range = {
    start: unit.lines.offset(at.line, at.column),
    end: unit.lines.offset(at.endLine, at.endColumn),
  };
  if (status === "undecided") {
    findings.add(unit, promiseUndecided.at(range, [reason ?? ""]));
    return;
  }
  const verdict = decision!.decision;
  const related = rules.flatMap((path) => {
    const located = places.locate({ kind: "rule", path });
    const message = verdict === "allow" ? "This lets it through." : "This denies it.";
    return located === null ? [] : [{ file: located.unit.path, ...located.range, message }];
  });
  findings.add(unit, promiseBroken.at(range, [verdict, example ?? "", rules], { related }));
}

// ------------------------------------------------------------------------------------------------------------ memory

/** Everything that the report of an interaction depends on, but the interaction itself. */
function textAround({ scope, options, isOn }: AnalysisInput, closure: readonly PolicyScope[]): string {
  const parts = [JSON.stringify([options.leastGroupSize ?? null, options.severity ?? null]), String(isOn("untold"))];
  for (const { std, name, units } of closure) {
    if (std) continue;
    for (const { path, text, tree } of units) {
      parts.push(path);
      let from = 0;
      for (const { kind, start, end } of tree.file.declarations) {
        if (kind !== "test" && kind !== "promise" && (kind !== "interaction" || name !== scope.name)) continue;
        parts.push(text.slice(from, start));
        from = end;
      }
      parts.push(text.slice(from));
    }
  }
  return parts.join("\0");
}

const texts = new WeakMap<PolicyScope, ReadonlyMap<string, string>>();

/** An interaction as it is written, with its name. */
function textOf(scope: PolicyScope, id: string): string {
  let known = texts.get(scope);
  if (known === undefined) {
    const own = scope.symbols.filter((symbol) => symbol.kind === "interaction");
    known = new Map(own.map(({ id, unit, node }) => [id, `${id}\0${unit.text.slice(node.start, node.end)}`]));
    texts.set(scope, known);
  }
  return known.get(id) ?? id;
}
