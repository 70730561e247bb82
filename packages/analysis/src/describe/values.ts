import { durationText, type Type, type Value } from "@scruple/model";
import { classCount, type Domain, interval, type LineDomain, type NamesDomain } from "../theory/domain.ts";
import { valueAt } from "../theory/line.ts";

/** A constant as a policy writes it. */
export function literal(type: Type, value: Value): string {
  if (type.kind === "duration") return durationText(value as number);
  if (type.kind === "text") return JSON.stringify(value);
  if (type.kind === "oneOf" || type.kind === "set") return name(value as string);
  return String(value);
}

/** A name of a policy's own, between backticks where it is none that could stand bare. */
export function name(text: string): string {
  return /^[A-Za-z_]\w*$/.test(text) ? text : `\`${text}\``;
}

/** The same of a dotted name, part by part. What has a space is no name but words of ours, such as the age of a piece. */
export function namePath(dotted: string): string {
  return dotted.includes(" ") ? dotted : dotted.split(".").map(name).join(".");
}

/**
 * Which values a known fact has, in the words of a policy: alternatives, of which one holds. `classes` has a 1 for each class
 * that it may be in, and neither of all nor of none.
 */
export function describeClasses(fact: string, type: Type, domain: Domain, classes: Uint8Array): readonly string[] {
  return domain.kind === "line" ? inLine(fact, domain, classes) : amongNames(fact, type, domain, classes);
}

// ---------------------------------------------------------------------------------------------------------------- lines

function inLine(fact: string, domain: LineDomain, classes: Uint8Array): readonly string[] {
  const runs = intervals(classes);
  const count = classCount(domain);
  const gaps = intervals(classes.map((one) => 1 - one));
  const isWrapped = runs.length > 1 && runs[0]![0] === 0 && runs.at(-1)![1] === count - 1;
  if (isWrapped && gaps.length === 1 && isSingle(domain, gaps[0]!)) {
    return [`${fact} != ${literal(domain.type, valueAt(domain.type, interval(domain, gaps[0]![0])[0]))}`];
  }
  if (isWrapped && domain.type.kind === "time") {
    const [from, to] = [interval(domain, runs.at(-1)![0])[0], interval(domain, runs[0]![1])[1]];
    const others = runs.slice(1, -1).map((run) => describeInterval(fact, domain, run));
    return [`${fact} in ${valueAt(domain.type, from)}..${valueAt(domain.type, to)}`, ...others];
  }
  return runs.map((run) => describeInterval(fact, domain, run));
}

/** First and last class, both included, of each run of ones. */
function intervals(classes: Uint8Array): readonly (readonly [number, number])[] {
  const result: [number, number][] = [];
  for (const [index, one] of classes.entries()) {
    if (one === 0) continue;
    const last = result.at(-1);
    if (last !== undefined && last[1] === index - 1) last[1] = index;
    else result.push([index, index]);
  }
  return result;
}

function isSingle(domain: LineDomain, [first, last]: readonly [number, number]): boolean {
  return interval(domain, first)[0] === interval(domain, last)[1];
}

function describeInterval(fact: string, domain: LineDomain, [first, last]: readonly [number, number]): string {
  const [from, to] = [interval(domain, first)[0], interval(domain, last)[1]];
  const text = (position: number) => literal(domain.type, valueAt(domain.type, position));
  if (from === to) return `${fact} = ${text(from)}`;
  const { mentioned } = domain;
  const atLeast = mentioned.has(from) || !mentioned.has(from - 1) ? `>= ${text(from)}` : `> ${text(from - 1)}`;
  const atMost = mentioned.has(to) || !mentioned.has(to + 1) ? `<= ${text(to)}` : `< ${text(to + 1)}`;
  if (first === 0) return `${fact} ${atMost}`;
  if (last === classCount(domain) - 1) return `${fact} ${atLeast}`;
  if (atLeast.startsWith(">=") && atMost.startsWith("<=")) return `${fact} in ${text(from)}..${text(to)}`;
  return `${fact} ${atLeast} and ${fact} ${atMost}`;
}

// ---------------------------------------------------------------------------------------------------------------- names

function amongNames(fact: string, type: Type, domain: NamesDomain, classes: Uint8Array): readonly string[] {
  const named = (wanted: number) => domain.values.filter((_, index) => classes[index] === wanted);
  if (type.kind === "bool") return [classes[1] === 1 ? fact : `not ${fact}`];
  const withOther = domain.other !== null && classes[domain.values.length] === 1;
  const [inside, outside] = [named(1), named(0)];
  const list = (values: readonly Value[]) => `{${values.map((value) => literal(type, value)).join(", ")}}`;
  const isShorter = withOther || (outside.length === 1 && inside.length > 1 && domain.other === null);
  if (isShorter && outside.length === 1) return [`${fact} != ${literal(type, outside[0]!)}`];
  if (isShorter) return [`not (${fact} in ${list(outside)})`];
  return [inside.length === 1 ? `${fact} = ${literal(type, inside[0]!)}` : `${fact} in ${list(inside)}`];
}
