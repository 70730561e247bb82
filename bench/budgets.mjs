/**
 * The budgets of ARCHITECTURE.md beside what was measured: `{ what, measured, budget, met }`, as text and a verdict.
 * What a run has left out is left out here.
 */
import { short } from "./statistics.mjs";

const count = (number) => number.toLocaleString("en");
const times = (ratio) => `${short(ratio)}x`;

export function judge({ decisions, throughput, size, diffs, analyses, policies, server, acting, applications }) {
  return [
    ...(decisions ? ofDecisions(decisions) : []),
    ...(throughput ? ofThroughput(throughput) : []),
    ...(size ? ofSize(size) : []),
    ...(diffs ? ofDiffs(diffs) : []),
    ...(analyses ? ofAnalyses(analyses) : []),
    ...(policies ? ofPolicies(policies) : []),
    ...(server ? ofServer(server) : []),
    ...(acting ? [below("prepared check against a careful `if`", acting.prepared.ratio, 2, "x")] : []),
    ...(applications ? ofApplications(applications) : []),
  ];
}

function ofDecisions({ sizes, growth }) {
  const atLeast = (what, ratio, least) => ({
    what,
    measured: times(ratio),
    budget: `at least ${least}x`,
    met: ratio >= least,
  });
  const largest = Math.max(...sizes.map(({ rules }) => rules));
  const rows = [];
  for (const { rules, peers } of sizes) {
    for (const { name, title, ratio } of peers) {
      const least = name.endsWith("map-guard")
        ? 2
        : name.endsWith("-sharded")
          ? null
          : rules === 10
            ? 5
            : rules === 10_000
              ? 100
              : null;
      if (least !== null) rows.push(atLeast(`faster than ${title}, ${rules.toLocaleString("en")} rules`, ratio, least));
    }
  }
  const last = growth.find(({ rules }) => rules === largest);
  rows.push({
    what: `${largest.toLocaleString("en")} rules against ${growth[0].rules}`,
    measured: times(last.ratio),
    budget: "at most 1.5x",
    met: last.ratio <= 1.5,
  });
  return rows;
}

function ofThroughput({ parse, projects, edits }) {
  const check = projects.find(({ work, rules }) => work === "check" && rules === 10_000);
  return [
    {
      what: "parsing, lines a second",
      measured: Math.round(parse.linesPerSecond).toLocaleString("en"),
      budget: "at least 100,000",
      met: parse.linesPerSecond >= 100_000,
    },
    below("check, cold, 10,000 rules in 200 files", check.milliseconds / 1000, 5, "s"),
    below("its memory at the peak", check.peakMegabytes, 500, "MB"),
    below("names, types and model after an edit of it, 95%", edits.p95, 30, "ms"),
  ];
}

function ofSize({ guards, runtimeBytes }) {
  const { guardBytes, load } = guards.find(({ rules }) => rules === 1_000);
  return [
    below("guard of 1,000 rules, minified", guardBytes / 1000, 100, "KB"),
    below("its loading", load, 20, "ms"),
    below("runtime, minified", runtimeBytes / 1000, 5, "KB"),
  ];
}

function ofDiffs({ rules, changes }) {
  const most = (key) => Math.max(...changes.map((change) => change[key]));
  const what = `diff of two policies of ${rules.toLocaleString("en")} rules, whichever changed`;
  return [
    below(what, most("milliseconds") / 1000, 5, "s"),
    below("its memory at the peak", most("peakMegabytes"), 500, "MB"),
  ];
}

function ofAnalyses(analyses) {
  const of = (rules) => analyses.find((one) => one.rules === rules);
  const [small, large] = [of(1_000), of(10_000)];
  return [
    below("lints and proofs of 1,000 rules", small.analysed.clock / 1000, 1, "s"),
    below(
      "check with lints and proofs, 10,000 rules in 200 files",
      (large.checked.clock + large.analysed.clock) / 1000,
      5,
      "s",
    ),
    below("its memory at the peak, lints and proofs included", large.peakMegabytes, 500, "MB"),
    below("the same after an edit", large.edited.clock, 100, "ms"),
    below("build of 1,000 rules", small.built.milliseconds / 1000, 2, "s"),
    below("build of 10,000 rules in 200 files", large.built.milliseconds / 1000, 8, "s"),
    below("its memory at the peak, of a build", large.built.peakMegabytes, 500, "MB"),
  ];
}

function ofPolicies({ policies, fields, checked, edited, peakMegabytes }) {
  return [
    below(`check of ${policies} policies on one vocabulary of ${count(fields)} fields`, checked / 1000, 5, "s"),
    below("its memory at the peak", peakMegabytes, 500, "MB"),
    below("the same after an edit of a policy", edited, 100, "ms"),
  ];
}

function ofServer({ start, first, workspace, keystroke, completion, hover, idle, peakMegabytes }) {
  return [
    below("server, spawn to the answer to `initialize`", start, 150, "ms"),
    below("open to the first diagnostics of the file, names and types included", first.milliseconds / 1000, 1, "s"),
    below("its workspace of 10,000 rules done", workspace.milliseconds / 1000, 6, "s"),
    below("keystroke to diagnostics, p95", keystroke.p95, 100, "ms"),
    below("completion, p95", completion.p95, 20, "ms"),
    below("hover, p95", hover.p95, 20, "ms"),
    below("the server's memory at the peak", peakMegabytes, 500, "MB"),
    below("its processor time in two idle seconds", idle, 0, "ms"),
  ];
}

function below(what, measured, most, unit) {
  return { what, measured: `${short(measured)} ${unit}`, budget: `at most ${most} ${unit}`, met: measured <= most };
}

function ofApplications({ mistakes, share }) {
  return [
    {
      what: "wrong answers of the airline's desk to 200 people at once",
      measured: String(mistakes.length),
      budget: "none",
      met: mistakes.length === 0,
    },
    {
      what: "the guard's share of a call there, p99",
      measured: `${short(share.p99)} ms`,
      budget: "under 1 ms",
      met: share.p99 < 1,
    },
  ];
}
