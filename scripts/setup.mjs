/**
 * Runs before `npm start`, `npm test` and `npm run bench`: installs where package-lock.json asks for what is not there,
 * and builds what has changed. A fresh clone needs nothing but Node and npm.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const stamp = join(root, "node_modules/.scruple-setup/lock");

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Scruple needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

const lockText = readFileSync(join(root, "package-lock.json"), "utf8");
const wanted = createHash("sha256").update(lockText).digest("hex");
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  if (!isInstalled(JSON.parse(lockText))) install();
  mkdirSync(join(stamp, ".."), { recursive: true });
  writeFileSync(stamp, wanted);
}

const { build } = await import("./build.mjs");
await build();

/** Whether npm's own record of node_modules has every package of the lock file, in its version. */
function isInstalled(lock) {
  const record = join(root, "node_modules/.package-lock.json");
  if (!existsSync(record)) return false;
  const { packages: installed } = JSON.parse(readFileSync(record, "utf8"));
  return Object.entries(lock.packages).every(([path, { version, optional, link }]) => {
    if (!path.startsWith("node_modules/"))
      return !path.includes("node_modules/") || installed[path]?.version === version;
    if (installed[path] === undefined) return optional === true;
    return link === true ? existsSync(join(root, path)) : installed[path].version === version;
  });
}

function install() {
  console.log("Installing what package-lock.json lists …");
  if (npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])) return;
  console.error("The packages could not be installed; what npm says is above.");
  process.exit(1);
}

/** @returns whether it went well */
function npm(args) {
  const options = { cwd: root, stdio: "inherit" };
  // npm says where it is to the scripts that it runs; by its bare name it is a shell script on Windows.
  const path = process.env.npm_execpath;
  const { status } =
    path === undefined
      ? spawnSync("npm", args, { ...options, shell: process.platform === "win32" })
      : spawnSync(process.execPath, [path, ...args], options);
  return status === 0;
}
