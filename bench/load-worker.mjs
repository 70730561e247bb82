/**
 * Imports a guard in a fresh process and takes its first decision; prints how long both took, and what the heap has grown by
 * after that, and after many requests.
 */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [guardPath, requestPath] = process.argv.slice(2);
const requests = JSON.parse(readFileSync(requestPath, "utf8"));
/** What is in use once all that is not has been collected. */
const heap = async () => {
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve));
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};
const before = await heap();
const started = performance.now();
const { decide } = await import(pathToFileURL(guardPath).href);
const loaded = performance.now();
const { errors } = decide(requests[0]);
const decided = performance.now();
if (errors.length > 0) throw new Error(errors[0]);
const atFirst = (await heap()) - before;
for (const request of requests) decide(request);
const used = (await heap()) - before;
console.log(JSON.stringify({ load: loaded - started, firstDecision: decided - loaded, atFirst, used }));
