import { randomUUID } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { Refused } from "./refused.ts";
import { isMoment } from "./release.ts";

/** What tells one release from another, and which of them is later. */
export interface Taken {
  readonly signed: string;
  /** Null where it was written down before hashes were. */
  readonly hash: string | null;
}

/** Remembers over restarts, and for all who share it, which model was taken last: older ones stay out. */
export interface Memory {
  /** What it says now: another process may have taken a model meanwhile. */
  last(): Taken | null;
  /** Does nothing where it says so already. @throws Refused where it says a later one, or another of the same moment */
  remember(taken: Taken): void;
}

/** @throws Error where the file holds something else, or cannot be read for another reason than that it is not there */
export function fileMemory(path: string, policy: string): Memory {
  const last = () => read(path, policy);
  /** @throws Refused */
  const says = ({ signed, hash }: Taken) => {
    const said = last();
    holdAgainst(said, { signed, hash });
    return said?.signed === signed && said.hash === hash;
  };
  return {
    last,
    remember: ({ signed, hash }) => {
      if (says({ signed, hash })) return;
      // Not by the process: in containers that share a folder, all have the same number.
      const temporary = `${path}.${randomUUID()}.tmp`;
      try {
        writeFileSync(temporary, `${JSON.stringify({ policy, signed, hash })}\n`, { flush: true });
        // To write takes longest, so it is asked again between that and the moment at which it counts.
        if (says({ signed, hash })) return;
        renameSync(temporary, path);
      } finally {
        rmSync(temporary, { force: true });
      }
      if (!says({ signed, hash })) throw new Refused("Another process has taken an earlier one at the same time.");
    },
  };
}

/** @throws Refused where what was taken last is later, or another of the same moment */
export function holdAgainst(last: Taken | null, { signed, hash }: Taken): void {
  if (last === null || last.signed < signed) return;
  if (last.signed > signed)
    throw new Refused(`It was signed at ${signed}, and one of ${last.signed} has been in force: older ones stay out.`);
  if (last.hash !== null && last.hash !== hash)
    throw new Refused(`It was signed at ${signed}, like another model that has been in force. Sign it again.`);
}

function read(path: string, policy: string): Taken | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    const { hash = null, ...value } = JSON.parse(text);
    const isHash = hash === null || typeof hash === "string";
    if (value.policy === policy && isMoment(value.signed) && isHash) return { signed: value.signed, hash };
  } catch {
    // Told below, like anything else that is not what this wrote.
  }
  throw new Error(`\`${path}\` does not say which model of \`${policy}\` was taken last. Put back what was there.`);
}
