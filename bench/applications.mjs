/**
 * The airline's desk of examples/applications under the load of 200 people at once, for a minute: whether an answer was wrong, and
 * how long the guard runs in a call. Stores are real, in SQLite.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../examples/applications");
const command = join(import.meta.dirname, "../packages/cli/bin/scruple.js");

export async function benchApplications({ rounds }, log) {
  const { status, stderr } = spawnSync(process.execPath, [command, "build"], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`The applications' policies do not build.\n${stderr}`);
  const { described, load } = await import("../examples/applications/test/load.js");
  const result = await load({ seconds: rounds < 100 ? 10 : 60, connections: 200, warmUp: 5_000 });
  log(`the airline's desk, 200 people at once: ${described(result).replaceAll("\n", "; ")}`);
  return result;
}
