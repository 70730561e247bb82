import type { Type } from "@scruple/model";
import type { Finding, Member } from "@scruple/syntax";
import { conflictingTypes } from "../diagnostics/conflicting-types.ts";
import { Findings } from "../findings.ts";
import type { Unit } from "../unit.ts";
import { declarationsIn } from "./declarations.ts";
import { usedFirst } from "./graph.ts";
import type { PolicyScope, UseSite } from "./scope.ts";
import { kindNoun, type MemberSymbol } from "./symbols.ts";
import { describeType, sameType, typeOfNode } from "./types.ts";

type Merged = ReadonlyMap<string, readonly MemberSymbol[]>;
const none: Merged = new Map();

/**
 * The subject's attributes and the facts, merged by name over what a policy uses. A name has one type in all of it;
 * where it has two, the policy that brings them together is told.
 */
export class Members {
  readonly #attributes = new Map<PolicyScope, Merged>();
  readonly #facts = new Map<PolicyScope, Merged>();
  readonly #reported = new Set<string>();
  readonly #findings: Findings;

  constructor(scopes: readonly PolicyScope[], findings: Findings) {
    this.#findings = findings;
    for (const { units } of scopes) {
      for (const unit of units) for (const finding of typesIn(unit).findings) findings.add(unit, finding);
    }
    for (const scope of usedFirst(scopes)) {
      this.#attributes.set(scope, this.#merge(scope, scope.attributes.values(), this.#attributes));
      const facts = [...scope.tables.known.values()].filter((symbol) => symbol.kind === "fact");
      this.#facts.set(scope, this.#merge(scope, facts, this.#facts));
    }
  }

  /** The type of an attribute, a fact or a duty's parameter of that file; null where what is written is none. */
  type(unit: Unit, member: Member): Type | null {
    return typeOfMember(unit, member);
  }

  /** By name, the declarations in the policy and in all that it uses, its own first. */
  attributes(scope: PolicyScope): Merged {
    return this.#attributes.get(scope) ?? none;
  }

  facts(scope: PolicyScope): Merged {
    return this.#facts.get(scope) ?? none;
  }

  #merge(scope: PolicyScope, own: Iterable<MemberSymbol>, done: ReadonlyMap<PolicyScope, Merged>): Merged {
    const mine = [...own];
    const uses = [...scope.uses.values()].sort((a, b) => (a.scope.name < b.scope.name ? -1 : 1));
    const brought = uses.map((use) => ({ use, map: done.get(use.scope) ?? none })).filter(({ map }) => map.size > 0);
    // Most policies of a long chain add nothing: they share what they bring.
    if (mine.length === 0 && brought.length <= 1) return brought[0]?.map ?? none;
    const merged = new Map<string, MemberSymbol[]>();
    for (const symbol of mine) merged.set(symbol.name, [symbol]);
    for (const { use, map } of brought) {
      for (const [name, symbols] of map) {
        const list = merged.get(name);
        if (!list) merged.set(name, [...symbols]);
        else {
          for (const symbol of symbols) {
            if (list.includes(symbol)) continue;
            this.#compare(scope, use, list[0]!, symbol);
            list.push(symbol);
          }
        }
      }
    }
    return merged;
  }

  #compare(scope: PolicyScope, use: UseSite, first: MemberSymbol, second: MemberSymbol): void {
    const types = [this.type(first.unit, first.node), this.type(second.unit, second.node)] as const;
    if (types[0] === null || types[1] === null || sameType(types[0], types[1])) return;
    const key = `${first.id} ${first.policy} ${second.policy}`;
    if (this.#reported.has(key)) return;
    this.#reported.add(key);
    const where = (symbol: MemberSymbol, type: Type) => ({
      file: symbol.unit.path,
      start: symbol.at.start,
      end: symbol.at.end,
      message: `\`${symbol.policy}\` says that it is ${describeType(type)}.`,
    });
    const related = [where(first, types[0]), where(second, types[1])];
    const ownIsFirst = first.policy === scope.name;
    this.#findings.add(
      ownIsFirst ? first.unit : use.unit,
      conflictingTypes.at(
        ownIsFirst ? first.at : use.node.policy,
        [kindNoun[first.kind], first.name, second.policy, first.policy],
        {
          related: ownIsFirst ? related.slice(1) : related,
        },
      ),
    );
  }
}

interface Types {
  readonly types: ReadonlyMap<Member, Type | null>;
  readonly findings: readonly Finding[];
}
/** Units are kept from one compilation to the next, and the types that they write with them. */
const known = new WeakMap<Unit, Types>();

/** The type that a file gives an attribute, a fact or a duty's parameter; null where what is written is none. */
export function typeOfMember(unit: Unit, member: Member): Type | null {
  return typesIn(unit).types.get(member) ?? null;
}

function typesIn(unit: Unit): Types {
  const before = known.get(unit);
  if (before !== undefined) return before;
  const types = new Map<Member, Type | null>();
  const findings = new Findings();
  for (const { kind, node } of declarationsIn(unit).vocabulary) {
    const members = kind === "attribute" || kind === "fact" ? [node] : kind === "duty" ? node.parameters : [];
    for (const member of members) types.set(member, typeOfNode(member.type, unit, findings));
  }
  const made = { types, findings: findings.of(unit.path) };
  known.set(unit, made);
  return made;
}
