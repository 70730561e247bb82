#!/usr/bin/env node
// npm links a command only to a file that is there when it installs, and in a clone the bundle is built after that.
import { existsSync } from "node:fs";

const bundle = new URL("../dist/scruple.js", import.meta.url);
if (existsSync(bundle)) await import(bundle.href);
else {
  console.error("The command is not built yet: run `npm run build` where Scruple's own package.json is.");
  process.exitCode = 2;
}
