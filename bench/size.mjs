import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { buildGuard } from "./guard-file.mjs";
import { measureInProcess } from "./measure-process.mjs";
import { generatePolicy } from "./policy.mjs";
import { median } from "./statistics.mjs";

const worker = join(import.meta.dirname, "load-worker.mjs");
const rules = 1_000;

/** How large a guard of 1,000 rules and its runtime are when minified, and how long they take to load. */
export async function benchSize({ runs }, log) {
  log(`size and loading of a guard of ${rules} rules`);
  const { path, code } = await buildGuard(rules);
  const { code: minified } = await transform(code, { minify: true, format: "esm", target: "es2022" });
  const minifiedPath = join(dirname(path), "minified.guard.js");
  writeFileSync(minifiedPath, minified);
  const requestPath = join(dirname(path), "request.json");
  writeFileSync(requestPath, JSON.stringify(generatePolicy({ rules }).requests(1)[0]));

  const runtime = await bundled('export * from "@scruple/runtime";');
  const times = Array.from({ length: runs }, () => measureInProcess(worker, [minifiedPath, requestPath]));
  return {
    rules,
    guardBytes: Buffer.byteLength(minified),
    guardBytesCompressed: gzipSync(minified).length,
    runtimeBytes: runtime.length,
    runtimeBytesCompressed: gzipSync(runtime).length,
    /** Milliseconds, the runtime's modules included. */
    load: median(times.map(({ load }) => load)),
    firstDecision: median(times.map(({ firstDecision }) => firstDecision)),
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
