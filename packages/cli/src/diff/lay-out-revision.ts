import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { configFileName, describeFileError, isFileError, nearestConfig } from "@scruple/project";
import { CallError } from "../exit.ts";
import { followLinks } from "./follow-links.ts";
import { contentsOf, placeOf, type TreeEntry, treeOf } from "./git.ts";

/** A project as it was in a revision. */
export interface LaidOut {
  /** Absolute; in the folder that it was laid out in. */
  readonly root: string;
  /** Where the top of the repository is; absolute, without links. */
  readonly top: string;
  /** What the revision does not hold, by the empty folder that stands for it. */
  readonly absent: ReadonlyMap<string, TreeEntry>;
}

/**
 * Lays out what a revision has of policies and configurations: of the whole repository, since a project may include what lies
 * beside it. Links lead where they led.
 *
 * @param root the project's folder today
 * @param into an empty folder, absolute and without links
 */
export async function layOutRevision(root: string, commit: string, into: string): Promise<LaidOut> {
  const place = await placeOf(root);
  const tree = await treeOf(root, commit);
  const files = new Map(tree.filter(({ kind }) => kind === "file").map((entry) => [entry.path, entry]));
  const links = tree.filter(({ kind }) => kind === "link");
  const texts = await contentsOf(root, commit, links);
  const targets = new Map(links.map(({ path }, index) => [path, texts[index]!.toString()]));
  const folders = foldersOf(tree);

  const absent = tree.filter(({ kind }) => kind === "submodule");
  const wanted = new Set([...files.values()].filter(({ path }) => isWanted(path)));
  const linked: [path: string, target: string][] = [];
  for (const link of links) {
    const target = followLinks(link.path, targets);
    const file = target === null ? undefined : files.get(target);
    if (file !== undefined && !isWanted(link.path)) continue;
    if (file !== undefined) wanted.add(file);
    if (target !== null && (file !== undefined || folders.has(target))) linked.push([link.path, target]);
    else absent.push(link);
  }

  const contents = await contentsOf(root, commit, [...wanted]);
  try {
    for (const { path } of absent) mkdirSync(join(into, path), { recursive: true });
    for (const [index, { path }] of [...wanted].entries()) writeNew(join(into, path), contents[index]!);
    for (const [path, target] of linked) link(join(into, path), join(into, target), files.has(target));
    const own = join(into, place);
    mkdirSync(own, { recursive: true });
    // What lies above the folder for temporary files is no configuration of this project.
    if (!nearestConfig(own)?.startsWith(into)) writeNew(join(own, configFileName), "{}");
    return { root: own, top: into, absent: new Map(absent.map((entry) => [join(into, entry.path), entry])) };
  } catch (error) {
    if (!isFileError(error)) throw error;
    throw new CallError(`The files of ${commit.slice(0, 12)} could not be laid out: ${describeFileError(error)}.`);
  }
}

function isWanted(path: string): boolean {
  return path.endsWith(".scruple") || basename(path) === configFileName;
}

/** Every folder that a commit has, the top of the repository included. */
function foldersOf(tree: readonly TreeEntry[]): ReadonlySet<string> {
  const folders = new Set([""]);
  for (const { path } of tree) {
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
      const folder = path.slice(0, end);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return folders;
}

function link(path: string, target: string, toFile: boolean): void {
  for (const needed of [dirname(path), ...(toFile ? [] : [target])]) mkdirSync(needed, { recursive: true });
  // Windows lets anybody make a junction.
  symlinkSync(target, path, toFile ? "file" : "junction");
}

/** Fails where the disk takes two names for one, so that neither is lost. */
function writeNew(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, { flag: "wx" });
}
