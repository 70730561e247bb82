/**
 * `npm start`: the main job on real input. Checks the airline's policy, builds its guard, and has that guard decide three
 * hundred requests of an ordinary day.
 */
import { spawnSync } from "node:child_process";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import { styleText } from "node:util";

const root = join(import.meta.dirname, "..");
const example = join(root, "examples/airline-know-me");
const command = join(root, "packages/cli/dist/scruple.js");
const colour = process.stdout.isTTY && process.env.NO_COLOR === undefined && process.env.CI === undefined;
const style = (format, text) => (colour ? styleText(format, text) : text);

function scruple(...args) {
  console.log(`${style("dim", "$")} scruple ${args.join(" ")}`);
  const { status } = spawnSync(process.execPath, [command, ...args], { cwd: example, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 3);
}

function describe(request) {
  const fields = [request.data].flat().map((piece) => piece?.field ?? piece);
  const joined = request.with ? ` with ${request.with.field ?? request.with}` : "";
  return `${request.operation} ${fields.join(", ")}${joined} on ${request.channel} in ${request.interaction}`;
}

async function decideAll(decide) {
  const refused = new Map();
  let allowed = 0;
  let denied = 0;
  for await (const line of createInterface({ input: createReadStream(join(example, "requests.jsonl")) })) {
    const request = JSON.parse(line);
    const decision = decide(request);
    if (decision.decision === "allow") {
      allowed++;
      continue;
    }
    denied++;
    const why = [...decision.because, ...decision.errors].join(" ") || "It is refused by a rule that gives no reason.";
    const group = refused.get(why) ?? { rules: decision.rules, acts: new Map(), missing: new Set() };
    refused.set(why, group);
    group.acts.set(describe(request), (group.acts.get(describe(request)) ?? 0) + 1);
    for (const fact of decision.missing) group.missing.add(fact);
  }
  return { allowed, denied, refused };
}

function print({ allowed, denied, refused }) {
  const counts = `${style("green", `${allowed} allowed`)}, ${style("red", `${denied} refused`)}`;
  console.log(`\n${allowed + denied} requests through the guard: ${counts}\n`);
  const total = ({ acts }) => [...acts.values()].reduce((sum, count) => sum + count, 0);
  for (const [why, group] of [...refused].sort(([, a], [, b]) => total(b) - total(a))) {
    const by = group.rules.length > 0 ? style("dim", `  by ${group.rules.join(", ")}`) : "";
    console.log(`${style("red", String(total(group)).padStart(4))}  ${style("bold", why)}${by}`);
    const acts = [...group.acts].sort(([, a], [, b]) => b - a);
    for (const [act, count] of acts.slice(0, 3)) console.log(`      ${style("dim", `${count} ×`)} ${act}`);
    if (acts.length > 3) console.log(style("dim", `      and ${acts.length - 3} more kinds`));
    if (group.missing.size > 0) console.log(style("dim", `      not known in some: ${[...group.missing].join(", ")}`));
  }
}

console.log(`${style("bold", "An airline that knows its passengers")}, in examples/airline-know-me\n`);
scruple("check");
scruple("build");
const guard = await import(pathToFileURL(join(example, "generated/airline.know_me.guard.js")).href);
print(await decideAll(guard.decide));
console.log(
  `\nThe policy is in examples/airline-know-me/policies; its tests run with ${style("bold", "scruple test")}.`,
);
