import { type Diagnostic, type Program, sameData } from "@scruple/compiler";
import { byFile, checksOf, fileOf, toLspDiagnostics, toRange } from "@scruple/service";
import type * as lsp from "vscode-languageserver";
import { carryFindings } from "./carry-findings.ts";
import { configName, type Project } from "./project.ts";

/** What is reported of a file; its id changes when the report does. */
export interface Report {
  readonly id: string;
  readonly items: readonly lsp.Diagnostic[];
}

interface Entry {
  readonly id: string;
  readonly findings: readonly Diagnostic[];
  readonly text: string;
  readonly count: number;
  /** Made when it is first asked for. */
  items: readonly lsp.Diagnostic[] | null;
}

let ids = 0;

/** The reports of a project's files, and which of them an update has changed. */
export class Reports {
  readonly #project: Project;
  readonly #entries = new Map<string, Entry>();
  #program: Program | null = null;

  constructor(project: Project) {
    this.#project = project;
    project.setFindings((program, path) =>
      program === this.#program ? (this.#entries.get(path)?.findings ?? null) : null,
    );
  }

  /** Takes in what is found in a program. @returns the paths of files of which something else is reported now */
  update(program: Program, findings: readonly Diagnostic[]): readonly string[] {
    const earlier = this.#program ?? program;
    this.#program = program;
    const found = byFile(findings);
    const paths = [...program.files.map(({ path }) => path), configName, ...found.keys()];
    const byPath = new Map(paths.map((path) => [path, found.get(path) ?? []]));
    const changed: string[] = [];
    for (const path of [...this.#entries.keys()]) {
      if (byPath.has(path)) continue;
      if (this.#entries.get(path)!.count > 0) changed.push(path);
      this.#entries.delete(path);
    }
    for (const [path, own] of byPath) {
      const text = path === configName ? (this.#project.configText ?? "{}") : (fileOf(program, path)?.text ?? "");
      const before = this.#entries.get(path);
      const isSame = before?.text === text && sameData(before.findings, own);
      if (isSame && own.every((one) => isInPlace(one, earlier, program))) continue;
      const count = own.length + (path === configName ? this.#project.config.problems.length : 0);
      if ((before?.count ?? 0) + count > 0) changed.push(path);
      this.#entries.set(path, { id: `${++ids}`, findings: own, text, count, items: null });
    }
    return changed;
  }

  get paths(): Iterable<string> {
    return this.#entries.keys();
  }

  /** What is reported of a file; nothing, under an id of its own, where it is not known. */
  of(path: string): Report {
    const entry = this.#entries.get(path);
    if (entry === undefined || this.#program === null) return { id: "none", items: [] };
    entry.items ??= path === configName ? this.#ofConfig(entry.findings) : this.#ofFile(this.#program, path, entry);
    return { id: entry.id, items: entry.items };
  }

  /**
   * What can be said of a file while a check is under way: what needs no analysis as it is now, and the rest as it was, moved along
   * with the text. Of a file that nobody has open in a project that takes long to read, all is as it was.
   */
  provisional(path: string): Report {
    if (!this.#project.isAtHand(path)) return this.of(path);
    const program = this.#project.view(path);
    const file = fileOf(program, path);
    const before = this.#entries.get(path);
    if (file === undefined || file.text === before?.text) return this.of(path);
    const isAnalysed = ({ code }: Diagnostic) => /^SCR[456]/.test(code);
    const findings = [
      ...checksOf(program, path),
      ...(before === undefined ? [] : carryFindings(before.findings.filter(isAnalysed), before.text, file.text)),
    ];
    const items = toLspDiagnostics(program, file, findings, this.#project.addresses);
    return { id: `${++ids}`, items };
  }

  #ofFile(program: Program, path: string, { findings }: Entry): readonly lsp.Diagnostic[] {
    const file = fileOf(program, path);
    return file === undefined ? [] : toLspDiagnostics(program, file, findings, this.#project.addresses);
  }

  /** A configuration's faults stand at its beginning: it has no places. */
  #ofConfig(findings: readonly Diagnostic[]): readonly lsp.Diagnostic[] {
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
    const messages = [...this.#project.config.problems.map((message) => ({ message })), ...findings];
    return messages.map(({ message, ...more }) => ({
      ...{ range, severity: 1 as const, source: "scruple", message },
      ...("code" in more ? { code: more.code as string } : {}),
    }));
  }
}

/** Whether what a finding points at is still on its lines: these may have moved though no offset has. */
function isInPlace({ related }: Diagnostic, before: Program, after: Program): boolean {
  return related.every((one) => {
    const [old, now] = [fileOf(before, one.file), fileOf(after, one.file)];
    if (old === now) return true;
    return old !== undefined && now !== undefined && sameData(toRange(old.lines, one), toRange(now.lines, one));
  });
}
