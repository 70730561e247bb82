import { spawn } from "node:child_process";
import { nearest } from "@scruple/model";
import { CallError } from "../exit.ts";

/** Runs git in a folder; null where it answers with an error. */
function git(cwd: string, args: readonly string[], input = ""): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, { cwd, stdio: ["pipe", "pipe", "ignore"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", () =>
      reject(new CallError("`git` could not be started, and a revision has to be read with it.")),
    );
    child.on("close", (code) => resolve(code === 0 ? Buffer.concat(chunks) : null));
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

/**
 * The commit that a revision names.
 *
 * @throws CallError where the folder is in no repository, or that has no such revision
 */
export async function commitOf(cwd: string, revision: string): Promise<string> {
  const inside = await git(cwd, ["rev-parse", "--show-toplevel"]);
  if (inside === null) {
    throw new CallError(
      `\`${revision}\` is no folder and no built model, and the working directory is in no git repository.`,
      "`scruple diff --help` shows what can be compared.",
    );
  }
  const commit = await git(cwd, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
  if (commit !== null) return commit.toString().trim();
  const known = await git(cwd, ["for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/tags"]);
  const names = known?.toString().split("\n").filter(Boolean) ?? [];
  throw new CallError(`\`${revision}\` is no folder, no built model and no git revision.${nearest(revision, names)}`);
}

/** A file, a link or a submodule in a commit. */
export interface TreeEntry {
  readonly kind: "file" | "link" | "submodule";
  readonly id: string;
  /** From the top of the repository, with `/`. */
  readonly path: string;
}
const kinds = new Map<string, TreeEntry["kind"]>([
  ["100", "file"],
  ["120", "link"],
  ["160", "submodule"],
]);

/** Where a folder is in its repository: `""` at the top, else with `/` at its end. @throws CallError where it is in none */
export async function placeOf(folder: string): Promise<string> {
  const prefix = await git(folder, ["rev-parse", "--show-prefix"]);
  if (prefix === null) throw new CallError(`The project's folder, \`${folder}\`, is in no git repository.`);
  return prefix.toString().replace(/\n$/, "");
}

/** Everything that a commit holds. */
export async function treeOf(folder: string, commit: string): Promise<TreeEntry[]> {
  // Without `--format`, which writes paths as C does in spite of `-z`.
  const listed = await git(folder, ["ls-tree", "--full-tree", "-r", "-z", commit]);
  if (listed === null) throw unreadable(commit);
  return listed
    .toString()
    .split("\0")
    .filter((line) => line !== "")
    .map((line) => {
      const tab = line.indexOf("\t");
      const [mode = "", , id = ""] = line.slice(0, tab).split(" ");
      const kind = kinds.get(mode.slice(0, 3));
      if (kind === undefined) throw unreadable(commit);
      return { kind, id, path: line.slice(tab + 1) };
    });
}

/** What entries of a commit hold, in their order; of a link that is where it leads. */
export async function contentsOf(folder: string, commit: string, entries: readonly TreeEntry[]): Promise<Buffer[]> {
  const content = await git(folder, ["cat-file", "--batch"], entries.map(({ id }) => `${id}\n`).join(""));
  if (content === null) throw unreadable(commit);
  let at = 0;
  return entries.map(() => {
    // `<id> blob <size>`, the bytes, a line feed.
    const end = content.indexOf(0x0a, at);
    const [, type, size] = content.toString("utf8", at, end).split(" ");
    if (type !== "blob") throw unreadable(commit);
    at = end + 2 + Number(size);
    return content.subarray(end + 1, at - 1);
  });
}

function unreadable(commit: string): CallError {
  return new CallError(`git could not read the files of ${commit.slice(0, 12)}.`);
}
