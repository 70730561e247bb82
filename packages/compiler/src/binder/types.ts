import type { Type } from "@scruple/model";
import type { Literal, Name, RangeLiteral, SetLiteral, TypeNode } from "@scruple/syntax";
import { emptyRange } from "../diagnostics/empty-range.ts";
import { repeatedValue } from "../diagnostics/repeated-value.ts";
import { typeMismatch } from "../diagnostics/type-mismatch.ts";
import { unknownType } from "../diagnostics/unknown-type.ts";
import type { Findings } from "../findings.ts";
import type { Unit } from "../unit.ts";
import { nearest } from "./nearest.ts";
import { replaceFix } from "./spelling.ts";

/** A type that lists its values. */
export type ListedType = Extract<Type, { readonly values: readonly string[] }>;

/** What other languages call our types. */
const foreignNames: ReadonlyMap<string, string> = new Map([
  ["boolean", "bool"],
  ["integer", "int"],
  ["number", "int"],
  ["string", "text"],
]);
const typeNames = ["bool", "int", "text", "time", "date", "duration", "set of"];

/** The type that is written there; null where it is none, which is reported. */
export function typeOfNode(node: TypeNode, unit: Unit, findings: Findings): Type | null {
  switch (node.kind) {
    case "builtinType":
      return { kind: node.name };
    case "intType":
      return node.range === null ? { kind: "int", min: null, max: null } : intType(node.range, unit, findings);
    case "oneOfType":
    case "setType": {
      const values = distinctValues(node.values, unit, findings);
      return values === null ? null : { kind: node.kind === "setType" ? "set" : "oneOf", values };
    }
    case "unknownType": {
      const { text } = node.name;
      if (text === "") return null;
      const near = foreignNames.get(text.toLowerCase()) ?? nearest(text, typeNames);
      const fixes = near === null ? [] : [replaceFix(node.name, near)];
      findings.add(unit, unknownType.at(node, [text, near], { fixes }));
      return null;
    }
  }
}

function intType(range: RangeLiteral, unit: Unit, findings: Findings): Type | null {
  const ends = [range.from, range.to].map((end) => {
    if (end.kind === "int") return Number.isNaN(end.value) ? null : end.value;
    if (end.kind !== "missing") {
      findings.add(unit, typeMismatch.at(end, [`The range of an \`int\` needs whole numbers`, literalNoun[end.kind]]));
    }
    return null;
  });
  const [min, max] = ends as [number | null, number | null];
  if (min === null || max === null) return null;
  if (min > max) {
    findings.add(unit, emptyRange.at(range, [String(min), String(max)], { fixes: [swapFix(range, min, max)] }));
    return null;
  }
  return { kind: "int", min, max };
}

function swapFix(range: RangeLiteral, min: number, max: number) {
  return replaceFix(range, `${max}..${min}`);
}

function distinctValues(names: readonly Name[], unit: Unit, findings: Findings): string[] | null {
  const seen = new Map<string, Name>();
  let complete = names.length > 0;
  for (const name of names) {
    const first = seen.get(name.text);
    if (name.text === "") complete = false;
    else if (first) {
      const related = [{ start: first.start, end: first.end, message: "It is first listed here." }];
      findings.add(unit, repeatedValue.at(name, [name.text], { related }));
    } else seen.set(name.text, name);
  }
  return complete ? [...seen.keys()].sort() : null;
}

/** True where both hold the same values. */
export function sameType(a: Type, b: Type): boolean {
  if (a.kind === "int" && b.kind === "int") return a.min === b.min && a.max === b.max;
  if ((a.kind === "oneOf" || a.kind === "set") && a.kind === b.kind) {
    return a.values.length === b.values.length && a.values.every((value, i) => value === b.values[i]);
  }
  return a.kind === b.kind;
}

/** True where values of both can be compared: as `sameType`, but that ranges of integers may differ. */
export function comparable(a: Type, b: Type): boolean {
  return (a.kind === "int" && b.kind === "int") || sameType(a, b);
}

/** A type as messages name it: `an `int``, `one of `eu`, `uk``. */
export function describeType(type: Type): string {
  switch (type.kind) {
    case "int":
      if (type.min === null) return "an `int`";
      return `an \`int\` from ${type.min}${type.max === null ? "" : ` to ${type.max}`}`;
    case "oneOf":
      return `one of ${listValues(type.values)}`;
    case "set":
      return `a set of ${listValues(type.values)}`;
    default:
      return `a \`${type.kind}\``;
  }
}

function listValues(values: readonly string[]): string {
  const shown = values.slice(0, 8).map((value) => `\`${value}\``);
  return values.length > shown.length
    ? `${shown.join(", ")} and ${values.length - shown.length} more`
    : shown.join(", ");
}

/** How messages call what is written. */
export const literalNoun: Readonly<
  Record<Literal["kind"] | SetLiteral["kind"] | RangeLiteral["kind"] | "ref", string>
> = {
  int: "a whole number",
  bool: "`true` or `false`",
  time: "a time",
  date: "a date",
  string: "a text",
  duration: "a duration",
  set: "a set",
  range: "a range",
  ref: "a name",
};
