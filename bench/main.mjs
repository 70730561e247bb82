/**
 * `npm run bench`: every benchmark, or the one that `--only decide|throughput|size|diff|analysis|policies|lsp|acting|applications` names; `--quick` for fewer
 * and shorter rounds. Prints a table and the budgets, and writes both to bench/results/. A missed budget is said and is no
 * failure: machines differ.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { judge } from "./budgets.mjs";
import { markdown } from "./table.mjs";

const benches = ["decide", "throughput", "size", "diff", "analysis", "policies", "lsp", "acting", "applications"];
const { quick, only } = readArguments();
const sizes = [10, 100, 1_000, 10_000];
const extent = quick
  ? { sizes, rounds: 28, requests: 1_000, batch: 4, runUp: 4, warmUp: 500, patience: 1_500, least: 20, runs: 1 }
  : { sizes, rounds: 140, requests: 4_000, batch: 4, runUp: 8, warmUp: 1_000, patience: 6_000, least: 100, runs: 5 };
const log = (message) => console.error(`· ${message}`);

const results = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus().length} × ${cpus()[0].model.trim()}`,
  node: process.versions.node,
  quick,
  ...(await measured("size", "size", async () => (await import("./size.mjs")).benchSize)),
  ...(await measured("diff", "diffs", async () => (await import("./diff.mjs")).benchDiff)),
  ...(await measured("analysis", "analyses", async () => (await import("./analysis.mjs")).benchAnalysis)),
  ...(await measured("policies", "policies", async () => (await import("./policies.mjs")).benchPolicies)),
  ...(await measured("lsp", "server", async () => (await import("./lsp.mjs")).benchServer)),
  ...(await measured("throughput", "throughput", async () => (await import("./throughput.mjs")).benchThroughput)),
  ...(await measured("acting", "acting", async () => (await import("./acting.mjs")).benchActing)),
  ...(await measured(
    "applications",
    "applications",
    async () => (await import("./applications.mjs")).benchApplications,
  )),
  ...(await measured("decide", "decisions", async () => (await import("./run.mjs")).benchDecisions)),
};
const budgets = judge(results);
const table = markdown(results, budgets);
const folder = join(import.meta.dirname, "results");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "latest.json"), `${JSON.stringify({ ...results, budgets }, null, 2)}\n`);
writeFileSync(join(folder, "table.md"), table);
console.log(`\n${table}`);
const missed = budgets.filter(({ met }) => !met);
console.log(missed.length === 0 ? "Every budget is met." : `Missed: ${missed.map(({ what }) => what).join("; ")}.`);

/** `{ [key]: figures }`, or nothing where another benchmark is asked for. What is not run is not loaded either. */
async function measured(name, key, load) {
  if (only !== undefined && only !== name) return {};
  const bench = await load();
  return { [key]: await bench(extent, log) };
}

function readArguments() {
  const help = `npm run bench -- [--quick] [--only ${benches.join("|")}]`;
  try {
    const { values } = parseArgs({ options: { quick: { type: "boolean", default: false }, only: { type: "string" } } });
    if (values.only !== undefined && !benches.includes(values.only)) {
      throw new Error(`There is no benchmark \`${values.only}\`.`);
    }
    return values;
  } catch (error) {
    console.error(`${error.message}\n${help}`);
    process.exit(2);
  }
}
