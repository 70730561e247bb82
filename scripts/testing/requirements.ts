export { findCommand } from "../find-command.mjs";

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
