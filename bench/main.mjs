/**
 * `npm run bench`: every benchmark, or the one that `--only decide|throughput|size` names; `--quick` for fewer and shorter rounds.
 * Prints a table and the budgets, and writes both to bench/results/. A missed budget is said and is no failure: machines differ.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { judge } from "./budgets.mjs";
import { benchDecisions } from "./run.mjs";
import { benchSize } from "./size.mjs";
import { markdown } from "./table.mjs";
import { benchThroughput } from "./throughput.mjs";

const benches = ["decide", "throughput", "size"];
const { quick, only } = readArguments();
const sizes = [10, 100, 1_000, 10_000];
const extent = quick
  ? { sizes, rounds: 7, requests: 1_000, batch: 15, patience: 1_500, least: 20, runs: 1 }
  : { sizes, rounds: 25, requests: 4_000, batch: 40, patience: 6_000, least: 100, runs: 5 };
const wanted = (name) => only === undefined || only === name;
const log = (message) => console.error(`· ${message}`);

const results = {
  date: new Date().toISOString().slice(0, 10),
  machine: `${cpus().length} × ${cpus()[0].model.trim()}`,
  node: process.versions.node,
  quick,
  ...(wanted("size") ? { size: await benchSize(extent, log) } : {}),
  ...(wanted("throughput") ? { throughput: await benchThroughput(extent, log) } : {}),
  ...(wanted("decide") ? { decisions: await benchDecisions(extent, log) } : {}),
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
