import type { Recorded } from "@scruple/audit";
import { type Paint, printableLine } from "@scruple/project/report";
import { list, sentence } from "../explain/request-words.ts";
import { verbOf } from "./outcomes.ts";

type Entry = Recorded["entry"];

/** An entry for a person: a line that says which and when, and a paragraph that says what and why. */
export function entryWords({ index, entry }: Recorded, paint: Paint): string {
  // What is in a file may be anything, whatever wrote it.
  const shown = (text: string) => printableLine(text);
  const verdict = paint(entry.decision === "allow" ? "green" : "red", shown(entry.decision));
  const when = shown(entry.at.replace("T", " ").replace(/Z$/, " UTC"));
  const about = entry.subject === null ? "" : `  ${shortened(entry.subject)}`;
  const aside = paint("dim", shown(`${entry.policy}${about}`));
  const head = `${paint("bold", `#${index}`)} ${when}  ${verdict}, ${shown(entry.outcome)}  ${aside}`;
  return `${head}\n  ${shown([what(entry), ...why(entry)].join(" "))}\n`;
}

function what(entry: Entry): string {
  if (entry.errors > 0) {
    const points = entry.errors === 1 ? "one point" : `${entry.errors} points`;
    return `What was asked of \`${entry.interaction}\` was no proper request: it was wrong in ${points}.`;
  }
  const told = sentence(entry, verbOf(entry));
  return entry.outcome === "failed" ? `${told} It failed.` : told;
}

function why(entry: Entry): string[] {
  const { rules, basis, missing, duties, limits, conditions, errors } = entry;
  const words: string[] = [];
  if (rules.length > 0) {
    const verb = entry.decision === "allow" ? "allow" : "forbid";
    const under = basis.length > 0 ? ` under ${list(basis)}` : "";
    words.push(`${list(rules.map(code))} ${rules.length === 1 ? `${verb}s` : verb} it${under}.`);
  } else if (errors === 0) words.push(entry.decision === "allow" ? "" : "Nothing allowed it.");
  if (entry.outcome === "exhausted") words.push(`There had been enough, by ${list(limits.map(code))}.`);
  else if (entry.outcome === "repeated") words.push("Its key was used before.");
  else if (limits.length > 0) words.push(`It counts against ${list(limits.map(code))}.`);
  if (duties.length > 0) words.push(`It takes ${list(duties.map(code))}.`);
  const open = Object.entries(conditions).filter(([rule, value]) => value !== "true" && !rules.includes(rule));
  for (const value of ["false", "unknown"]) {
    const those = open.filter(([, own]) => own === value).map(([rule]) => code(rule));
    if (those.length === 0) continue;
    const verb = those.length === 1 ? "was" : "were";
    words.push(value === "false" ? `${list(those)} did not hold.` : `Whether ${list(those)} held ${verb} not known.`);
  }
  if (missing.length > 0) words.push(`Not known: ${list(missing.map(code))}.`);
  return words.filter((word) => word !== "");
}

function code(name: string): string {
  return `\`${name}\``;
}

/** Enough of a stand-in to tell people on a page apart. */
function shortened(standIn: string): string {
  return standIn.length > 24 ? `${standIn.slice(0, 22)}…` : standIn;
}
