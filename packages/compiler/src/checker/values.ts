import type { Type, Value } from "@scruple/model";
import type { Literal, Missing, Ref, SetLiteral } from "@scruple/syntax";
import { nearest } from "../binder/nearest.ts";
import { pathText, replaceFix, spell } from "../binder/spelling.ts";
import { describeType, type ListedType, literalNoun } from "../binder/types.ts";
import { outOfRange } from "../diagnostics/out-of-range.ts";
import { repeatedValue } from "../diagnostics/repeated-value.ts";
import { typeMismatch } from "../diagnostics/type-mismatch.ts";
import { unknownValue } from "../diagnostics/unknown-value.ts";
import type { Findings } from "../findings.ts";
import type { Unit } from "../unit.ts";

export type ValueNode = Literal | SetLiteral | Ref | Missing;

/** Where a value stands, for messages: its file, and what it is the value of (`subject.age`). */
export interface ValuePlace {
  readonly unit: Unit;
  readonly findings: Findings;
  readonly of: string;
}

/** Kinds of literals whose type has another name. */
const typeOfLiteral: Readonly<Record<Literal["kind"], Type["kind"]>> = {
  int: "int",
  bool: "bool",
  time: "time",
  date: "date",
  string: "text",
  duration: "duration",
};

/** The type that a literal has by itself. */
export function literalType(literal: Literal): Type["kind"] {
  return typeOfLiteral[literal.kind];
}

/** A literal as the model writes it: durations in seconds, times as `HH:MM`. Null where it is none, which the parser reports. */
export function literalValue(literal: Literal): Exclude<Value, readonly string[]> | null {
  switch (literal.kind) {
    case "int":
      return Number.isNaN(literal.value) ? null : literal.value;
    case "duration":
      return Number.isNaN(literal.seconds) ? null : literal.seconds;
    case "time":
      return Number.isNaN(literal.value) ? null : clock(literal.value);
    case "date":
      return literal.value === "" ? null : literal.value;
    case "bool":
    case "string":
      return literal.value;
  }
}

function clock(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/**
 * The value that is written, where one of that type is needed; null where it is another, which is reported.
 * `strict` asks that integers lie in the type's range: outside of conditions, such a value could never be.
 */
export function checkValue(node: ValueNode, type: Type, place: ValuePlace, strict: boolean): Value | null {
  switch (node.kind) {
    case "missing":
      return null;
    case "set":
      return type.kind === "set" ? setValue(node, type, place) : mismatch(node, type, place);
    case "ref":
      return nameValue(node, type, place);
    default: {
      if (literalType(node) !== type.kind) return mismatch(node, type, place);
      const value = literalValue(node);
      if (strict && type.kind === "int" && typeof value === "number") {
        if ((type.min !== null && value < type.min) || (type.max !== null && value > type.max)) {
          place.findings.add(place.unit, outOfRange.at(node, [place.of, describeType(type)]));
          return null;
        }
      }
      return value;
    }
  }
}

function setValue(node: SetLiteral, type: ListedType, place: ValuePlace): Value | null {
  const seen = new Set<string>();
  let good = true;
  for (const element of node.elements) {
    const value = elementValue(element, type, place);
    if (value === null) good = false;
    else if (seen.has(value)) {
      place.findings.add(place.unit, repeatedValue.at(element, [value]));
      good = false;
    } else seen.add(value);
  }
  return good ? [...seen].sort() : null;
}

/** One of a set's own values. */
export function elementValue(node: Literal | Ref | Missing, type: ListedType, place: ValuePlace): string | null {
  const value = checkValue(node, { kind: "oneOf", values: type.values }, place, false);
  return typeof value === "string" ? value : null;
}

function nameValue(node: Ref, type: Type, place: ValuePlace): string | null {
  const name = pathText(node.path);
  if (type.kind !== "oneOf") return mismatch(node, type, place);
  if (node.path.parts.length === 1 && type.values.includes(name)) return name;
  if (node.path.parts.every((part) => part.text !== "")) {
    place.findings.add(place.unit, notAValue(node, name, type, place.of));
  }
  return null;
}

/** The finding that a name is none of a type's values. */
export function notAValue(node: Ref, name: string, type: ListedType, of: string) {
  const near = nearest(name, type.values);
  const fixes = near === null ? [] : [replaceFix(node, spell(near))];
  return unknownValue.at(node, [name, of, describeType(type), near], { fixes });
}

/** Reports a literal of the wrong type, with the literal that was likely meant. */
export function mismatch(node: Exclude<ValueNode, Missing>, type: Type, place: ValuePlace): null {
  const meant = likelyMeant(node, type);
  const fixes = meant === null ? [] : [replaceFix(node, meant)];
  place.findings.add(
    place.unit,
    typeMismatch.at(node, [`\`${place.of}\` is ${describeType(type)}`, literalNoun[node.kind]], { fixes }),
  );
  return null;
}

const shapes: Partial<Record<Type["kind"], RegExp>> = {
  time: /^([01]\d|2[0-3]):[0-5]\d$/,
  date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
  int: /^-?(0|[1-9]\d{0,15})$/,
  bool: /^(true|false)$/,
  duration: /^\d{1,9} (second|minute|hour|day|week|month|year)s?$/,
};

/** What the author of such a value most likely meant, as source text. */
function likelyMeant(node: Exclude<ValueNode, Missing>, type: Type): string | null {
  if (node.kind === "string") {
    if (type.kind === "oneOf") return type.values.includes(node.value) ? spell(node.value) : null;
    return shapes[type.kind]?.test(node.value) ? node.value : null;
  }
  if (type.kind === "text") {
    if (node.kind === "ref") return JSON.stringify(pathText(node.path));
    if (node.kind === "set") return null;
    const value = literalValue(node);
    return value === null || node.kind === "duration" ? null : JSON.stringify(String(value));
  }
  if (type.kind === "set" && node.kind === "ref") {
    const name = pathText(node.path);
    return type.values.includes(name) ? `{${spell(name)}}` : null;
  }
  if (type.kind === "bool" && node.kind === "int" && (node.value === 0 || node.value === 1)) {
    return node.value === 1 ? "true" : "false";
  }
  return null;
}
