import { AnalysisMemory, analyse, type LintOptions, type PromiseResult } from "@scruple/analysis";
import type { Model } from "@scruple/model";
import type { Bound } from "../bind-program.ts";
import { closureOf } from "../binder/graph.ts";
import type { PolicyScope } from "../binder/scope.ts";
import { unusedDeclaration } from "../diagnostics/logic/unused-declaration.ts";
import { promiseBroken } from "../diagnostics/promises/promise-broken.ts";
import { promiseUndecided } from "../diagnostics/promises/promise-undecided.ts";
import type { Findings } from "../findings.ts";
import type { CompileOptions } from "../options.ts";
import { type Accepted, Accepting } from "./accepting.ts";
import { mixedUnitsIn } from "./mixed-units.ts";
import { Places } from "./places.ts";
import { Telling, type Told } from "./telling.ts";
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
  const accepting = new Accepting(scope);
  const lintOptions: LintOptions = {
    leastGroupSize: options.leastGroupSize ?? 1000,
    ...(options.today === undefined ? {} : { today: options.today }),
    isOn,
  };
  const memory = new AnalysisMemory(model, lintOptions, before);
  keep(memory);
  yield;
  const { reports, together, promises } = yield* analyse(model, lintOptions, memory);

  const add = ({ lint, unit, finding, around }: Told) => {
    if (isOn(lint) && !accepting.settles(lint, around, finding, unit)) findings.add(unit, finding);
  };
  const told = new Telling(new Places(bound, scope, closure, model), closure);
  for (const report of reports) {
    for (const one of told.ofReport(report)) add(one);
    yield;
  }
  for (const one of told.of(together)) add(one);
  if (isOn("unused-declaration"))
    for (const { symbol, noun } of yield* unusedDeclarations(bound, scope, model)) {
      const finding = unusedDeclaration.at(symbol.at, [symbol.name, noun]);
      add({ lint: "unused-declaration", unit: symbol.unit, finding, around: [symbol.node] });
    }
  if (isOn("mixed-units"))
    for (const { unit, finding } of yield* mixedUnitsIn(scope)) add({ lint: "mixed-units", unit, finding, around: [] });
  if (model.interactions.length > 0 && isOn("unneeded-accept"))
    accepting.reportUnneeded(findings, (lint) => isOn(lint) && (lint !== "overdue" || options.today !== undefined));

  for (const result of promises) addPromise(result, model, closure, told.places, findings);
  return accepting.accepted;
}

function addPromise(
  { promise, line, status, reason, example, rules }: PromiseResult,
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
  const verdict = line.modality === "never" ? "allow" : "deny";
  const related = rules.flatMap((path) => {
    const located = places.locate({ kind: "rule", path });
    const message = verdict === "allow" ? "This lets it through." : "This denies it.";
    return located === null ? [] : [{ file: located.unit.path, ...located.range, message }];
  });
  findings.add(unit, promiseBroken.at(range, [verdict, example ?? "", rules], { related }));
}
