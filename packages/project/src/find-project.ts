import { lstatSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { CallError } from "./call-error.ts";
import { parseConfig } from "./config/parse-config.ts";
import { completed, type Settings } from "./config/settings.ts";
import { describeFileError } from "./files/file-error.ts";

export interface Project extends Settings {
  /** Absolute; diagnostics name files relative to it. */
  readonly root: string;
  /** Absolute; null where there is no scruple.json. */
  readonly configFile: string | null;
}

export const configFileName = "scruple.json";

/**
 * The project of a folder: the nearest scruple.json, in it or above it; without one, the folder itself.
 *
 * @throws CallError where the configuration cannot be read or says what the schema does not know
 */
export async function findProject(cwd: string): Promise<Project> {
  const configFile = nearestConfig(cwd);
  if (configFile === null) return folderAsProject(cwd);
  const shown = relative(cwd, configFile);
  const config = await parseConfig(readConfig(configFile, shown), shown);
  return { root: dirname(configFile), configFile, ...completed(config) };
}

/** A folder with all policies in it, as if no scruple.json were in it or above. */
export function folderAsProject(root: string): Project {
  return { root, configFile: null, ...completed({}) };
}

/** The nearest scruple.json, in a folder or above it, be it a link that leads nowhere; null where there is none. Both absolute. */
export function nearestConfig(start: string): string | null {
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, configFileName);
    if (isThere(candidate)) return candidate;
    if (dirname(folder) === folder) return null;
  }
}

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch {
    // Nobody can tell, and defaults may leave out what it includes: to read it says why.
    return true;
  }
}

function readConfig(file: string, shown: string): string {
  try {
    if (!statSync(file).isFile()) throw new CallError(`\`${shown}\` is no file.`);
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof CallError) throw error;
    throw new CallError(`\`${shown}\` could not be read: ${describeFileError(error)}.`);
  }
}
