import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { PolicyInfo } from "@scruple/compiler";
import type { Target } from "@scruple/project";
import { sourceRootOf } from "./build-outputs.ts";
import { kindOf, originOf } from "./built-kinds.ts";

export interface StaleOutput {
  /** Absolute. */
  readonly path: string;
  /** Why the project does not build it, as a sentence that speaks of the file. */
  readonly why: string;
}

/**
 * Files in `out` that an earlier build of a project wrote and today's would not. Such a guard would go on deciding by rules
 * that nobody can read any more. Only what says that it is of this project counts: what people wrote is theirs, and several
 * projects may share a folder.
 *
 * @param root the project's folder; absolute, as `out` is
 * @param policies all that the project has today
 * @param targets all for which it builds them
 * @returns sorted by path
 */
export async function staleOutputs(
  out: string,
  root: string,
  policies: readonly PolicyInfo[],
  targets: readonly Target[],
): Promise<StaleOutput[]> {
  const sourceRoot = sourceRootOf(out, root);
  const stale: StaleOutput[] = [];
  for (const name of namesIn(out)) {
    const kind = kindOf(name);
    if (kind === undefined) continue;
    const path = join(out, name);
    const origin = await originOf(path, kind);
    // A copy has another name; but some disks keep the case that a name had before, or take letters and accents apart.
    if (origin?.sourceRoot !== sourceRoot || folded(origin.policy + kind.suffix) !== folded(name)) continue;
    const policy = policies.find((one) => one.name === origin.policy);
    if (policy === undefined) stale.push({ path, why: "its policy is gone" });
    else if (!policy.declaresInteraction) stale.push({ path, why: "its policy declares no interaction" });
    else if (!targets.includes(kind.target)) stale.push({ path, why: "no target of the project writes it" });
  }
  return stale;
}

/** A name as disks compare it to which case makes no difference. */
export function folded(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
