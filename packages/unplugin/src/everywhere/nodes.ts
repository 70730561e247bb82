import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

const cache = join(import.meta.dirname, "../../../../node_modules/.cache/node");

/**
 * The program of a version of Node: this one, or one from npm's registry, which is kept for the next time.
 *
 * @throws Error where there is none for this machine, or npm cannot get it
 */
export function nodeOf(version: string): string {
  if (process.versions.node === version) return process.execPath;
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(cache, version);
  const program = join(folder, "node_modules", name, "bin/node");
  if (existsSync(program)) return program;
  const draft = `${folder}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const options = ["--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync("npm", ["install", "--prefix", draft, ...options, `${name}@${version}`], {
    stdio: "inherit",
  });
  if (status !== 0) throw new Error(`npm could not install ${name}@${version}; what it says is above.`);
  rmSync(folder, { recursive: true, force: true });
  renameSync(draft, folder);
  return program;
}

/** What a script writes to standard output. @throws Error with what it says where it fails */
export function output(node: string, script: string, ...args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(node, [script, ...args], { encoding: "utf8", maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${node} ended with ${status}:\n${stderr}`);
  return stdout;
}
