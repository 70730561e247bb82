import { join } from "node:path";
import { measureInProcess } from "./measure-process.mjs";
import { median } from "./statistics.mjs";

const worker = join(import.meta.dirname, "analysis-worker.mjs");
const buildWorker = join(import.meta.dirname, "build-worker.mjs");
const policies = [
  { rules: 1_000, files: 20 },
  { rules: 10_000, files: 200 },
];

/**
 * All lints and promises of large policies, cold and after an edit, by the clock and of the processor, and the processor's time of what
 * `scruple build` does with them, each in a fresh process, as the median of `runs`; and the memory at the peak.
 */
export function benchAnalysis({ runs }, log) {
  return policies.map(({ rules, files }) => {
    log(`lints and promises of ${rules} rules in ${files} files`);
    const results = Array.from({ length: runs }, () => measureInProcess(worker, [rules, files]));
    const of = (key) => median(results.map((result) => result[key]));
    const timeOf = (key) => ({
      clock: median(results.map((result) => result[key].clock)),
      processor: median(results.map((result) => result[key].processor)),
    });
    log(`build of ${rules} rules in ${files} files`);
    const builds = Array.from({ length: runs }, () => measureInProcess(buildWorker, [rules, files]));
    const ofBuilds = (key) => median(builds.map((result) => result[key]));
    return {
      ...{ rules, files, findings: results[0].findings },
      built: { milliseconds: ofBuilds("milliseconds"), peakMegabytes: ofBuilds("peakMegabytes") },
      ...{ checked: timeOf("checked"), analysed: timeOf("analysed") },
      ...{ edited: timeOf("edited"), slowestEdit: timeOf("slowestEdit"), peakMegabytes: of("peakMegabytes") },
    };
  });
}
