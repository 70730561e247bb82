import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { buildGuard } from "./guard-file.mjs";
import { measureInProcess } from "./measure-process.mjs";
import { generatePolicy } from "./policy.mjs";
import { median } from "./statistics.mjs";

const worker = join(import.meta.dirname, "load-worker.mjs");

/** How large guards and their runtime are when minified, how long they take to load, and the memory that they take. */
export async function benchSize({ sizes, runs }, log) {
  const runtime = await bundled('export * from "@scruple/runtime";');
  const whole = await bundled('export * from "@scruple/runtime"; export * from "@scruple/runtime/enforce";');
  const guards = [];
  for (const rules of sizes) guards.push(await benchGuard(rules, runs, log));
  return {
    guards,
    runtimeBytes: runtime.length,
    runtimeBytesCompressed: gzipSync(runtime).length,
    /** With what acts. */
    wholeBytes: whole.length,
    wholeBytesCompressed: gzipSync(whole).length,
  };
}

async function benchGuard(rules, runs, log) {
  log(`size and loading of a guard of ${rules} rules`);
  const { path, code } = await buildGuard(rules);
  const { code: minified } = await transform(code, { minify: true, format: "esm", target: "es2022" });
  const minifiedPath = join(dirname(path), "minified.guard.js");
  writeFileSync(minifiedPath, minified);
  const requestPath = join(dirname(path), "requests.json");
  writeFileSync(requestPath, JSON.stringify(generatePolicy({ rules }).requests(4_000)));

  const times = Array.from({ length: runs }, () => measureInProcess(worker, [minifiedPath, requestPath]));
  return {
    rules,
    guardBytes: Buffer.byteLength(minified),
    guardBytesCompressed: gzipSync(minified).length,
    /** Milliseconds, the runtime's modules included. */
    load: median(times.map(({ load }) => load)),
    firstDecision: median(times.map(({ firstDecision }) => firstDecision)),
    /** Bytes of the heap after the first decision, and after 4,000 different requests. */
    memoryAtFirst: median(times.map(({ atFirst }) => atFirst)),
    memory: median(times.map(({ used }) => used)),
  };
}

async function bundled(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    target: "es2022",
  });
  return outputFiles[0].contents;
}
