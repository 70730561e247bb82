import type { Paint } from "@scruple/project/report";
import { printable } from "@scruple/project/report";
import type { Comparison, Entry } from "./compare-sides.ts";
import {
  actText,
  alternatives,
  bindingLines,
  combinations,
  type DiffKind,
  type DutyText,
  directionText,
  givenText,
  interactionsText,
  kinds,
  ruleNames,
  shortList,
  titles,
  vocabularyLines,
} from "./diff-words.ts";

const signs = { widened: "+", narrowed: "-", duties: "~" } as const;
const colours = { widened: "green", narrowed: "red", duties: "yellow" } as const;

/** For people: each region with where and when, the rules that changed, and a request to try. */
export function diffPretty(comparison: Comparison, duty: DutyText, paint: Paint): string {
  const several = comparison.policies.length > 1;
  const lines = kinds.flatMap((kind) => {
    const entries = comparison[kind];
    if (entries.length === 0) return [];
    return [
      paint("bold", titles[kind]),
      ...entries.flatMap((entry) => [...entryLines(entry, kind, several, duty, paint), ""]),
    ];
  });
  const words = vocabularyLines(comparison);
  if (words.length > 0) lines.push(paint("bold", "Vocabulary"), ...words.map((word) => `  ${word}`), "");
  lines.push(...comparison.notes.map((note) => `${paint("yellow", "note")} ${note}`));
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function entryLines(entry: Entry, kind: DiffKind, several: boolean, duty: DutyText, paint: Paint): string[] {
  const { operations, data, purposes, channels, causes, request, rules, from, to } = entry;
  const where = `${several ? `${entry.policy} ` : ""}${interactionsText(entry)}`;
  const [given, direction] = [givenText(entry), directionText(entry)];
  const row = (label: string, text: string) => `      ${paint("dim", label.padEnd(8))}${text}`;
  return [
    `  ${paint(colours[kind], signs[kind])} ${paint("bold", where)}: ${shortList(operations)} ${shortList(data)}  ${paint("dim", combinations(entry))}`,
    row("for", shortList(purposes)),
    row("on", shortList(channels)),
    ...alternatives(entry).map((one, index) => {
      if (one.startsWith("unless ")) return row("unless", one.slice("unless ".length));
      return row(index === 0 ? "when" : "or", one);
    }),
    ...(given === null ? [] : [row("where", given)]),
    ...(direction === null ? [] : [row("bound", direction)]),
    ...bindingLines(entry, kind, duty).map((binding) => row("binds", binding)),
    ...causes.map(({ rule, change, file, line }) => row(change, `${rule}  ${paint("dim", `${file}:${line}`)}`)),
    row("example", `${actText(entry)}: ${from} (${ruleNames(rules.from)}) → ${to} (${ruleNames(rules.to)})`),
    row("", paint("dim", JSON.stringify(request))),
  ];
}
