import { type DutySymbol, kindNoun, type NamedSymbol } from "@scruple/compiler";
import type { Member } from "@scruple/syntax";

/** What a name in a policy can stand for: everything that is declared, and the names within declarations. */
export type Entity =
  | { readonly kind: "symbol"; readonly symbol: NamedSymbol }
  | { readonly kind: "policy"; readonly name: string }
  /** A level of precision. Levels of one name are one, whatever categories have them. */
  | { readonly kind: "level"; readonly name: string }
  /** A value of a one-of or set type; `of` is the attribute, fact or parameter that has the type. */
  | { readonly kind: "value"; readonly name: string; readonly of: Entity }
  | { readonly kind: "parameter"; readonly name: string; readonly duty: DutySymbol; readonly node: Member };

/** The same for two names that stand for one thing. */
export function keyOf(entity: Entity): string {
  switch (entity.kind) {
    case "symbol":
      return symbolKey(entity.symbol);
    case "parameter":
      return `${symbolKey(entity.duty)}(${entity.name})`;
    case "value":
      return `${keyOf(entity.of)} = ${entity.name}`;
    default:
      return `${entity.kind} ${entity.name}`;
  }
}

const keys = new WeakMap<NamedSymbol, string>();

/** Attributes and facts are merged by name over all policies; everything else belongs to the one that declares it. */
export function symbolKey(symbol: NamedSymbol): string {
  let key = keys.get(symbol);
  if (key === undefined) {
    const { kind, id, policy } = symbol;
    key = kind === "rule" ? `rule ${policy}/${id}` : `${kind} ${id}`;
    keys.set(symbol, key);
  }
  return key;
}

const entities = new WeakMap<NamedSymbol, Entity>();

/** What a symbol is as an entity: one object, however often it is named. */
export function entityOf(symbol: NamedSymbol): Entity {
  let entity = entities.get(symbol);
  if (entity === undefined) {
    entity = { kind: "symbol", symbol };
    entities.set(symbol, entity);
  }
  return entity;
}

export function nameOf(entity: Entity): string {
  return entity.kind === "symbol" ? entity.symbol.name : entity.name;
}

/** How a sentence calls it: `the category`, `the policy`. */
export function nounOf(entity: Entity): string {
  switch (entity.kind) {
    case "symbol":
      return kindNoun[entity.symbol.kind].replace(/^an? /, "the ");
    case "level":
      return "the level of precision";
    default:
      return `the ${entity.kind}`;
  }
}

/** The member that has the type of a value: what an attribute, a fact or a parameter declares. */
export function memberOf(entity: Entity): Member | null {
  if (entity.kind === "parameter") return entity.node;
  if (entity.kind !== "symbol") return null;
  const { symbol } = entity;
  return symbol.kind === "attribute" || symbol.kind === "fact" ? symbol.node : null;
}
