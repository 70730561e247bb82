import { join } from "node:path";
import { measureInProcess } from "./measure-process.mjs";
import { median } from "./statistics.mjs";

const worker = join(import.meta.dirname, "policies-worker.mjs");
const [policies, fields] = [200, 1_000];

/** Many policies of a rule each that share a large vocabulary, cold and after an edit of one, each in a fresh process, as the median of `runs`. */
export function benchPolicies({ runs }, log) {
  log(`${policies} policies on one vocabulary of ${fields} fields`);
  const results = Array.from({ length: runs }, () => measureInProcess(worker, [policies, fields]));
  const of = (key) => median(results.map((result) => result[key]));
  return { policies, fields, checked: of("checked"), edited: of("edited"), peakMegabytes: of("peakMegabytes") };
}
