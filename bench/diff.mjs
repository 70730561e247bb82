import { join } from "node:path";
import { measureInProcess } from "./measure-process.mjs";
import { median } from "./statistics.mjs";

const worker = join(import.meta.dirname, "diff-worker.mjs");
const rules = 10_000;

/** What somebody may do between two revisions; diff-worker.mjs does it. */
const changes = [
  ["nothing", "nothing changed"],
  ["condition", "a rule of one interaction lost its condition"],
  ["removed", "a rule that holds everywhere was removed"],
  ["added", "a rule that denies special data everywhere was added"],
  ["kept", "one source is kept for another time"],
  ["rewritten", "every rule asks for one thing more"],
];

/** The difference of two policies, each in a fresh process: the processor's time, as the median of `runs`, and the memory. */
export function benchDiff({ runs }, log) {
  return {
    rules,
    changes: changes.map(([change, title]) => {
      log(`diff of ${rules} rules: ${title}`);
      const results = Array.from({ length: runs }, () => measureInProcess(worker, [change, rules]));
      const of = (key) => median(results.map((result) => result[key]));
      return {
        ...{ change, title, milliseconds: of("milliseconds"), peakMegabytes: of("peakMegabytes") },
        ...{ entries: results[0].entries, cells: results[0].cells },
      };
    }),
  };
}
