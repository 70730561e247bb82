import type { PolicyFile, Program } from "@scruple/compiler";
import { compileProject, findProject, type Project, readPolicies } from "@scruple/project";
import type { Io } from "../io.ts";
import { selectPaths } from "./select-paths.ts";

export interface Loaded {
  readonly project: Project;
  readonly program: Program;
  /** What the program was compiled from. */
  readonly files: readonly PolicyFile[];
  /** The files that the call's paths choose; all of them where it has none. */
  readonly chosen: ReadonlySet<string>;
}

/**
 * Finds, reads and compiles the whole project of a folder.
 *
 * @param paths which files a command reports on
 * @param previous an earlier program, whose trees are used again for texts that have not changed
 * @throws CallError where the project cannot be read
 */
export async function loadProgram(io: Io, paths: readonly string[], previous?: Program): Promise<Loaded> {
  const project = await findProject(io.cwd);
  const files = await readPolicies(project);
  const chosen = selectPaths(
    paths,
    io.cwd,
    project.root,
    files.map(({ path }) => path),
  );
  return { project, program: await compileProject(project, files, { today: io.today, previous }), files, chosen };
}
