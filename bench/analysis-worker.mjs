/**
 * Checks a generated policy with all lints and promises in a fresh process, tuned as the command's, then again after edits of one rule each; prints
 * milliseconds, by the clock and of the processor, and the memory. node bench/analysis-worker.mjs RULES FILES
 */
import { compile } from "@scruple/compiler";
import { tuneEngine } from "../packages/cli/dist/tune-engine.js";
import { generatePolicy, policyName } from "./policy.mjs";
import { median } from "./statistics.mjs";

/** What a company might have told its customers; some of it holds for the generated rules and some does not. */
const promises = `policy ${policyName}

promise "Only a crowd is ever described in public." { never disclose any to public unless group_size >= 1000 }
promise "What we know about your health never shapes an advertisement." { never use health for advertising }
promise "Children's data is not shown to partners." { never disclose any to partners when subject.age < 13 }
promise "Nothing shapes what we say that we could not explain." { never use behaviour for direct_marketing covertly }
`;

tuneEngine();
const [rules, fileCount] = process.argv.slice(2).map(Number);
const generated = generatePolicy({ rules, fileCount: fileCount - 1 }).files;
let files = [...generated, { path: "policies/promises.scruple", text: promises }];

function timed(run) {
  const [begun, before] = [performance.now(), process.cpuUsage()];
  const value = run();
  const clock = performance.now() - begun;
  const { user, system } = process.cpuUsage(before);
  return { value, time: { clock, processor: (user + system) / 1000 } };
}

/** Times put together, each kind by itself. */
function together(times, combine) {
  return {
    clock: combine(times.map(({ clock }) => clock)),
    processor: combine(times.map(({ processor }) => processor)),
  };
}

const program = timed(() => compile(files));
const model = timed(() => program.value.model(policyName));
const found = timed(() => program.value.diagnostics);
if (model.value === null) throw new Error(`The benchmark's policy does not compile: ${found.value[0]?.message}`);
const peakMegabytes = process.resourceUsage().maxRSS / 1024;

const edits = [];
let current = program.value;
const targets = files.flatMap(({ text }, index) => (text.includes("when subject.age >= ") ? [index] : []));
for (let edit = 0; edit < 20; edit++) {
  const index = targets[edit % targets.length];
  files = files.map((file, i) =>
    i === index
      ? { ...file, text: file.text.replace(/when subject\.age >= \d+/, `when subject.age >= ${30 + edit}`) }
      : file,
  );
  const next = timed(() => {
    const one = compile(files, {}, current);
    one.diagnostics;
    return one;
  });
  current = next.value;
  edits.push(next.time);
}

console.log(
  JSON.stringify({
    rules,
    files: files.length,
    findings: found.value.length,
    checked: together([program.time, model.time], ([compiling, lowering]) => compiling + lowering),
    analysed: found.time,
    edited: together(edits, median),
    slowestEdit: together(edits, (all) => Math.max(...all)),
    peakMegabytes,
  }),
);
