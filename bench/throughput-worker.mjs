/** Checks, or checks and builds, a generated policy once in a fresh process; prints the time and the memory it took. */
import { generatePolicy } from "./policy.mjs";

const [work, rules, fileCount] = process.argv.slice(2);
const { files } = generatePolicy({ rules: Number(rules), fileCount: Number(fileCount) });
const memoryBefore = process.memoryUsage().rss;

const started = performance.now();
const { modelOf } = await import("./guard-file.mjs");
const { emitJavaScript, emitJson } = await import("@scruple/emit");
const loaded = performance.now();
const model = modelOf(files);
const bytes = work === "build" ? emitJavaScript(model).code.length + emitJson(model).code.length : 0;
const done = performance.now();

console.log(
  JSON.stringify({
    milliseconds: done - started,
    loading: loaded - started,
    files: files.length,
    lines: files.reduce((lines, { text }) => lines + text.split("\n").length - 1, 0),
    bytes,
    // In kilobytes; of the whole process, the generator's share included.
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    megabytesBefore: memoryBefore / 2 ** 20,
  }),
);
