import { short } from "./statistics.mjs";

const row = (cells) => `| ${cells.join(" | ")} |`;
const count = (number) => number.toLocaleString("en");

/** The results as Markdown, ready for the README. */
export function markdown(results, verdicts) {
  const { decisions, throughput, size, diffs, analyses, policies, server, acting } = results;
  return [
    `Measured ${results.date} on ${results.machine}, Node ${results.node}.`,
    ...(decisions ? [decisionTable(decisions), decisionNotes(decisions)] : []),
    ...(throughput ? [throughputTable(throughput)] : []),
    ...(size ? [sizeTable(size)] : []),
    ...(diffs ? [diffTable(diffs)] : []),
    ...(analyses ? [analysisTable(analyses)] : []),
    ...(policies ? [policiesNote(policies)] : []),
    ...(server ? [serverTable(server)] : []),
    ...(acting ? [actingTables(acting)] : []),
    verdictTable(verdicts),
    "",
  ].join("\n\n");
}

/** A row an engine, a column a size: the time of one decision, and how many times the guard's that is. */
function decisionTable({ sizes }) {
  const titles = sizes[0].peers.map(({ title }) => title);
  return [
    row(["one decision", ...sizes.map(({ rules }) => `${count(rules)} rules`)]),
    row(["---", ...sizes.map(() => "--:")]),
    row(["**Scruple's guard**", ...sizes.map(({ guard }) => `**${duration(guard.nanoseconds)}**`)]),
    ...titles.map((title, index) =>
      row([
        title,
        ...sizes.map(({ peers }) => `${duration(peers[index].nanoseconds)} (${short(peers[index].ratio)}x)`),
      ]),
    ),
  ].join("\n");
}

function decisionNotes({ growth, sizes }) {
  const last = growth.at(-1);
  const fewest = Math.min(...sizes.flatMap(({ peers }) => peers.map(({ checked }) => checked)));
  return (
    `Ratios are medians of rounds in which all engines took turns. A decision at ${count(last.rules)} rules takes ${short(last.ratio)}x the time of one at ` +
    `${growth[0].rules}. Without a run-up, when others have just had the processor, ${coldNotes(sizes)}. All engines gave the same answers: to all requests where they are fast enough, to the first ${count(fewest)} at least.`
  );
}

/** How the quick engines compare in cold caches, as a sentence. */
function coldNotes(sizes) {
  const [{ peers }] = sizes;
  const times = (index) =>
    sizes.map((size) => size.peers[index].coldRatio).map((ratio) => (ratio ? `${short(ratio)}x` : "–"));
  const one = ({ title }, index) => `${title} takes ${times(index).join(", ")}`;
  const quick = peers.flatMap((peer, index) => (peer.coldRatio === null ? [] : [one(peer, index)]));
  return `a decision takes ${sizes.map(({ guard }) => duration(guard.cold)).join(", ")}, and ${quick.join("; ")}`;
}

function throughputTable({ parse, projects, edits }) {
  return [
    row(["compiler, cold process", "rules", "files", "lines", "time", "lines a second", "memory at the peak"]),
    row(["---", "--:", "--:", "--:", "--:", "--:", "--:"]),
    ...projects.map(({ work, rules, files, lines, milliseconds, linesPerSecond, peakMegabytes }) =>
      row([
        work,
        count(rules),
        files,
        count(lines),
        duration(milliseconds * 1e6),
        count(Math.round(linesPerSecond)),
        `${short(peakMegabytes)} MB`,
      ]),
    ),
    "",
    `The parser alone, warm: ${count(Math.round(parse.linesPerSecond))} lines a second. After an edit, names, types and the model of ` +
      `${count(edits.rules)} rules in ${edits.files} files take ${short(edits.median)} ms of processor time (95%: ${short(edits.p95)} ms).`,
  ].join("\n");
}

function actingTables({ prepared, minimized, acts }) {
  return [
    `A prepared check takes ${duration(prepared.nanoseconds)}, ${short(prepared.ratio)}x a hand-written \`if\` that checks the same facts as carefully, and ${short(prepared.trusting.ratio)}x one that trusts them. ${count(prepared.several.count)} checks of one guard, asked in turn, take ${duration(prepared.several.nanoseconds)} each, ${short(prepared.several.ratio)}x as many careful \`if\`s.`,
    "",
    row([`a profile of ${minimized.fields} fields, ${count(minimized.rules)} rules`, "time", "of the guard's"]),
    row(["---", "--:", "--:"]),
    row(["**`minimize`, stores and audit trail in memory included**", `**${duration(minimized.nanoseconds)}**`, ""]),
    ...minimized.peers.map(({ title, nanoseconds, ratio }) =>
      row([`${title}, asked about each field`, duration(nanoseconds), `${short(ratio)}x`]),
    ),
    "",
    row(["acts on", "one at a time", "each takes", `${acts.callers} callers`, "each takes"]),
    row(["---", "--:", "--:", "--:", "--:"]),
    ...acts.stores.map(({ title, alone, together }) =>
      row([
        title,
        ...[alone, together].flatMap((one) => [
          `${count(Math.round(one.perSecond))} a second`,
          duration(one.milliseconds * 1e6),
        ]),
      ]),
    ),
  ].join("\n");
}

