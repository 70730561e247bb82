import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type FileToWrite, realPath } from "@scruple/project";
import { sourceRootOf } from "./build-outputs.ts";
import { kindOf, type Origin, originOf } from "./built-kinds.ts";

export interface OutputOfAnother {
  /** Absolute, as the folder of the other project is. */
  readonly path: string;
  readonly project: string;
  readonly policy: string;
}

/**
 * Of the files that a build is about to write the first that another project has built, which stands there still: their
 * policies have one name, and whoever asks the guard of one would be answered by the rules of the other. Where that project
 * does not stand there any more, it is this one, which has moved.
 *
 * @param out the folder of the files
 * @param root the folder of this project; both absolute
 */
export async function outputOfAnother(
  files: readonly FileToWrite[],
  out: string,
  root: string,
): Promise<OutputOfAnother | null> {
  const sourceRoot = sourceRootOf(out, root);
  for (const { path } of files) {
    const kind = kindOf(path);
    const origin = kind === undefined ? null : await originOf(path, kind);
    if (origin === null || origin.sourceRoot === sourceRoot) continue;
    const project = resolve(realPath(out), origin.sourceRoot);
    if (stands(origin, project)) return { path, project, policy: origin.policy };
  }
  return null;
}

/** Whether some policy that a file was built from is in a project still; of what that includes from elsewhere others may be made. */
function stands({ sources }: Origin, project: string): boolean {
  return sources.some((source) => !source.startsWith("../") && existsSync(join(project, source)));
}
