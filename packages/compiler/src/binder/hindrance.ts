import type { Type } from "@scruple/model";
import { typeOfMember } from "./members.ts";
import type { PolicyScope, TableName } from "./scope.ts";
import { spell } from "./spelling.ts";
import type { NamedSymbol, SymbolKind } from "./symbols.ts";
import { sameType } from "./types.ts";

type Scopes = ReadonlyMap<string, PolicyScope>;

/**
 * What would be wrong if a policy used another, as a clause about the other; null where it can. Asked once all `use` are bound.
 *
 * @param named what others declare and the policy names, or may name, without their name before it
 */
export function hindrance(
  scopes: Scopes,
  scope: PolicyScope,
  other: PolicyScope,
  named: Iterable<NamedSymbol>,
): string | null {
  if (usersOf(scopes, scope).has(other)) {
    return `uses \`${spell(scope.name)}\` itself: move the declaration to a policy that both can use`;
  }
  for (const symbol of named) {
    if (!clashes(symbol, other)) continue;
    const { name, policy } = symbol;
    return `has a \`${name}\`, as \`${spell(policy)}\` has, so \`${name}\` alone would mean neither: rename one`;
  }
  const types = typesAround(scopes, scope);
  for (const [name, type] of typesOf(other)) {
    const before = types.get(name);
    if (before !== undefined && !sameType(before, type)) return `gives \`${name}\` another type: give both the same`;
  }
  return null;
}

/** What a policy could name without the name of the policy that declares it, and does not declare itself. */
export function* nameable(scope: PolicyScope): Generator<NamedSymbol> {
  for (const use of scope.uses.values()) {
    for (const symbol of use.scope.vocabulary) {
      const table = tableOf[symbol.kind];
      if (table !== undefined && !scope.tables[table].has(symbol.name)) yield symbol;
    }
  }
}

const tableOf: Readonly<Partial<Record<SymbolKind, TableName>>> = {
  ...({ category: "data", source: "data", fact: "known", condition: "known" } as const),
  ...({ purpose: "purpose", recipient: "recipient", channel: "channel", duty: "duty" } as const),
};

function clashes({ kind, name }: NamedSymbol, { tables }: PolicyScope): boolean {
  const table = tableOf[kind];
  const other = table && tables[table].get(name);
  // Facts of one name are one fact.
  return other !== undefined && !(other.kind === "fact" && kind === "fact");
}

const users = new WeakMap<Scopes, ReadonlyMap<PolicyScope, readonly PolicyScope[]>>();
const allUsers = new WeakMap<PolicyScope, ReadonlySet<PolicyScope>>();

/** The policy and all that use it, directly or not. */
function usersOf(scopes: Scopes, scope: PolicyScope): ReadonlySet<PolicyScope> {
  return kept(allUsers, scope, () => {
    const direct = kept(users, scopes, () => directUsers(scopes));
    const all = new Set([scope]);
    // A Set grows while it is walked, and the walk reaches what is added.
    for (const one of all) for (const user of direct.get(one) ?? []) all.add(user);
    return all;
  });
}

function directUsers(scopes: Scopes): ReadonlyMap<PolicyScope, readonly PolicyScope[]> {
  const direct = new Map<PolicyScope, PolicyScope[]>();
  for (const user of scopes.values()) {
    for (const use of user.uses.values()) {
      const list = direct.get(use.scope);
      if (list) list.push(user);
      else direct.set(use.scope, [user]);
    }
  }
  return direct;
}

type Types = ReadonlyMap<string, Type>;
const brought = new WeakMap<PolicyScope, Types>();
const around = new WeakMap<PolicyScope, Types>();

/** The types of the attributes and the facts that a policy brings to those that use it. */
function typesOf(scope: PolicyScope): Types {
  return kept(brought, scope, () => collect([scope]));
}

/** Those that come together in a policy, and in all that use it. */
function typesAround(scopes: Scopes, scope: PolicyScope): Types {
  return kept(around, scope, () => collect(usersOf(scopes, scope)));
}

function collect(from: Iterable<PolicyScope>): Types {
  const types = new Map<string, Type>();
  const all = new Set(from);
  for (const { attributes, tables, uses } of all) {
    for (const symbol of [...attributes.values(), ...tables.known.values()]) {
      if (symbol.kind !== "attribute" && symbol.kind !== "fact") continue;
      const type = typeOfMember(symbol.unit, symbol.node);
      // An attribute's id has `subject.` before its name.
      if (type !== null && !types.has(symbol.id)) types.set(symbol.id, type);
    }
    for (const use of uses.values()) all.add(use.scope);
  }
  return types;
}

function kept<Key extends object, Made>(memory: WeakMap<Key, Made>, key: Key, make: () => Made): Made {
  const before = memory.get(key);
  if (before !== undefined) return before;
  const made = make();
  memory.set(key, made);
  return made;
}
