import type { PolicyFile, Program } from "@scruple/compiler";
import { checkSeverities } from "./config/check-severities.ts";
import type { Project } from "./find-project.ts";

export interface CompileProjectOptions {
  /** `YYYY-MM-DD`; the day of the machine, in UTC, where it is left out. */
  readonly today?: string | undefined;
  /** An earlier program, whose trees are used again for texts that have not changed. */
  readonly previous?: Program | undefined;
}

/**
 * Compiles files as a project says.
 *
 * @throws CallError where `severity` in scruple.json names no diagnostic
 */
export async function compileProject(
  project: Project,
  files: readonly PolicyFile[],
  { today = new Date().toISOString().slice(0, 10), previous }: CompileProjectOptions = {},
): Promise<Program> {
  // Loaded where there is something to compile: whoever has none need not wait for it.
  const { catalogue, compile } = await import("@scruple/compiler");
  checkSeverities(project.severity, catalogue);
  const { severity, leastGroupSize } = project;
  return compile(files, { severity, leastGroupSize, today }, previous);
}
