import type { Model } from "@scruple/model";
import type { Bound } from "../bind-program.ts";
import type { PolicyScope } from "../binder/scope.ts";
import { unusedDeclaration } from "../diagnostics/logic/unused-declaration.ts";
import type { Findings } from "../findings.ts";
import type { CompileOptions } from "../options.ts";
import { type Accepted, Accepting } from "./accepting.ts";
import { mixedUnitsIn } from "./mixed-units.ts";
import type { Told } from "./telling.ts";
import { type PolicyAnalysis, toldOfModel } from "./told-of-model.ts";
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
  before: PolicyAnalysis | undefined,
  keep: (analysis: PolicyAnalysis) => void,
): Generator<void, readonly Accepted[]> {
  const { bound, scope, model, options, isOn } = input;
  const accepting = new Accepting(scope);
  const add = ({ lint, unit, finding, around }: Told) => {
    if (isOn(lint) && !accepting.settles(lint, around, finding, unit)) findings.add(unit, finding);
  };
  const { told, promises } = yield* toldOfModel(input, before, keep);
  for (const one of told) add(one);
  if (isOn("unused-declaration"))
    for (const { symbol, noun } of yield* unusedDeclarations(bound, scope, model)) {
      const finding = unusedDeclaration.at(symbol.at, [symbol.name, noun]);
      add({ lint: "unused-declaration", unit: symbol.unit, finding, around: [symbol.node] });
    }
  if (isOn("mixed-units")) for (const one of yield* mixedUnitsIn(scope)) add({ lint: "mixed-units", ...one });
  if (model.interactions.length > 0 && isOn("unneeded-accept"))
    accepting.reportUnneeded(findings, (lint) => isOn(lint) && (lint !== "overdue" || options.today !== undefined));
  for (const { unit, finding } of promises) findings.add(unit, finding);
  return accepting.accepted;
}
