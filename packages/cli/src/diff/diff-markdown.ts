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
  if (words.length > 0) lines.push("**Vocabulary**", "", ...words.map((word) => `- ${word}`), "");
  lines.push(...comparison.notes.flatMap((note) => [`> ${note}`, ""]));
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
    inline(interactionsText(entry)),
    `${shortList(operations)} ${code(data)}`,
    code(purposes),
    code(channels),
    [
      ...when.map(inline),
      ...(given === null ? (when.length === 0 ? ["always"] : []) : [`where ${given}`]),
      ...(direction === null ? [] : [`bound ${direction}`]),
      ...bindingLines(entry, kind, duty).map((one) => `binds ${inline(one)}`),
    ].join("<br>"),
    causes.map(({ rule, change, file, line }) => `${inline(rule)} ${change}<br>${file}:${line}`).join("<br>"),
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}

function details(entry: Entry): string[] {
  const { request, from, to, rules } = entry;
  return [
    `${inline(actText(entry))}: **${from}** (${ruleNames(rules.from)}) → **${to}** (${ruleNames(rules.to)})`,
    "",
    "```json",
    JSON.stringify(request),
    "```",
    "",
  ];
}

function code(names: readonly string[]): string {
  return inline(shortList(names));
}

/** A span of code, whatever it holds. */
function inline(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = text.startsWith("`") || text.endsWith("`") ? " " : "";
  return `${fence}${space}${text}${space}${fence}`;
}
