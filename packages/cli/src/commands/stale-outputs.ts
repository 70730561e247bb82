import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const suffixes = [".guard.js", ".guard.d.ts", ".guard.js.map", ".model.json"] as const;

/**
 * Files in `out` that an earlier build wrote for a policy that is gone. Such a guard would go on deciding by rules that
 * nobody can read any more. Only what carries our own mark counts: a file that people wrote is theirs.
 *
 * @param policies the names of all policies that the project has today
 * @returns absolute paths, sorted
 */
export function staleOutputs(out: string, policies: ReadonlySet<string>): string[] {
  let names: string[];
  try {
    names = readdirSync(out);
  } catch {
    return [];
  }
  return names
    .filter((name) => {
      const suffix = suffixes.find((one) => name.endsWith(one));
      return suffix !== undefined && !policies.has(name.slice(0, -suffix.length)) && isOurs(join(out, name), suffix);
    })
    .sort()
    .map((name) => join(out, name));
}

function isOurs(path: string, suffix: (typeof suffixes)[number]): boolean {
  try {
    const text = readFileSync(path, "utf8");
    switch (suffix) {
      case ".model.json":
        return JSON.parse(text).format === "scruple.model";
      case ".guard.js.map": {
        const { version, sources } = JSON.parse(text);
        return version === 3 && Array.isArray(sources) && sources.every((one) => String(one).endsWith(".scruple"));
      }
      default:
        return /^\/[/*][^\n]*\bscruple\b/i.test(text);
    }
  } catch {
    return false;
  }
}
