import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { escapePath, glob } from "tinyglobby";
import type { Project } from "./find-project.ts";

/** Where a project's built files go; absolute. */
export function outFolder(project: Pick<Project, "root" | "out">, out = project.out): string {
  return resolve(project.root, out);
}

/** A path as diagnostics name it: relative to the project, with `/`. */
export function projectPath(root: string, file: string): string {
  return relative(root, file).split(sep).join("/");
}

/**
 * The policy files of a project, relative to its root, with `/`, sorted. Never from `node_modules`, from a folder that
 * begins with a dot, or from `out`.
 */
export async function policyPaths(project: Project): Promise<string[]> {
  const found = await glob([...project.include], { ...whereToLook(project), onlyFiles: true });
  const paths = found.map((path) => path.split(sep).join("/")).filter((path) => path.endsWith(".scruple"));
  return [...new Set(paths)].sort((a, b) => (a < b ? -1 : 1));
}

/** The folders in which a policy file, or a folder of such, may come new: those that `include` reaches, and what they lie in. */
export async function policyFolders(project: Project): Promise<string[]> {
  const folders = new Set([project.root]);
  const patterns = project.include.map((pattern) => dirname(pattern));
  for (const found of await glob(patterns, { ...whereToLook(project), onlyDirectories: true, absolute: true })) {
    const path = resolve(found);
    // What `include` names above the root has no end of ancestors.
    if (!path.startsWith(project.root + sep)) folders.add(path);
    else for (let folder = path; folder !== project.root; folder = dirname(folder)) folders.add(folder);
  }
  return [...folders];
}

function whereToLook(project: Project) {
  const out = projectPath(project.root, outFolder(project));
  const outIsInside = out !== "" && out !== ".." && !out.startsWith("../") && !isAbsolute(out);
  return {
    cwd: project.root,
    ignore: ["**/node_modules/**", ...(outIsInside ? [`${escapePath(out)}/**`] : [])],
    dot: false,
    expandDirectories: false,
  };
}
