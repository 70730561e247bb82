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

/** The files below a folder in a commit whose paths, relative to the folder, with `/`, are wanted. */
export async function filesIn(
  folder: string,
  commit: string,
  isWanted: (path: string) => boolean,
): Promise<ReadonlyMap<string, Buffer>> {
  // Without `--format`, which writes paths as C does in spite of `-z`.
  const listed = await git(folder, ["ls-tree", "-r", "-z", commit, "."]);
  if (listed === null) return new Map();
  const blobs = listed
    .toString()
    .split("\0")
    .flatMap((line) => {
      const match = /^100\d{3} blob (\S+)\t(.+)$/s.exec(line);
      return match !== null && isWanted(match[2]!) ? [{ id: match[1]!, path: match[2]! }] : [];
    });
  const content = await git(folder, ["cat-file", "--batch"], blobs.map(({ id }) => `${id}\n`).join(""));
  if (content === null) throw new CallError(`git could not read the files of ${commit.slice(0, 12)}.`);
  const files = new Map<string, Buffer>();
  let at = 0;
  for (const { path } of blobs) {
    // `<id> blob <size>`, the bytes, a line feed.
    const end = content.indexOf(0x0a, at);
    const size = Number(content.toString("utf8", at, end).split(" ")[2]);
    files.set(path, content.subarray(end + 1, end + 1 + size));
    at = end + 2 + size;
  }
  return files;
}
