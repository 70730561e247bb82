import { join } from "node:path";
import { measureInProcess } from "./measure-process.mjs";
import { benchParse } from "./parse.mjs";
import { median } from "./statistics.mjs";

const worker = join(import.meta.dirname, "throughput-worker.mjs");
const editsWorker = join(import.meta.dirname, "edits-worker.mjs");
const projects = [
  { rules: 1_000, files: 20 },
  { rules: 10_000, files: 200 },
];

/**
 * Lines a second of the parser when it is warm; then whole checks and builds, each in a fresh process from loading the
 * compiler to the last diagnostic or byte, as the median of `runs`; and what names, types and model take after an edit.
 */
export async function benchThroughput({ runs }, log) {
  log("parsing");
  const { linesPerSecond } = await benchParse();
  const measured = [];
  for (const work of ["check", "build"]) {
    for (const { rules, files } of projects) {
      log(`${work}: ${rules} rules in ${files} files`);
      const results = Array.from({ length: runs }, () => measureInProcess(worker, [work, rules, files]));
      const of = (key) => median(results.map((result) => result[key]));
      measured.push({
        work,
        rules,
        files: results[0].files,
        lines: results[0].lines,
        milliseconds: of("milliseconds"),
        linesPerSecond: results[0].lines / (of("milliseconds") / 1000),
        peakMegabytes: of("peakMegabytes"),
      });
    }
  }
  const { rules, files } = projects.at(-1);
  log(`edits: ${rules} rules in ${files} files`);
  const edits = { rules, files, ...measureInProcess(editsWorker, [rules, files, 200]) };
  return { parse: { linesPerSecond }, projects: measured, edits };
}
