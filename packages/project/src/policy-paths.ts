import { statSync } from "node:fs";
import { dirname, isAbsolute, posix, relative, resolve, sep } from "node:path";
import picomatch from "picomatch";
import { escapePath, glob, isDynamicPattern } from "tinyglobby";
import { CallError } from "./call-error.ts";
import { nameOf, namesSeen, withoutLineEnds } from "./config/names-seen.ts";
import { describeFileError } from "./files/file-error.ts";
import { NotingFiles } from "./files/noting-files.ts";
import { realPath } from "./files/real-path.ts";
import { seenFiles } from "./files/seen-files.ts";
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
 * begins with a dot, or from `out`. A pattern may match nothing, but what is named without one has to be there. To patterns a file that
 * begins with a dot is like any other.
 *
 * @throws CallError where something that `include` covers cannot be read: it may hold a denial
 */
export async function policyPaths(project: Project): Promise<string[]> {
  const { root } = project;
  const files = new NotingFiles();
  const { patterns, options } = searchFor(project);
  const found = await glob(patterns, { ...options, onlyFiles: true, fs: files.adapter });
  const refused = files.refusals.map(({ path, error }) => ({ path: projectPath(root, path), error }));
  const [first] = refused.sort((a, b) => byCodeUnits(a.path, b.path));
  if (first !== undefined) throw unreadable(first.path, first.error);
  const isExcluded = exclusion(project);
  const paths = found
    .filter((path) => path.endsWith(".scruple"))
    .map((path) => projectPath(root, resolve(options.cwd, nameOf(path))))
    .filter((path) => !isExcluded(path));
  return withoutAliases(root, [...paths, ...namedFiles(project)].sort(byCodeUnits));
}

/** Of the paths by which links lead to one file the one without links, else the first: read twice, it declares everything twice. */
function withoutAliases(root: string, paths: readonly string[]): string[] {
  const realRoot = realPath(root);
  const byFile = new Map<string, string>();
  for (const path of paths) {
    const file = realPath(resolve(root, path));
    if (!byFile.has(file) || file === resolve(realRoot, path)) byFile.set(file, path);
  }
  return [...byFile.values()].sort(byCodeUnits);
}

/** What `include` names without a pattern, and does not exclude. */
function namedFiles(project: Project): string[] {
  const { root, include } = project;
  const isExcluded = exclusion(project);
  return include
    .filter((pattern) => !isDynamicPattern(pattern))
    .map((name) => projectPath(root, resolve(root, name.replace(/\\(?=[()[\]{}!*+?@|])/g, ""))))
    .filter((path) => !isExcluded(path))
    .map((path) => {
      try {
        if (statSync(resolve(root, path)).isFile() && path.endsWith(".scruple")) return path;
      } catch (error) {
        throw unreadable(path, error);
      }
      throw new CallError(
        `\`${path}\`, which \`include\` in scruple.json names, is no \`.scruple\` file.`,
        "A folder is named with what lies in it: `policies/**/*.scruple`.",
      );
    });
}

/** Whether a path, relative to the root, is of what is left out. */
function exclusion(project: Project): (path: string) => boolean {
  const { patterns, options } = searchFor(project);
  const matches = picomatch([...options.ignore, ...patterns.filter(excludes).map((pattern) => pattern.slice(1))]);
  return (path) => namesSeen(projectPath(options.cwd, resolve(project.root, path))).some((seen) => matches(seen));
}

function unreadable(path: string, error: unknown): CallError {
  return new CallError(`\`${path}\` could not be read: ${describeFileError(error)}.`);
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The folders in which a policy file, or a folder of such, may come new: those that `include` reaches, and what they lie in. */
export async function policyFolders(project: Project): Promise<string[]> {
  const folders = new Set([project.root]);
  const { patterns, options } = searchFor(project);
  const parents = patterns.map((pattern) => posix.dirname(pattern));
  for (const found of await glob(parents, { ...options, onlyDirectories: true, absolute: true, fs: seenFiles })) {
    const path = resolve(nameOf(found));
    // What `include` names above the root has no end of ancestors.
    if (!path.startsWith(project.root + sep)) folders.add(path);
    else for (let folder = path; folder !== project.root; folder = dirname(folder)) folders.add(folder);
  }
  return [...folders];
}

/** The folders below which all lies that `include` names, there or not: the project's own, and what it reaches outside. */
export function searchedFolders({ root, include }: Project): string[] {
  const outside = include
    .filter((pattern) => !excludes(pattern))
    .map((pattern) => {
      const parts = pattern.split("/");
      const first = parts.findIndex((part) => /[*?[\]{}()!]/.test(part));
      return resolve(root, ...parts.slice(0, first < 0 ? -1 : first));
    })
    .filter((folder) => folder !== root && !folder.startsWith(root + sep));
  return [root, ...new Set(outside)];
}

/** Whether a pattern takes away from what others include; `!(` begins one that includes. */
function excludes(pattern: string): boolean {
  return /^!(?!\()/.test(pattern);
}

/**
 * What to search for, and from where: the outermost folder that a pattern begins in. From the project's own, `../*` would not be
 * taken to name it.
 */
function searchFor({ root, include, out }: Project) {
  // Further in, `..` would be refused.
  const ups = include.map(
    (pattern) => posix.normalize(excludes(pattern) ? pattern.slice(1) : pattern).split("../").length - 1,
  );
  const cwd = resolve(root, "../".repeat(Math.max(0, ...ups)));
  const place = escapePath(projectPath(cwd, root));
  const fromThere = (pattern: string) => (isAbsolute(pattern) ? pattern : posix.join(place, pattern));
  const built = projectPath(root, outFolder({ root, out }));
  const builtIsInside = built !== "" && built !== ".." && !built.startsWith("../") && !isAbsolute(built);
  const included = include.map((pattern) =>
    excludes(pattern) ? `!${fromThere(pattern.slice(1))}` : fromThere(pattern),
  );
  const ignored = [...inNodeModules(place), ...(builtIsInside ? [`${fromThere(escapePath(built))}/**`] : [])];
  return {
    patterns: included.map(withoutLineEnds),
    options: {
      cwd,
      ignore: ignored.map(withoutLineEnds),
      dot: false,
      expandDirectories: false,
    },
  };
}

/** All that is in some `node_modules`, as seen from the project: which may lie in one itself, as what is installed does. */
function inNodeModules(place: string): string[] {
  const way = place === "" ? [] : place.split("/");
  const beside = way.flatMap((part, index) => {
    const above = way.slice(0, index);
    const off = [...above, `!(${part})`, "**/node_modules/**"].join("/");
    return part === "node_modules" ? [off] : [off, [...above, "node_modules/**"].join("/")];
  });
  return [...beside, [...way, "**/node_modules/**"].join("/")];
}
