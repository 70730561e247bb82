/**
 * Checks many small policies that use one large vocabulary, with all lints, in a fresh process, tuned as the command's, then again after
 * edits of one policy each; prints milliseconds by the clock, and the memory. node bench/policies-worker.mjs POLICIES FIELDS
 */
import { compile } from "@scruple/compiler";
import { tuneEngine } from "../packages/cli/dist/tune-engine.js";
import { median } from "./statistics.mjs";

tuneEngine();
const [policies, fields] = process.argv.slice(2).map(Number);
const std = "use std.categories\nuse std.purposes\nuse std.channels\n";
const list = (count, line) => Array.from({ length: count }, (_, index) => line(index)).join("\n");
const vocabulary = `policy words
${std}subject { age : int 0..130 }
source s provided collected for customer_care keep at most 1 year deleted by store {
${list(fields, (field) => `  f${field} : preference`)}
}
`;
const policyOf = (index, age) => `policy p${index}
use words
${std}interaction letter started by customer {
  purposes customer_care
  channels email
  a: allow use s.f${index % fields} under contract when subject.age >= ${age} told "We know your field."
}
`;
const pathOf = (index) => `policies/p${index}.scruple`;
let files = [
  { path: "words.scruple", text: vocabulary },
  ...Array.from({ length: policies }, (_, index) => ({ path: pathOf(index), text: policyOf(index, 18) })),
];

const checked = (previous) => {
  const begun = performance.now();
  const program = compile(files, {}, previous);
  const errors = program.diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(`The benchmark's policies do not compile: ${errors[0].message}`);
  return { program, time: performance.now() - begun };
};
let { program, time } = checked();
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
const edits = [];
for (let edit = 0; edit < 20; edit++) {
  const index = (edit * 37) % policies;
  files = files.map((file) => (file.path === pathOf(index) ? { ...file, text: policyOf(index, 19 + edit) } : file));
  const next = checked(program);
  program = next.program;
  edits.push(next.time);
}
console.log(JSON.stringify({ checked: time, edited: median(edits), peakMegabytes }));
