import { statSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { nearest } from "@scruple/model";
import { projectPath, realPath } from "@scruple/project";
import { CallError } from "../exit.ts";

/**
 * Which of a project's files the paths of a call choose.
 *
 * @param paths as given, relative to `cwd`; none chooses all
 * @param files the project's files, relative to `root`, with `/`
 * @throws CallError where a path does not exist, or holds none of the project's files
 */
export function selectPaths(
  paths: readonly string[],
  cwd: string,
  root: string,
  files: readonly string[],
): ReadonlySet<string> {
  if (paths.length === 0) return new Set(files);
  const chosen = new Set<string>();
  for (const path of paths) {
    const absolute = resolve(cwd, path);
    const folder = isFolder(absolute, path, cwd, root, files);
    const lies = (inside: string) => (file: string) =>
      folder ? file.startsWith(inside === "" ? "" : `${inside}/`) : file === inside;
    let matches = files.filter(lies(projectPath(root, absolute)));
    // A link to what the project has under another path.
    if (matches.length === 0) matches = files.filter(lies(projectPath(realPath(root), realPath(absolute))));
    if (matches.length === 0) {
      throw new CallError(
        folder
          ? `The folder \`${path}\` holds no policy of this project.`
          : `\`${path}\` is not one of this project's policy files.`,
        "`include` in scruple.json says which files are.",
      );
    }
    for (const match of matches) chosen.add(match);
  }
  return chosen;
}

function isFolder(absolute: string, path: string, cwd: string, root: string, files: readonly string[]): boolean {
  try {
    return statSync(absolute).isDirectory();
  } catch {
    const known = new Set<string>();
    for (const file of files) {
      const shown = relative(cwd, resolve(root, file));
      known.add(shown).add(dirname(shown));
    }
    throw new CallError(`There is no file or folder \`${path}\`.${nearest(path, known)}`);
  }
}
