// How long it takes to check a policy with all lints and promises, cold and after one edit.
// node bench/analysis.mjs [RULES,RULES…]
import { compile } from "@scruple/compiler";
import { generatePolicy } from "./policy.mjs";

const sizes = (process.argv[2] ?? "100,1000").split(",").map(Number);

function timed(run) {
  const start = performance.now();
  const value = run();
  return { value, ms: Math.round(performance.now() - start) };
}

/** One interaction of one file gets another text that means the same. */
function edited(files) {
  const index = files.findIndex(({ text }) => text.includes("\n  purposes "));
  return files.map((file, i) =>
    i === index ? { ...file, text: file.text.replace("\n  purposes ", "\n  purposes  ") } : file,
  );
}

for (const rules of sizes) {
  const { files } = generatePolicy({ rules, fileCount: Math.max(1, Math.round(rules / 50)) });
  const program = timed(() => compile(files));
  const findings = timed(() => program.value.diagnostics);
  const next = timed(() => compile(edited(files), {}, program.value));
  const again = timed(() => next.value.diagnostics);
  const memory = Math.round(process.memoryUsage().rss / 1e6);
  process.stdout.write(
    `${rules} rules: names and types ${program.ms} ms, lints and promises ${findings.ms} ms (${findings.value.length} findings); ` +
      `after an edit ${next.ms} + ${again.ms} ms; ${memory} MB\n`,
  );
}
