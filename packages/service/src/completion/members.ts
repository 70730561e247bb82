import { closureOf, type NamedSymbol, type PolicyScope } from "@scruple/compiler";
import type { ExpectedTokens, Member, TypeNode } from "@scruple/syntax";
import { leadOf } from "./wanted.ts";

type Tokens = ExpectedTokens["before"];

/** The subject's attributes as a policy sees them. */
export function attributesOf(scope: PolicyScope): readonly NamedSymbol[] {
  return byName(closureOf(scope).flatMap(({ attributes }) => [...attributes.values()]));
}

/** The facts that a policy sees. */
export function factsOf(scope: PolicyScope): readonly NamedSymbol[] {
  const all = [scope, ...[...scope.uses.values()].map((use) => use.scope)];
  return byName(all.flatMap(({ tables }) => [...tables.known.values()].filter(({ kind }) => kind === "fact")));
}

function byName(symbols: readonly NamedSymbol[]): readonly NamedSymbol[] {
  return [...new Map(symbols.toReversed().map((symbol) => [symbol.name, symbol])).values()].reverse();
}

const builtins: Readonly<Record<string, TypeNode["kind"] | string>> = {
  "data.age": "duration",
  group_size: "int",
  local_time: "time",
  today: "date",
};

/** What an attribute, a fact, a parameter or a built-in fact can be compared with. */
export interface KnownType {
  readonly kind: string;
  /** Of one-of and set types. */
  readonly values: readonly string[];
}

export function typeOf({ type }: Pick<Member, "type">): KnownType {
  if (type.kind === "oneOfType" || type.kind === "setType")
    return { kind: type.kind === "setType" ? "set" : "oneOf", values: type.values.map(({ text }) => text) };
  return { kind: type.kind === "builtinType" ? type.name : type.kind === "intType" ? "int" : "", values: [] };
}

/** The type of the attribute or fact that tokens end with, directly before a place; null where none stands there. */
function typeBefore(scope: PolicyScope, before: Tokens, end: number): KnownType | null {
  const parts: string[] = [];
  let place = end;
  while (place > 0 && before[place - 1]!.type !== "punctuation" && before[place - 1]!.type !== "operator") {
    parts.unshift(before[place - 1]!.text.replaceAll("`", ""));
    if (before[place - 2]?.text !== ".") break;
    place -= 2;
  }
  const name = parts.join(".");
  if (builtins[name] !== undefined) return { kind: builtins[name], values: [] };
  const known = parts[0] === "subject" ? attributesOf(scope) : factsOf(scope);
  const symbol = known.find((one) => one.name === parts.at(-1));
  return symbol !== undefined && (symbol.kind === "attribute" || symbol.kind === "fact") ? typeOf(symbol.node) : null;
}

/** The type of what the word at the end of `before` is compared with, is given for, or is passed as. */
export function typeWanted(scope: PolicyScope, before: Tokens, duty: readonly Member[]): KnownType | null {
  const { word, place } = leadOf({ before });
  if (["=", "!=", "<", "<=", ">", ">="].includes(word)) {
    const parameter = duty.find(({ name }) => name.text === before[place - 1]?.text);
    return parameter === undefined ? typeBefore(scope, before, place) : typeOf(parameter);
  }
  if (word === "{") return typeBefore(scope, before, place - 1);
  if (word === "(" && before[place - 1]?.text === "contains") return typeBefore(scope, before, place - 2);
  return null;
}