function sizeTable({ guards, runtimeBytes, runtimeBytesCompressed, wholeBytes, wholeBytesCompressed }) {
  const bytes = (number) => `${short(number / 1000)} KB`;
  return [
    row(["guard", "minified", "compressed", "loads in", "first decision", "memory then", "after 4,000 requests"]),
    row(["---", "--:", "--:", "--:", "--:", "--:", "--:"]),
    ...guards.map(({ rules, guardBytes, guardBytesCompressed, load, firstDecision, memoryAtFirst, memory }) =>
      row([
        `${count(rules)} rules`,
        ...[guardBytes, guardBytesCompressed].map(bytes),
        ...[load, firstDecision].map((milliseconds) => duration(milliseconds * 1e6)),
        ...[memoryAtFirst, memory].map(bytes),
      ]),
    ),
    "",
    `The runtime is ${bytes(runtimeBytes)} minified (${bytes(runtimeBytesCompressed)} compressed); with what acts, ` +
      `${bytes(wholeBytes)} (${bytes(wholeBytesCompressed)}). Guards load with both.`,
  ].join("\n");
}

function diffTable({ rules, changes }) {
  return [
    row([
      `\`scruple diff\`, ${count(rules)} rules, processor time`,
      "entries",
      "combinations",
      "time",
      "memory at the peak",
    ]),
    row(["---", "--:", "--:", "--:", "--:"]),
    ...changes.map(({ title, entries, cells, milliseconds, peakMegabytes }) =>
      row([title, entries, count(cells), duration(milliseconds * 1e6), `${short(peakMegabytes)} MB`]),
    ),
  ].join("\n");
}

function policiesNote({ policies, fields, checked, edited, peakMegabytes }) {
  return (
    `${count(policies)} policies of a rule each, on one vocabulary of ${count(fields)} fields: ${duration(checked * 1e6)} with lints, ` +
    `${duration(edited * 1e6)} after an edit of one, ${short(peakMegabytes)} MB at the peak.`
  );
}

function analysisTable(analyses) {
  return [
    row([
      "rules",
      "files",
      "names and types",
      "lints and proofs",
      "after an edit",
      "slowest edit",
      "memory at the peak",
      "`scruple build`",
      "its memory",
    ]),
    row(["--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:", "--:"]),
    ...analyses.map(({ rules, files, checked, analysed, edited, slowestEdit, peakMegabytes, built }) =>
      row([
        count(rules),
        count(files),
        ...[checked, analysed, edited, slowestEdit].map(
          ({ clock, processor }) => `${duration(clock * 1e6)} (${duration(processor * 1e6)})`,
        ),
        `${short(peakMegabytes)} MB`,
        ...[duration(built.milliseconds * 1e6), `${short(built.peakMegabytes)} MB`],
      ]),
    ),
    "",
    "In a fresh process, by the clock; in brackets, and of `build`, the time of all its threads on the processors.",
  ].join("\n");
}

/** Wall time beside the server's own processor time: on a machine that does other work, the two are far apart. */
function serverTable({ rules, files, start, node, first, meanwhile, workspace, keystroke, completion, hover }) {
  const line = (what, wall, cpu) => row([what, duration(wall * 1e6), cpu === undefined ? "" : duration(cpu * 1e6)]);
  return [
    row([`language server, ${count(rules)} rules in ${files} files`, "time", "of its processor"]),
    row(["---", "--:", "--:"]),
    line("spawn to the answer to `initialize`", start),
    line("for comparison, Node itself", node),
    line("open to the first diagnostics of the file, names and types included", first.milliseconds, first.cpu),
    line(`hover while the rest is read and analysed, p95 of ${meanwhile.count}`, meanwhile.p95),
    line("the whole workspace", workspace.milliseconds, workspace.cpu),
    line(`keystroke to diagnostics, p95 of ${keystroke.count}`, keystroke.p95, keystroke.cpu95),
    line(`completion after a keystroke, p95 of ${completion.count}`, completion.p95, completion.cpu95),
    line(`hover, p95 of ${hover.count}`, hover.p95, hover.cpu95),
  ].join("\n");
}

function verdictTable(verdicts) {
  return [
    row(["budget", "measured", "allowed", ""]),
    row(["---", "--:", "--:", "---"]),
    ...verdicts.map(({ what, measured, budget, met }) => row([what, measured, budget, met ? "met" : "**missed**"])),
  ].join("\n");
}

function duration(nanoseconds) {
  if (nanoseconds < 1e3) return `${short(nanoseconds)} ns`;
  if (nanoseconds < 1e6) return `${short(nanoseconds / 1e3)} µs`;
  if (nanoseconds < 1e9) return `${short(nanoseconds / 1e6)} ms`;
  return `${short(nanoseconds / 1e9)} s`;
}
