import { type Line, line, styled } from "../terminal/line.ts";
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
export function diffPretty(comparison: Comparison, duty: DutyText): readonly Line[] {
  const several = comparison.policies.length > 1;
  const lines = kinds.flatMap((kind) => {
    const entries = comparison[kind];
    if (entries.length === 0) return [];
    return [
      styled("bold", titles[kind]),
      ...entries.flatMap((entry) => [...entryLines(entry, kind, several, duty), line``]),
    ];
  });
  const words = vocabularyLines(comparison);
  if (words.length > 0) lines.push(styled("bold", "Vocabulary"), ...words.map((word) => line`  ${word}`), line``);
  lines.push(...comparison.notes.map((note) => line`${styled("yellow", "note")} ${note}`));
  return lines;
}

function entryLines(entry: Entry, kind: DiffKind, several: boolean, duty: DutyText): Line[] {
  const { operations, data, purposes, channels, causes, request, rules, from, to } = entry;
  const where = `${several ? `${entry.policy} ` : ""}${interactionsText(entry)}`;
  const [given, direction] = [givenText(entry), directionText(entry)];
  const row = (label: string, text: string | Line) => line`      ${styled("dim", label.padEnd(8))}${text}`;
  return [
    line`  ${styled(colours[kind], signs[kind])} ${styled("bold", where)}: ${shortList(operations)} ${shortList(data)}  ${styled("dim", combinations(entry))}`,
    row("for", shortList(purposes)),
    row("on", shortList(channels)),
    ...alternatives(entry).map((one, index) => {
      if (one.startsWith("unless ")) return row("unless", one.slice("unless ".length));
      return row(index === 0 ? "when" : "or", one);
    }),
    ...(given === null ? [] : [row("where", given)]),
    ...(direction === null ? [] : [row("bound", direction)]),
    ...bindingLines(entry, kind, duty).map((binding) => row("binds", binding)),
    ...causes.map(({ rule, change, file, line: at }) => row(change, line`${rule}  ${styled("dim", `${file}:${at}`)}`)),
    row("example", `${actText(entry)}: ${from} (${ruleNames(rules.from)}) → ${to} (${ruleNames(rules.to)})`),
    row("", styled("dim", JSON.stringify(request))),
  ];
}
