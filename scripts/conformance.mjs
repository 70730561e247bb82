/**
 * Runs conformance cases: `npm run conformance -- FOLDER`. A case is a folder with `policy.scruple`, `requests.jsonl` and
 * `expected.jsonl`; each line of the last has the fields of a decision that have to be equal (of duties, their names).
 * Every case is decided three times: by the reference evaluator, by the emitted guard and by `scruple decide`.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { compile } from "@scruple/compiler";
import { instantiate } from "@scruple/emit";
import { evaluator } from "@scruple/model";

const command = join(import.meta.dirname, "../packages/cli/dist/scruple.js");
const lines = (file) =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => JSON.parse(line));

function decideByCommand(folder, policy) {
  const args = [command, "decide", "--policy", policy];
  const input = readFileSync(join(folder, "requests.jsonl"));
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, input, encoding: "utf8", maxBuffer: 2 ** 28 });
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

function differences(decision, expected) {
  const actual = { ...decision, duties: decision?.duties?.map(({ name }) => name) };
  return Object.keys(expected).filter((key) => !isDeepStrictEqual(actual[key], expected[key]));
}

/** One line a difference. */
function runCase(folder) {
  const text = readFileSync(join(folder, "policy.scruple"), "utf8");
  const program = compile([{ path: "policy.scruple", text }]);
  const errors = program.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) return errors.map(({ code, message }) => `does not compile: ${code} ${message}`);
  const { name } = program.policies[0];
  const model = program.model(name);
  const requests = lines(join(folder, "requests.jsonl"));
  const guard = instantiate(model);
  const decided = {
    reference: requests.map(evaluator(model).decide),
    guard: requests.map((request) => guard.decide(request)),
    "scruple decide": decideByCommand(folder, name),
  };
  const found = [];
  for (const [i, expected] of lines(join(folder, "expected.jsonl")).entries()) {
    for (const [by, decisions] of Object.entries(decided)) {
      const decision = JSON.parse(JSON.stringify(decisions[i] ?? {}));
      for (const key of differences(decision, expected)) {
        found.push(
          `${expected.id}, ${by}, ${key}: ${JSON.stringify(decision[key])}, not ${JSON.stringify(expected[key])}`,
        );
      }
    }
  }
  return found;
}

const folder = process.argv[2];
if (folder === undefined || !existsSync(folder)) {
  console.error("Which folder? npm run conformance -- FOLDER, where each case is a folder with policy.scruple in it.");
  process.exit(2);
}
const cases = readdirSync(folder).filter((name) => existsSync(join(folder, name, "policy.scruple")));
let failed = 0;
for (const name of cases.sort()) {
  const found = runCase(resolve(folder, name));
  if (found.length > 0) failed++;
  for (const line of found.slice(0, 5)) console.log(`${name}: ${line}`);
  if (found.length > 5) console.log(`${name}: and ${found.length - 5} more`);
}
console.log(`${cases.length - failed} passed, ${failed} failed`);
process.exit(failed > 0 || cases.length === 0 ? 1 : 0);
