import type { ExplainedPart, ExplainedRule, Explanation, Outcome } from "@scruple/analysis";
import { printDuty } from "@scruple/analysis";
import { durationText, indexModel, type Model, type World } from "@scruple/model";
import type { Paint } from "@scruple/project/report";
import { printable } from "@scruple/project/report";
import { changeWords } from "./change-words.ts";
import { type AskedFor, askedFor, list, sentence } from "./request-words.ts";
import { durationParts, valueWords } from "./value-words.ts";

export interface ExplanationView {
  readonly model: Model;
  readonly raw: Readonly<Record<string, unknown>>;
  readonly paint: Paint;
  /** A file of the project as the reader should see it. */
  readonly shownPath: (file: string) => string;
}

const marks = { true: "✓", false: "✗", unknown: "?" } as const;
const colours = { true: "green", false: "red", unknown: "yellow" } as const;

/** For a person: a paragraph, the rules as a tree, and what would change it. */
export function explanationPretty(explanation: Explanation, view: ExplanationView): string {
  const { decision, rules } = explanation;
  const lines = [...paragraph(explanation, view), ""];
  if (decision.errors.length === 0) {
    const world = indexModel(view.model);
    lines.push(...ruleTree(rules, world, view), "", ...changeLines(explanation, world, view));
  }
  return lines.map((line) => `${printable(line)}\n`).join("");
}

// ------------------------------------------------------------------------------------------------------------ paragraph

function paragraph({ decision, rules, wait }: Explanation, { model, raw, paint }: ExplanationView): string[] {
  if (decision.errors.length > 0)
    return [
      `${paint("red", "deny")}  The request has an error, and is denied whatever the policy says.`,
      ...decision.errors,
    ];
  const asked = askedFor(raw);
  const head = paint(decision.decision === "allow" ? "green" : "red", decision.decision);
  if (decision.decision === "allow")
    return [`${head}  ${sentence(asked, "may be")} ${allowWords(decision, rules, model)}`.trim()];
  const waiting = wait === null ? [] : [waitWords(wait)];
  return [`${head}  ${[sentence(asked, "may not be"), ...denyWords(decision, rules, asked), ...waiting].join(" ")}`];
}

function allowWords(
  { basis, told, duties, limits }: Explanation["decision"],
  rules: readonly ExplainedRule[],
  model: Model,
): string {
  const by = pathsOf(rules.filter(({ effect, applies }) => effect === "allow" && applies));
  const words = [
    `${list(by.map(code))} ${by.length === 1 ? "allows" : "allow"} it${basis.length > 0 ? ` under ${list(basis)}` : ""}.`,
  ];
  words.push(...told.map((text) => `Customers were told: “${text}”`));
  if (duties.length > 0)
    words.push(`The application has to ${list(duties.map((duty) => code(printDuty([model], duty))))}.`);
  for (const { rule, count, per, by: whom } of limits)
    words.push(
      `No more than ${count} in ${durationText(per)}${whom === "subject+channel" ? " on each channel" : ""}, says ${code(rule)}.`,
    );
  return words.join(" ");
}

function denyWords(
  { rules: deciding, because, missing }: Explanation["decision"],
  rules: readonly ExplainedRule[],
  asked: AskedFor,
): string[] {
  const allows = rules.filter(({ effect }) => effect === "allow");
  const denials = rules.filter(({ rule }) => deciding.includes(rule));
  const words: string[] = [];
  if (asked.data.length > 1) words.push(...whichOf(asked, rules));
  if (deciding.length > 0) {
    words.push(`${list(deciding.map(code))} ${deciding.length === 1 ? "forbids" : "forbid"} it.`);
    words.push(...because);
    const open = pathsOf(denials.filter(({ condition }) => condition === "unknown"));
    if (open.length > 0) words.push(`What is unknown stops no denial: ${list(open.map(code))} may not even hold.`);
  } else words.push(...because);
  const stopped = allows.filter(({ applies }) => !applies);
  const permitted = allows.some(({ applies }) => applies);
  if (!permitted && stopped.length > 0) words.push(...stopped.slice(0, 3).map(stoppedWords));
  if (allows.length === 0 && rules.length > 0)
    words.push(`No allow of \`${asked.interaction}\` speaks of this at all.`);
  if (missing.length > 0) words.push(`Nothing is known of ${list(missing.map(factText))}.`);
  return words;
}

