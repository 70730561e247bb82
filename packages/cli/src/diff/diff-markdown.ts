import { codeSpan, prose, tableRow } from "../report/markdown.ts";
import type { Comparison, Entry } from "./compare-sides.ts";
import {
  actText,
  alternatives,
  bindingLines,
  type DiffKind,
  type DutyText,
  directionText,
  givenText,
  headline,
  interactionsText,
  kinds,
  ruleNames,
  shortList,
  vocabularyLines,
} from "./diff-words.ts";

const marks: Readonly<Record<DiffKind, string>> = {
  widened: "🟢 allowed now",
  narrowed: "🔴 denied now",
  duties: "🟡 bound otherwise",
};

/** For a comment on a pull request: the counts, a row a region, and the requests to try folded away. */
export function diffMarkdown(comparison: Comparison, duty: DutyText): string {
  const entries = kinds.flatMap((kind) => comparison[kind].map((entry) => ({ kind, entry })));
  const lines = [`### Scruple: ${headline(comparison)}`, ""];
  if (entries.length > 0) {
    lines.push(
      "| | where | what | for | on | when | because of |",
      "|---|---|---|---|---|---|---|",
      ...entries.map(({ kind, entry }) => row(kind, entry, duty)),
      "",
    );
  }
  const words = vocabularyLines(comparison);
  if (words.length > 0) lines.push("**Vocabulary**", "", ...words.map((word) => `- ${prose(word)}`), "");
  lines.push(...comparison.notes.flatMap((note) => [`> ${prose(note)}`, ""]));
  if (entries.length > 0) {
    lines.push("<details>", "<summary>A request for each</summary>", "");
    for (const { entry } of entries) lines.push(...details(entry));
    lines.push("</details>", "");
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

function row(kind: DiffKind, entry: Entry, duty: DutyText): string {
  const { operations, data, purposes, channels, causes } = entry;
  const [when, given, direction] = [alternatives(entry), givenText(entry), directionText(entry)];
  const cells = [
    marks[kind],
    codeSpan(interactionsText(entry)),
    `${shortList(operations)} ${code(data)}`,
    code(purposes),
    code(channels),
    [
      ...when.map(codeSpan),
      ...(given === null ? (when.length === 0 ? ["always"] : []) : [`where ${given}`]),
      ...(direction === null ? [] : [`bound ${direction}`]),
      ...bindingLines(entry, kind, duty).map((one) => `binds ${codeSpan(one)}`),
    ].join("<br>"),
    causes
      .map(({ rule, change, file, line }) => `${codeSpan(rule)} ${change}<br>${codeSpan(`${file}:${line}`)}`)
      .join("<br>"),
  ];
  return tableRow(cells);
}

function details(entry: Entry): string[] {
  const { request, from, to, rules } = entry;
  return [
    `${codeSpan(actText(entry))}: **${from}** (${by(rules.from)}) → **${to}** (${by(rules.to)})`,
    "",
    "```json",
    JSON.stringify(request),
    "```",
    "",
  ];
}

function by(rules: readonly string[]): string {
  return rules.length === 0 ? ruleNames(rules) : codeSpan(ruleNames(rules));
}

function code(names: readonly string[]): string {
  return codeSpan(shortList(names));
}
