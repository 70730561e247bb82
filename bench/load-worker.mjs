/** Imports a guard in a fresh process and takes its first decision; prints how long both took. */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [guardPath, requestPath] = process.argv.slice(2);
const request = JSON.parse(readFileSync(requestPath, "utf8"));
const started = performance.now();
const { decide } = await import(pathToFileURL(guardPath).href);
const loaded = performance.now();
const { errors } = decide(request);
const decided = performance.now();
if (errors.length > 0) throw new Error(errors[0]);
console.log(JSON.stringify({ load: loaded - started, firstDecision: decided - loaded }));
