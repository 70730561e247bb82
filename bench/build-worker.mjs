/**
 * Does what `scruple build` does with a generated policy, in a fresh process that is tuned as the command's: checks it with all lints, then
 * makes its files. Prints the processor's time in milliseconds and the memory. node bench/build-worker.mjs RULES FILES
 */
import { tuneEngine } from "../packages/cli/dist/tune-engine.js";
import { generatePolicy, policyName } from "./policy.mjs";

tuneEngine();
const [rules, fileCount] = process.argv.slice(2).map(Number);
const { files } = generatePolicy({ rules, fileCount });
const before = process.cpuUsage();
const { compile } = await import("@scruple/compiler");
const program = compile(files);
const found = program.diagnostics;
const model = program.model(policyName);
if (model === null) throw new Error(`The benchmark's policy does not compile: ${found[0]?.message}`);
const { emitJavaScript, emitJson } = await import("@scruple/emit");
const { code, declarations, map } = emitJavaScript(model, { space: program.space(policyName) });
const bytes = [code, declarations, map, emitJson(model).code].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
const { user, system } = process.cpuUsage(before);

console.log(
  JSON.stringify({
    // Of all the processor's cores together, loading and what the garbage collector takes beside included.
    milliseconds: (user + system) / 1000,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    bytes,
  }),
);
