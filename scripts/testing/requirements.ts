import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** What has to be there, such as `redis,postgres`: a suite that needs anything else is left out where that is missing, and says so. */
const required = (process.env.SCRUPLE_REQUIRE ?? "").split(",").map((name) => name.trim());

/** @param file of the command @returns whether a suite can run @throws where it has to, and cannot */
export function canRun(
  name: "redis" | "valkey" | "postgres" | "neovim" | "emacs",
  file: string | undefined,
): file is string {
  if (file !== undefined) return true;
  if (required.includes(name)) throw new Error(`SCRUPLE_REQUIRE asks for ${name}, and none that will do is installed.`);
  console.warn(`Left out: the suites on ${name}: none that will do is installed.`);
  return false;
}

/** The file of a command: on the path, or where Debian puts what is not meant to be there. */
export function findCommand(...names: readonly string[]): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, "bin")) : [];
  const folders = [...versions.sort().reverse(), ...(process.env.PATH ?? "").split(delimiter)];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
