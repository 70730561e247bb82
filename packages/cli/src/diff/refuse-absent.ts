import { realpathSync } from "node:fs";
import { isAbsolute, posix } from "node:path";
import { type Project, policyFolders, projectPath } from "@scruple/project";
import { CallError } from "../exit.ts";
import type { LaidOut } from "./lay-out-revision.ts";

/**
 * Refuses to read a revision without all that its project includes: what is not in the repository may hold a denial.
 *
 * @throws CallError
 */
export async function refuseAbsent(project: Project, { top, absent }: LaidOut, revision: string): Promise<void> {
  const include = project.include.filter((pattern) => !pattern.startsWith("!"));
  const place = projectPath(top, realpathSync(project.root));
  for (const pattern of include) {
    if (isAbsolute(pattern) || /^\.\.(\/|$)/.test(posix.join(place, pattern))) {
      throw refusal(`\`include\` in scruple.json names \`${pattern}\`, which is outside of the repository`, revision);
    }
  }
  if (absent.size === 0) return;
  const ways = { ...project, include: include.flatMap(waysTo) };
  for (const folder of await policyFolders(ways)) {
    const entry = absent.get(realpathSync(folder));
    if (entry === undefined) continue;
    const what = entry.kind === "submodule" ? "is a submodule" : "is a link to something else";
    throw refusal(`\`${entry.path}\` may hold policies of this project, and ${what}`, revision);
  }
}

/** Patterns with which `policyFolders` finds every folder on the way to what a pattern names, and those that match it themselves. */
function waysTo(pattern: string): string[] {
  const parts = pattern.split("/");
  // What stands in braces may hold a slash.
  const unclear = parts.findIndex((part) => /[{(]/.test(part));
  const known = unclear === -1 ? parts : [...parts.slice(0, unclear), "**"];
  return known.map((_part, index) => [...known.slice(0, index + 1), "*"].join("/"));
}

function refusal(what: string, revision: string): CallError {
  return new CallError(
    `${what}: the revision \`${revision}\` does not hold it.`,
    "Lay the revision out in a folder, with everything that belongs to it, and compare with that folder: `git worktree add` makes one.",
  );
}
