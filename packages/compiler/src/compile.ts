import { DecisionSpace, finished } from "@scruple/analysis";
import type { Model } from "@scruple/model";
import type { Accepted } from "./analyse/accepting.ts";
import { analysePolicy } from "./analyse/analyse-policy.ts";
import { codeOf } from "./analyse/entries.ts";
import type { PolicyAnalysis } from "./analyse/told-of-model.ts";
import { type Bound, bindProgram } from "./bind-program.ts";
import { referencesIn } from "./binder/references.ts";
import type { PolicyScope } from "./binder/scope.ts";
import type { FileCheck } from "./checker/file-check.ts";
import { comparedWithTwo } from "./diagnostics/compared-with-two.ts";
import { unknownRule } from "./diagnostics/unknown-rule.ts";
import { Findings } from "./findings.ts";
import { findLooseDocumentation } from "./loose-documentation.ts";
import { type LoweredModel, loweringsOf, lowerModel } from "./lower/model.ts";
import { lowerTest } from "./lower/tests.ts";
import type { CompileOptions } from "./options.ts";
import type { Diagnostic, Program } from "./program.ts";
import { checkProject } from "./project/check-project.ts";
import { joinDiagnostics, makeDiagnostics } from "./project/diagnostics.ts";
import { faultyPolicies } from "./project/faulty.ts";
import { type PolicyFile, readFile } from "./project/read-file.ts";
import { readOptions } from "./project/severities.ts";
import type { Unit } from "./unit.ts";

/** What a program leaves to the next one. Nothing of it leads to an earlier program. */
interface Legacy {
  readonly units: readonly Unit[];
  readonly bound: Bound;
  readonly lately: Lately;
}
/**
 * By policy: the model that was made last, and what was found last. Programs that come from each other share it, in
 * whatever order they are asked: it says what may be used again, and whoever does so sees whether it fits.
 */
interface Lately {
  readonly models: Map<string, LoweredModel>;
  readonly analyses: Map<string, PolicyAnalysis>;
}
const legacies = new WeakMap<Program, Legacy>();
const configFile = "scruple.json";

/**
 * Checks a project. Never throws, whatever the files hold. The standard vocabulary is always there, and loaded where it
 * is used. Of two files of one path the last counts. `previous` makes it faster, and nothing else: files keep what was
 * found in them as long as they and what they can see stay as they are, and models share what has not changed. Logic,
 * privacy and promises are looked at when diagnostics are first asked for.
 */
export function compile(files: readonly PolicyFile[], options: CompileOptions = {}, previous?: Program): Program {
  return finished(compileInSteps(files, options, previous));
}

/**
 * As `compile`, in pieces of work between which something else can be done. Where it is given up, files that are given again, as the
 * same objects, need not be parsed again.
 */
