import { isAbsolute, relative, resolve, sep } from "node:path";
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
  const out = projectPath(project.root, outFolder(project));
  const outIsInside = out !== "" && out !== ".." && !out.startsWith("../") && !isAbsolute(out);
  const found = await glob([...project.include], {
    cwd: project.root,
    ignore: ["**/node_modules/**", ...(outIsInside ? [`${escapePath(out)}/**`] : [])],
    onlyFiles: true,
    dot: false,
    expandDirectories: false,
  });
  const paths = found.map((path) => path.split(sep).join("/")).filter((path) => path.endsWith(".scruple"));
  return [...new Set(paths)].sort((a, b) => (a < b ? -1 : 1));
}
