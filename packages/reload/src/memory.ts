import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { isMoment } from "./release.ts";

/** Remembers over restarts when the model was signed that was last taken: older ones stay out. */
export interface Memory {
  readonly signed: string | null;
  remember(signed: string): void;
}

/** @throws Error where the file holds something else, or cannot be read for another reason than that it is not there */
export function fileMemory(path: string, policy: string): Memory {
  let signed = read(path, policy);
  return {
    get signed() {
      return signed;
    },
    remember: (moment) => {
      if (moment === signed) return;
      const temporary = `${path}.${process.pid}.tmp`;
      writeFileSync(temporary, `${JSON.stringify({ policy, signed: moment })}\n`, { flush: true });
      renameSync(temporary, path);
      signed = moment;
    },
  };
}

function read(path: string, policy: string): string | null {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  try {
    const value = JSON.parse(text);
    if (value.policy === policy && isMoment(value.signed)) return value.signed;
  } catch {
    // Told below, like anything else that is not what this wrote.
  }
  throw new Error(`\`${path}\` does not say which model of \`${policy}\` was taken last. Put back what was there.`);
}
