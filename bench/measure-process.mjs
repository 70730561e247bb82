import { spawnSync } from "node:child_process";

/** What a fresh Node prints as its last line, which is JSON. @throws where it fails, with what it says */
export function measureInProcess(script, args) {
  const { status, stdout, stderr, error } = spawnSync(process.execPath, ["--expose-gc", script, ...args.map(String)], {
    encoding: "utf8",
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${script} ended with code ${status}: ${stderr}`);
  return JSON.parse(stdout.trim().split("\n").at(-1));
}
