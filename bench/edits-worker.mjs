/**
 * Edits a generated policy file by file, and each time asks what its names and types have to say and for its model;
 * prints what an edit takes of the processors, in milliseconds: the collecting of garbage counts.
 */
import { compile } from "@scruple/compiler";
import { generatePolicy, policyName } from "./policy.mjs";

const [rules, fileCount, edits] = process.argv.slice(2).map(Number);
let { files } = generatePolicy({ rules, fileCount });
let program = compile(files);
program.model(policyName);
const taken = [];
for (let edit = 0; edit < edits; edit++) {
  files = edited(files, edit);
  const started = process.cpuUsage();
  program = compile(files, {}, program);
  const { length } = program.checks;
  if (program.model(policyName) === null) throw new Error(`Edit ${edit} leaves no model, and ${length} findings.`);
  const { user, system } = process.cpuUsage(started);
  taken.push((user + system) / 1000);
}
taken.sort((a, b) => a - b);
console.log(JSON.stringify({ median: taken[edits >> 1], p95: taken[Math.floor(edits * 0.95)] }));

/** A letter more in a reason, or in every third turn a line more before the first bounds. */
function edited(all, edit) {
  const changed = all.filter(({ text }) => text.includes("\n  purposes "))[(edit * 37) % (all.length - 3)];
  const text =
    edit % 3 === 0
      ? changed.text.replace("\n  purposes ", "\n\n  purposes ")
      : changed.text.replace('because "', 'because "x');
  return all.map((file) => (file === changed ? { ...file, text } : file));
}
