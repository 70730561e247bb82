import type { ExplainedRule, Explanation } from "@scruple/analysis";
import { printDuty } from "@scruple/analysis";
import { durationText, type Model } from "@scruple/model";
import { type Line, line, styled } from "../terminal/line.ts";
import { type AskedFor, askedFor, list, sentence } from "./request-words.ts";
import { durationParts } from "./value-words.ts";

export interface ParagraphView {
  readonly model: Model;
  readonly raw: Readonly<Record<string, unknown>>;
}

/** The decision, and why it is so, in sentences. */
export function paragraph({ decision, rules, wait }: Explanation, { model, raw }: ParagraphView): Line[] {
  if (decision.errors.length > 0)
    return [
      line`${styled("red", "deny")}  The request has an error, and is denied whatever the policy says.`,
      ...decision.errors.map((error) => line`${error}`),
    ];
  const asked = askedFor(raw);
  const head = styled(decision.decision === "allow" ? "green" : "red", decision.decision);
  if (decision.decision === "allow")
    return [line`${head}  ${sentence(asked, "may be")} ${allowWords(decision, rules, model)}`];
  const waiting = wait === null ? [] : [waitWords(wait)];
  return [
    line`${head}  ${[sentence(asked, "may not be"), ...denyWords(decision, rules, asked), ...waiting].join(" ")}`,
  ];
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
  const denials = rules.filter(({ rule }) => deciding.includes(rule));
  const words: string[] = [];
  if (asked.data.length > 1) words.push(...whichOf(asked, rules));
  if (deciding.length > 0) {
    words.push(`${list(deciding.map(code))} ${deciding.length === 1 ? "forbids" : "forbid"} it.`);
    words.push(...because);
    const open = pathsOf(denials.filter(({ condition }) => condition === "unknown"));
    if (open.length > 0) words.push(`What is unknown stops no denial: ${list(open.map(code))} may not even hold.`);
  } else words.push(...because);
  words.push(...stoppedWords(asked, rules));
  if (missing.length > 0) words.push(`Nothing is known of ${list(missing.map(factText))}.`);
  return words;
}

/** Of several pieces of data, those for which all are denied. */
function whichOf(asked: AskedFor, rules: readonly ExplainedRule[]): string[] {
  const denied = asked.data.filter((name) => {
    const about = rulesOn(name, rules);
    return !isPermitted(about) || about.some(({ effect, applies, limits }) => effect === "deny" && applies && !limits);
  });
  return denied.length === asked.data.length
    ? []
    : [`That is because of ${list(denied.map(code))}: several are decided all or nothing.`];
}

/** Of data that nothing allows: what would, if only more of it held. */
function stoppedWords(asked: AskedFor, rules: readonly ExplainedRule[]): string[] {
  const names = [...new Set(asked.data)];
  const unspoken: string[] = [];
  const stopped = new Map<string, { readonly rule: ExplainedRule; readonly data: string[] }>();
  for (const name of names) {
    const about = rulesOn(name, rules);
    const allows = about.filter(({ effect }) => effect === "allow");
    if (allows.length === 0 && rules.length > 0) unspoken.push(name);
    if (isPermitted(about)) continue;
    for (const rule of allows) {
      const key = `${rule.rule} ${wrongIn(rule)}`;
      stopped.set(key, { rule, data: [...(stopped.get(key)?.data ?? []), name] });
    }
  }
  const what = (data: readonly string[], all: string) => (data.length === names.length ? all : list(data.map(code)));
  return [
    ...[...stopped.values()]
      .slice(0, 3)
      .map(({ rule, data }) => `${code(rule.rule)} would allow ${what(data, "it")}, if only ${wrongIn(rule)} held.`),
    ...(unspoken.length > 0
      ? [`No allow of \`${asked.interaction}\` speaks of ${what(unspoken, "this")} at all.`]
      : []),
  ];
}

function wrongIn({ parts }: ExplainedRule): string {
  return list(parts.filter(({ value }) => value !== "true").map(({ text }) => `\`${text}\``));
}
function rulesOn(name: string, rules: readonly ExplainedRule[]): readonly ExplainedRule[] {
  return rules.filter(({ data }) => data === name || data.endsWith(`.${name}`));
}
function isPermitted(rules: readonly ExplainedRule[]): boolean {
  return rules.some(({ effect, applies }) => effect === "allow" && applies);
}

/** Consents and objections are spoken of, all others named. */
function factText(fact: string): string {
  return fact === "consents" || fact === "objections" ? fact : code(fact);
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
