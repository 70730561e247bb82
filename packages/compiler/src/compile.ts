import type { Accepted } from "./analyse/accepting.ts";
import { type AnalysisMemory, analysePolicy } from "./analyse/analyse-policy.ts";
import { codeOf } from "./analyse/entries.ts";
import { bindProgram } from "./bind-program.ts";
import { closureOf } from "./binder/graph.ts";
import type { Reference } from "./binder/resolve.ts";
import { Findings } from "./findings.ts";
import { findLooseDocumentation } from "./loose-documentation.ts";
import { Lowering } from "./lower/lowering.ts";
import { lowerModel } from "./lower/model.ts";
import { lowerTest } from "./lower/tests.ts";
import type { CompileOptions } from "./options.ts";
import type { CheckedFile, Program } from "./program.ts";
import { checkProject } from "./project/check-project.ts";
import { makeDiagnostics } from "./project/diagnostics.ts";
import { faultyPolicies } from "./project/faulty.ts";
import { type PolicyFile, readFile } from "./project/read-file.ts";
import { readOptions } from "./project/severities.ts";
import type { Unit } from "./unit.ts";

/**
 * Checks a project. Never throws, whatever the files hold. The standard vocabulary is always there, and loaded where it
 * is used. Of two files of one path the last counts. `previous` lets files that have not changed keep their trees, and
 * interactions what was found in them. Logic, privacy and promises are looked at when diagnostics are first asked for.
 */
export function compile(files: readonly PolicyFile[], options: CompileOptions = {}, previous?: Program): Program {
  const findings = new Findings();
  const units = readAll(files, previous, findings);
  const { scopes, checking } = bindProgram(units, findings);
  checkProject(units, scopes, findings);
  const faulty = faultyPolicies(units, scopes, findings);
  const own = [...scopes.values()].filter((scope) => scope.named && !scope.std);

  const models = memo((policy: string) => {
    const scope = scopes.get(policy);
    return scope?.named && !faulty.has(scope) ? lowerModel(checking, scope) : null;
  });
  const tests = memo((policy: string) => {
    const scope = scopes.get(policy);
    if (!scope?.named || faulty.has(scope)) return [];
    const lowering = new Lowering(checking, scope, closureOf(scope));
    return scope.tests.map((test) => lowerTest(lowering, test));
  });
  const references = checking.resolver.references;
  const analysed = lazily(() => {
    const memories = new Map<string, AnalysisMemory>();
    const accepted = new Map<string, readonly Accepted[]>();
    const { severityOf } = readOptions(options);
    const isOn = (name: string) => severityOf(codeOf(name)) !== "off";
    for (const scope of own) {
      const model = models(scope.name);
      if (model === null) continue;
      const input = { checking, scope, model, references, options, isOn };
      const result = analysePolicy(input, findings, previous && memory.get(previous)?.get(scope.name));
      memories.set(scope.name, result.memory);
      accepted.set(scope.name, result.accepted);
    }
    memory.set(program, memories);
    return { accepted, diagnostics: makeDiagnostics(findings, options) };
  });
  const program: Program = {
    files: units,
    policies: own
      .map((scope) => ({
        name: scope.name,
        files: scope.units.map((unit) => unit.path).sort(),
        declaresInteraction: scope.symbols.some((symbol) => symbol.kind === "interaction"),
        hasErrors: faulty.has(scope),
      }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    get diagnostics() {
      return analysed().diagnostics;
    },
    accepted: (policy) => analysed().accepted.get(policy) ?? [],
    model: models,
    tests,
    scopes,
    references: referenceIndex(references),
  };
  return program;
}

/** What the analysis of a program has found, for the next one. */
const memory = new WeakMap<Program, ReadonlyMap<string, AnalysisMemory>>();

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function readAll(files: readonly PolicyFile[], previous: Program | undefined, findings: Findings): Unit[] {
  const before = new Map<string, CheckedFile>(previous?.files.map((file) => [file.path, file]));
  const byPath = new Map(files.map((file) => [file.path, file]));
  return [...byPath.values()]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map((file) => {
      const { unit, finding } = readFile(file, before.get(file.path) as Unit | undefined);
      for (const syntactic of unit.tree.findings) findings.add(unit, syntactic);
      for (const loose of findLooseDocumentation(unit.tree)) findings.add(unit, loose);
      if (finding) findings.add(unit, finding);
      return unit;
    });
}

function memo<T>(make: (key: string) => T): (key: string) => T {
  const made = new Map<string, T>();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key)!;
  };
}

function referenceIndex(references: readonly Reference[]): (file: string) => readonly Reference[] {
  let byFile: Map<string, Reference[]> | null = null;
  return (file) => {
    if (byFile === null) {
      byFile = new Map();
      for (const reference of references) {
        const list = byFile.get(reference.file);
        if (list) list.push(reference);
        else byFile.set(reference.file, [reference]);
      }
      for (const list of byFile.values()) list.sort((a, b) => a.start - b.start);
    }
    return byFile.get(file) ?? [];
  };
}
