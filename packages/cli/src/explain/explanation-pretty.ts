import type { ExplainedPart, ExplainedRule, Explanation, Outcome } from "@scruple/analysis";
import { indexModel, type World } from "@scruple/model";
import type { Paint } from "@scruple/project/report";
import { printable } from "@scruple/project/report";
import { changeWords } from "./change-words.ts";
import { type ParagraphView, paragraph } from "./paragraph.ts";
import { askedFor } from "./request-words.ts";
import { valueWords } from "./value-words.ts";

export interface ExplanationView extends ParagraphView {
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
