import { AnalysisMemory, analyse, type LintOptions, type PromiseResult } from "@scruple/analysis";
import type { Model } from "@scruple/model";
import type * as syntax from "@scruple/syntax";
import { closureOf } from "../binder/graph.ts";
import { promiseBroken } from "../diagnostics/promises/promise-broken.ts";
import { promiseUndecided } from "../diagnostics/promises/promise-undecided.ts";
import { keepList } from "../lower/keep.ts";
import type { Unit } from "../unit.ts";
import type { AnalysisInput } from "./analyse-policy.ts";
import { Places } from "./places.ts";
import { Telling, type Told } from "./telling.ts";

/** What is remembered of the analysis of a policy: most policies of a project stay as they are when another is edited. */
export interface PolicyAnalysis {
  readonly memory: AnalysisMemory;
  /** Null until all of it is known. */
  readonly told: ToldOfModel | null;
}
/** What follows from a model, the files that it was made of, and the options, and from nothing else. */
interface ToldOfModel {
  readonly model: Model;
  readonly units: readonly Unit[];
  readonly options: string;
  readonly told: readonly Told[];
  readonly promises: readonly Placed[];
}
interface Placed {
  readonly unit: Unit;
  readonly finding: syntax.Finding;
}

/** What logic, privacy and promises have to say of a policy's model, whatever is accepted of it; see `analysePolicy`. */
export function* toldOfModel(
  { bound, scope, model, options, isOn }: AnalysisInput,
  before: PolicyAnalysis | undefined,
  keep: (analysis: PolicyAnalysis) => void,
): Generator<void, ToldOfModel> {
  const closure = closureOf(scope);
  const units = closure.flatMap((used) => used.units);
  const { leastGroupSize = 1000, today } = options;
  const lintOptions: LintOptions = { leastGroupSize, ...(today === undefined ? {} : { today }), isOn };
  const memory = new AnalysisMemory(model, lintOptions, before?.memory);
  const key = `${memory.options} ${today}`;
  const lately = before?.told;
  const holds = lately?.model === model && lately.options === key && keepList(units, lately.units) === lately.units;
  if (holds) return lately;
  keep({ memory, told: null });
  yield;
  const { reports, together, promises } = yield* analyse(model, lintOptions, memory);
  const telling = new Telling(new Places(bound, scope, closure, model), closure);
  const told: Told[] = [];
  for (const report of reports) {
    told.push(...telling.ofReport(report));
    yield;
  }
  told.push(...telling.of(together));
  const broken = promises.flatMap((result) => placed(result, model, units, telling.places));
  const all = { model, units, options: key, told, promises: broken };
  keep({ memory, told: all });
  return all;
}

function placed(
  { promise, line, status, reason, example, rules }: PromiseResult,
  { files }: Model,
  units: readonly Unit[],
  places: Places,
): readonly Placed[] {
  if (status === "proved") return [];
  const unit = units.find(({ path }) => path === files[promise.at.file]);
  if (unit === undefined) return [];
  const { at } = line;
  const range = {
    start: unit.lines.offset(at.line, at.column),
    end: unit.lines.offset(at.endLine, at.endColumn),
  };
  if (status === "undecided") return [{ unit, finding: promiseUndecided.at(range, [reason ?? ""]) }];
  const verdict = line.modality === "never" ? "allow" : "deny";
  const related = rules.flatMap((path) => {
    const located = places.locate({ kind: "rule", path });
    const message = verdict === "allow" ? "This lets it through." : "This denies it.";
    return located === null ? [] : [{ file: located.unit.path, ...located.range, message }];
  });
  return [{ unit, finding: promiseBroken.at(range, [verdict, example ?? "", rules], { related }) }];
}