/** Of several pieces of data, those for which all are denied. */
function whichOf(asked: AskedFor, rules: readonly ExplainedRule[]): string[] {
  const denied = asked.data.filter((name) => {
    const about = rules.filter(({ data }) => data === name || data.endsWith(`.${name}`));
    const isAllowed = about.some(({ effect, applies }) => effect === "allow" && applies);
    return !isAllowed || about.some(({ effect, applies, limits }) => effect === "deny" && applies && !limits);
  });
  return denied.length === asked.data.length
    ? []
    : [`That is because of ${list(denied.map(code))}: several are decided all or nothing.`];
}

/** Consents and objections are spoken of, all others named. */
function factText(fact: string): string {
  return fact === "consents" || fact === "objections" ? fact : code(fact);
}

function stoppedWords({ rule, parts }: ExplainedRule): string {
  const wrong = parts.filter(({ value }) => value !== "true").map(({ text }) => `\`${text}\``);
  return `${code(rule)} would allow it, if only ${list(wrong)} held.`;
}

function waitWords({ seconds, set }: NonNullable<Explanation["wait"]>): string {
  const then = [
    ...(set.local_time === undefined ? [] : [`at ${set.local_time}`]),
    ...(set.today === undefined ? [] : [`on ${set.today}`]),
  ].join(" ");
  return `Waiting helps: it is allowed in ${list(durationParts(seconds))}${then === "" ? "" : `, ${then}`}.`;
}

function code(path: string): string {
  return `\`${path}\``;
}
function pathsOf(rules: readonly ExplainedRule[]): readonly string[] {
  return [...new Set(rules.map(({ rule }) => rule))];
}

// ---------------------------------------------------------------------------------------------------------------- rules

function ruleTree(
  rules: readonly ExplainedRule[],
  world: World,
  { model, raw, paint, shownPath }: ExplanationView,
): string[] {
  if (rules.length === 0) return [paint("bold", "Rules"), "  none selects this request"];
  const several = askedFor(raw).data.length > 1;
  const lines = [paint("bold", "Rules")];
  for (const rule of rules) {
    const place = `${shownPath(model.files[rule.at.file] ?? "")}:${rule.at.line}`;
    const about = several ? ` ${paint("dim", `on ${shortField(rule.data)}`)}` : "";
    lines.push(
      `  ${mark(rule.condition, paint)} ${(rule.limits ? "limit" : rule.effect).padEnd(5)} ${paint("bold", rule.rule)}${about}  ${verdict(rule)}  ${paint("dim", place)}`,
    );
    for (const part of rule.parts) lines.push(...partLines(part, world, paint, "      "));
  }
  return lines;
}

function verdict({ effect, condition, applies, limits }: ExplainedRule): string {
  if (limits) return condition === "false" ? "does not count" : "counts, and denies once there were enough";
  if (effect === "allow")
    return applies ? "applies" : condition === "unknown" ? "unknown, so it does not apply" : "does not apply";
  return applies ? (condition === "unknown" ? "unknown, so it applies" : "applies") : "does not apply";
}

function partLines(part: ExplainedPart, world: World, paint: Paint, indent: string): string[] {
  const given = Object.entries(part.facts).map(([fact, value]) =>
    value === null ? `${fact} is unknown` : `${fact} is ${valueWords(world, fact, value)}`,
  );
  const plain = part.parts.length === 0 && given.length > 0 ? `  ${paint("dim", `(${given.join(", ")})`)}` : "";
  const from = part.condition === null ? "" : `  ${paint("dim", `— ${part.condition}`)}`;
  return [
    `${indent}${mark(part.value, paint)} ${part.text}${plain}${from}`,
    ...part.parts.flatMap((inner) => partLines(inner, world, paint, `${indent}  `)),
  ];
}

function mark(value: Outcome, paint: Paint): string {
  return paint(colours[value], marks[value]);
}

function shortField(field: string): string {
  return field.split(".").slice(-2).join(".");
}

// -------------------------------------------------------------------------------------------------------------- changes

function changeLines(
  { changes, decision, incomplete }: Explanation,
  world: World,
  { raw, paint }: ExplanationView,
): string[] {
  const lines = [paint("bold", "What would change it")];
  if (incomplete !== null) return [...lines, `  ${incomplete}`];
  if (changes.length === 0) {
    const as = decision.decision === "allow" ? "allowed" : "denied";
    const tried = "other facts, consents, purposes, channels, recipients or a coarser precision";
    return [...lines, `  nothing: with ${tried} it is still ${as}`];
  }
  for (const { set, decision: then } of changes) {
    lines.push(`  ${paint(then === "allow" ? "green" : "red", then.padEnd(5))} ${changeWords(world, set, raw)}`);
  }
  return lines;
}
