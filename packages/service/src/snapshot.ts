import type { CheckedFile, Diagnostic, PolicyScope, Program } from "@scruple/compiler";

/** Where a file of a program is for the editor. */
export interface Addresses {
  /**
   * The URI of a file of the project, or of the standard vocabulary; null where an editor can open none.
   *
   * @param path as the program names it
   */
  uriOf(path: string, std: boolean): string | null;
  /** Where a diagnostic is documented, as a URI that the editor can open; null where there is none. */
  documentationOf(code: string): string | null;
}

/** What a feature looks at: a checked program and one of its files. It never changes. */
export interface Snapshot {
  readonly program: Program;
  readonly file: CheckedFile;
  readonly addresses: Addresses;
  /** What is found in the file, as far as it is known by now. */
  readonly findings: () => readonly Diagnostic[];
}

/** The policy that the snapshot's file is a part of; a file without a header has a scope of its own. */
export function scopeOf({ program, file }: Pick<Snapshot, "program" | "file">): PolicyScope | null {
  return program.scopes.get(file.policy ?? `/${file.path}`) ?? null;
}

/** A file of the program by its path: of the project, or else of what it uses of the standard vocabulary. */
export function fileOf(program: Program, path: string): CheckedFile | undefined {
  let files = byPath.get(program);
  if (files === undefined) {
    files = new Map(
      filesOf(program)
        .map((file) => [file.path, file] as const)
        .reverse(),
    );
    byPath.set(program, files);
  }
  return files.get(path);
}

/** What syntax, names and types have to say of a file of the project. */
export function checksOf(program: Program, path: string): readonly Diagnostic[] {
  let checks = checksByPath.get(program);
  if (checks === undefined) {
    checks = byFile(program.checks);
    checksByPath.set(program, checks);
  }
  return checks.get(path) ?? [];
}

/** Findings by their files, in the order that they have. */
export function byFile(findings: readonly Diagnostic[]): Map<string, Diagnostic[]> {
  const groups = new Map<string, Diagnostic[]>();
  for (const finding of findings) {
    const group = groups.get(finding.file);
    if (group === undefined) groups.set(finding.file, [finding]);
    else group.push(finding);
  }
  return groups;
}

/** The project's files, and what the program uses of the standard vocabulary. */
export function filesOf({ scopes, files }: Program): readonly CheckedFile[] {
  return [...files, ...[...scopes.values()].flatMap(({ std, units }) => (std ? units : []))];
}

const byPath = new WeakMap<Program, ReadonlyMap<string, CheckedFile>>();
const checksByPath = new WeakMap<Program, ReadonlyMap<string, readonly Diagnostic[]>>();