export function* compileInSteps(
  files: readonly PolicyFile[],
  options: CompileOptions = {},
  previous?: Program,
): Generator<void, Program> {
  const before = previous && legacies.get(previous);
  const findings = new Findings();
  const units = yield* readAll(files, before?.units ?? [], findings);
  const bound = yield* bindProgram(units, findings, before?.bound ?? null);
  const { scopes, checks } = bound;
  checkProject(units, scopes, findings);
  const isWhole = units.every(({ partial }) => !partial);
  const faulty = isWhole ? faultyPolicies(units, scopes, findings) : new Set(scopes.values());
  yield;
  const own = [...scopes.values()].filter((scope) => scope.named && !scope.std);
  const lately: Lately = before?.lately ?? { models: new Map(), analyses: new Map() };
  forgetOthers(lately, own);

  const made = new Map<string, Model | null>();
  function* modelInSteps(policy: string): Generator<void, Model | null> {
    const scope = scopes.get(policy);
    if (!scope?.named || faulty.has(scope)) return null;
    if (!made.has(policy)) {
      const lowered = yield* lowerModel(bound, scope, lately.models.get(policy));
      // Somebody may have asked for it at once meanwhile: a program has one model of a policy.
      if (!made.has(policy)) {
        lately.models.set(policy, lowered);
        made.set(policy, lowered.model);
      }
    }
    return made.get(policy) ?? null;
  }
  const models = (policy: string) => finished(modelInSteps(policy));
  function* makeModels(): Generator<void, void> {
    for (const { name } of own) yield* modelInSteps(name);
  }
  const spaces = memo((policy: string) => {
    const model = models(policy);
    if (model === null) return null;
    const ground = lately.analyses.get(policy)?.memory.groundOf(model);
    return new DecisionSpace(model, ground ? { ground } : {});
  });
  const tests = memo((policy: string) => {
    const scope = scopes.get(policy);
    if (!scope?.named || faulty.has(scope)) return [];
    const lowerings = loweringsOf(bound, policy, [scope]);
    return scope.tests.map(({ unit, node }) => lowerTest(lowerings.get(unit)!, node));
  });
  const read = readOptions(options);
  for (const finding of read.findings) findings.add({ path: configFile }, finding);
  const checked = lazily(() => {
    const made = makeDiagnostics(findings, options);
    return isWhole ? made : knownInPart(made, units);
  });
  let analysed: Analysed | null = null;
  function* analysis(): Generator<void, void> {
    if (analysed !== null) return;
    const accepted = new Map<string, readonly Accepted[]>();
    const found = new Findings();
    const isOn = (name: string) => read.severityOf(codeOf(name)) !== "off";
    for (const scope of own) {
      const { name } = scope;
      const model = yield* modelInSteps(name);
      if (model === null) continue;
      yield;
      const keep = (analysis: PolicyAnalysis) => keepAnalysis(lately.analyses, name, analysis);
      const input = { bound, scope, model, options, isOn };
      accepted.set(name, yield* analysePolicy(input, found, lately.analyses.get(name), keep));
    }
    analysed = { accepted, diagnostics: joinDiagnostics(checked(), makeDiagnostics(found, options)) };
  }
  const complete = (): Analysed => {
    finished(analysis());
    return analysed!;
  };
  // A file of the project may have the path of one of std.
  const checksByPath = lazily(() => {
    const byPath = new Map<string, FileCheck[]>();
    for (const check of checks.values()) byPath.set(check.unit.path, [...(byPath.get(check.unit.path) ?? []), check]);
    return byPath;
  });
  const program: Program = {
    given: files,
    files: units,
    isWhole,
    policies: own
      .map((scope) => ({
        name: scope.name,
        files: scope.units.map((unit) => unit.path).sort(),
        declaresInteraction: scope.symbols.some((symbol) => symbol.kind === "interaction"),
        hasErrors: faulty.has(scope),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    get checks() {
      return checked();
    },
    analysis,
    get diagnostics() {
      return complete().diagnostics;
    },
    accepted: (policy) => complete().accepted.get(policy) ?? [],
    model: models,
    makeModels,
    space: spaces,
    tests,
    scopes,
    references: memo((path) => {
      const [check, ...others] = checksByPath().get(path) ?? [];
      if (check === undefined) return [];
      return others.length === 0 ? referencesIn(check) : [check, ...others].flatMap(referencesIn);
    }),
  };
  legacies.set(program, { units, bound, lately });
  return program;
}

/** What an analysis has found. */
interface Analysed {
  readonly accepted: ReadonlyMap<string, readonly Accepted[]>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Forgets policies that are no more: a name that is being typed is another one with every letter. */
function forgetOthers(lately: Lately, scopes: readonly PolicyScope[]): void {
  const names = new Set(scopes.map(({ name }) => name));
  for (const map of [lately.models, lately.analyses])
    for (const name of map.keys()) if (!names.has(name)) map.delete(name);
}

/** So many policies keep their ground: those that were looked at last, which are those that somebody edits. */
const mostGrounds = 16;

function keepAnalysis(analyses: Lately["analyses"], policy: string, analysis: PolicyAnalysis): void {
  analyses.delete(policy);
  analyses.set(policy, analysis);
  for (const { memory } of [...analyses.values()].slice(0, -mostGrounds)) memory.letGoOfGround();
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function* readAll(
  files: readonly PolicyFile[],
  before: readonly Unit[],
  findings: Findings,
): Generator<void, readonly Unit[]> {
  const known = new Map(before.map((unit) => [unit.path, unit]));
  const byPath = new Map(files.map((file) => [file.path, file]));
  const units: Unit[] = [];
  for (const file of [...byPath.values()].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const previous = known.get(file.path);
    const { unit, finding } = readFile(file, previous);
    units.push(unit);
    for (const syntactic of unit.tree.findings) findings.add(unit, syntactic);
    for (const loose of findLooseDocumentation(unit.tree)) findings.add(unit, loose);
    if (finding) findings.add(unit, finding);
    if (unit !== previous) yield;
  }
  return units;
}

/** What only all files together tell: which rules there are, and what is compared with what. */
const together: ReadonlySet<string> = new Set([unknownRule.code, comparedWithTwo.code]);

/** What is certain while some files are read in part: of the others, what needs no more of these than is known. */
function knownInPart(diagnostics: readonly Diagnostic[], units: readonly Unit[]): readonly Diagnostic[] {
  const whole = new Set(units.filter(({ partial }) => !partial).map(({ path }) => path));
  return diagnostics.filter(({ file, code }) => !together.has(code) && (whole.has(file) || file === configFile));
}

function memo<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key)!;
  };
}
