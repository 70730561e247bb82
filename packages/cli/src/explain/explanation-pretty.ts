import type { ExplainedPart, ExplainedRule, Explanation, Outcome } from "@scruple/analysis";
import { namePath } from "@scruple/analysis";
import { indexModel, type World } from "@scruple/model";
import { type Line, line, styled } from "../terminal/line.ts";
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
export function explanationPretty(explanation: Explanation, view: ExplanationView): readonly Line[] {
  const { decision, rules } = explanation;
  const lines = [...paragraph(explanation, view), line``];
  if (decision.errors.length === 0) {
    const world = indexModel(view.model);
    lines.push(...ruleTree(rules, world, view), line``, ...changeLines(explanation, world, view));
  }
  return lines;
}

// ---------------------------------------------------------------------------------------------------------------- rules

function ruleTree(rules: readonly ExplainedRule[], world: World, { model, raw, shownPath }: ExplanationView): Line[] {
  if (rules.length === 0) return [styled("bold", "Rules"), line`  none selects this request`];
  const several = askedFor(raw).data.length > 1;
  const lines = [styled("bold", "Rules")];
  for (const rule of rules) {
    const place = `${shownPath(model.files[rule.at.file] ?? "")}:${rule.at.line}`;
    const about = several ? line` ${styled("dim", `on ${shortField(rule.data)}`)}` : "";
    lines.push(
      line`  ${mark(rule.condition)} ${(rule.limits ? "limit" : rule.effect).padEnd(5)} ${styled("bold", rule.rule)}${about}  ${verdict(rule)}  ${styled("dim", place)}`,
    );
    for (const part of rule.parts) lines.push(...partLines(part, world, "      "));
  }
  return lines;
}

function verdict({ effect, condition, applies, limits }: ExplainedRule): string {
  if (limits) return condition === "false" ? "does not count" : "counts, and denies once there were enough";
  if (effect === "allow")
    return applies ? "applies" : condition === "unknown" ? "unknown, so it does not apply" : "does not apply";
  return applies ? (condition === "unknown" ? "unknown, so it applies" : "applies") : "does not apply";
}

function partLines(part: ExplainedPart, world: World, indent: string): Line[] {
  const given = Object.entries(part.facts).map(([fact, value]) =>
    value === null ? `${namePath(fact)} is unknown` : `${namePath(fact)} is ${valueWords(world, fact, value)}`,
  );
  const plain = part.parts.length === 0 && given.length > 0 ? line`  ${styled("dim", `(${given.join(", ")})`)}` : "";
  const from = part.condition === null ? "" : line`  ${styled("dim", `— ${part.condition}`)}`;
  return [
    line`${indent}${mark(part.value)} ${part.text}${plain}${from}`,
    ...part.parts.flatMap((inner) => partLines(inner, world, `${indent}  `)),
  ];
}

function mark(value: Outcome): Line {
  return styled(colours[value], marks[value]);
}

function shortField(field: string): string {
  return field.split(".").slice(-2).join(".");
}

// -------------------------------------------------------------------------------------------------------------- changes

function changeLines({ changes, decision, incomplete }: Explanation, world: World, { raw }: ExplanationView): Line[] {
  const lines = [styled("bold", "What would change it")];
  if (incomplete !== null) return [...lines, line`  ${incomplete}`];
  if (changes.length === 0) {
    const as = decision.decision === "allow" ? "allowed" : "denied";
    const tried = "other facts, consents, purposes, channels, recipients or a coarser precision";
    return [...lines, line`  nothing: with ${tried} it is still ${as}`];
  }
  for (const { set, decision: then } of changes) {
    lines.push(line`  ${styled(then === "allow" ? "green" : "red", then.padEnd(5))} ${changeWords(world, set, raw)}`);
  }
  return lines;
}
