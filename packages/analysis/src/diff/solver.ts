import type { Expr, Id, Interaction, Limit } from "@scruple/model";
import { ruleDiagrams } from "../cell.ts";
import type { Context } from "../context.ts";
import type { FactSpace } from "../fact-space.ts";
import { FALSE, type Node } from "../node-store.ts";
import type { RulesOfCell } from "./cell-rules.ts";
import { countedAs } from "./counters.ts";
import type { Joined } from "./join-models.ts";
import type { Said } from "./said.ts";
import type { Sides } from "./static-cells.ts";
import { isAsTight } from "./strictness.ts";

/** What some rules come to together, as far as the facts go. */
export interface Together {
  readonly permitted: Node;
  readonly forbidden: Node;
}

const nothing: Together = { permitted: FALSE, forbidden: FALSE };

/** A context, with what rules come to in it. */
export interface Asked {
  readonly context: Context;
  readonly conditions: Map<Said, Node>;
  readonly applies: Map<Said, Node>;
}

/** What some of the rules of a cell come to: those that both models say alike, and those of the first and of the second. */
export interface Sums {
  readonly same: Together;
  readonly before: Together;
  readonly after: Together;
}

/** What two models make of a cell: what its rules come to, and where each allows as far as both leave it open. */
export interface Solved extends Sums {
  /** Where the first model allows, and the second, if no unchanged rule denies. */
  readonly allowed: readonly [Node, Node];
  readonly undenied: Node;
}

/** Answers what rules of two models come to, in one space of facts. */
export class Solver {
  readonly facts: FactSpace;
  private readonly joined: Joined;
  private readonly asked = new Map<string, Asked>();
  private readonly byContext = new Map<Context, Asked>();
  /** Limits by their numbers, what they count under, and the numbers of all that count under one name. */
  private readonly limits = new Map<number, Limit>();
  private readonly counters = new Map<number, string>();
  private readonly limitsOf = new Map<string, Set<number>>();

  constructor(joined: Joined, facts: FactSpace) {
    this.joined = joined;
    this.facts = facts;
  }

  /** @param mentions What the expressions ask beyond facts, as text */
  ask(startedBy: Interaction["startedBy"], purpose: Id, mentions: string, expressions: () => readonly Expr[]): Asked {
    const key = `${startedBy} ${purpose} ${mentions}`;
    const known = this.asked.get(key);
    if (known !== undefined) return known;
    const context = this.facts.context({ startedBy, purpose }, expressions());
    const asked = this.byContext.get(context) ?? { context, conditions: new Map(), applies: new Map() };
    this.byContext.set(context, asked);
    this.asked.set(key, asked);
    return asked;
  }

  /** What some rules of a cell come to. */
  sumsOf({ unchanged, changed }: RulesOfCell, [then, now]: readonly [Asked, Asked]): Sums {
    return {
      same: this.together(now, unchanged),
      before: this.together(then, changed[0]),
      after: this.together(now, changed[1]),
    };
  }
  /** What those come to together that each come to something. */
  sum(one: Sums, other: Sums): Sums {
    return {
      same: this.either(one.same, other.same),
      before: this.either(one.before, other.before),
      after: this.either(one.after, other.after),
    };
  }

  /**
   * Null where both deny, whatever the facts are.
   *
   * @param sums Of all the rules of a cell
   */
  solve({ same, before, after }: Sums, inBounds: Sides): Solved | null {
    const undenied = this.facts.diagrams.not(same.forbidden);
    if (undenied === FALSE) return null;
    const allowed = [
      inBounds[0] ? this.allowed(before, same.permitted) : FALSE,
      inBounds[1] ? this.allowed(after, same.permitted) : FALSE,
    ] as const;
    return { same, before, after, allowed, undenied };
  }

  /** @param given Where a rule that is not among them allows */
  allowed({ permitted, forbidden }: Together, given: Node): Node {
    const { diagrams } = this.facts;
    return diagrams.and(diagrams.or(given, permitted), diagrams.not(forbidden));
  }

  /** Where the one is true and the other is not. */
  turned(to: Node, from: Node): Node {
    return to === from ? FALSE : this.facts.diagrams.and(to, this.facts.diagrams.not(from));
  }

  /** What some rules of a cell bind. */
  boundIn({ unchanged, changed }: RulesOfCell, [then, now]: readonly [Asked, Asked]): Bound {
    return {
      before: this.bindings(then, changed[0]),
      after: this.bindings(now, changed[1]),
      same: this.bindings(now, unchanged),
    };
  }

  /**
   * Where something binds in one model alone, whatever is allowed: in the first, or in the second. What a limit lets pass that is looser
   * than another one of the same rule is no news.
   *
   * @param parts What all the rules of a cell bind
   */
  boundOtherwise(parts: readonly Bound[]): BoundOtherwise {
    const { diagrams } = this.facts;
    const keys = new Set<number>();
    for (const { before, after } of parts) {
      for (const key of before.keys()) keys.add(key);
      for (const key of after.keys()) keys.add(key);
    }
    const where = (side: keyof Bound, key: number) => {
      let all = FALSE;
      for (const bound of parts) all = diagrams.or(all, bound[side].get(key) ?? FALSE);
      return all;
    };
    const asTight = (side: keyof Bound, key: number) => {
      let all = where(side, key);
      for (const other of this.tighterThan(key, side)) all = diagrams.or(all, where(side, other));
      return all;
    };
    let [gone, come] = [FALSE, FALSE];
    for (const key of keys) {
      const [a, b] = [where("before", key), where("after", key)];
      if (a === b) continue;
      const open = diagrams.not(where("same", key));
      gone = diagrams.or(gone, diagrams.and(this.turned(a, asTight("after", key)), open));
      come = diagrams.or(come, diagrams.and(this.turned(b, asTight("before", key)), open));
    }
    return { gone, come };
  }

  /**
   * Other limits of the same rule that let nothing pass that this does not. One that has come to count something else begins at
   * nothing, and so lets more pass at first.
   */
  private tighterThan(key: number, side: keyof Bound): readonly number[] {
    const limited = this.limits.get(key);
    if (limited === undefined) return [];
    const isTighter = (other: number) => {
      const limit = this.limits.get(other)!;
      return other !== key && isAsTight(limit, limited) && (side === "before" || limit.by === limited.by);
    };
    return [...this.limitsOf.get(this.counters.get(key)!)!].filter(isTighter);
  }
  private addLimit(key: number, path: string, limit: Limit): void {
    const counter = countedAs(path, limit);
    this.limits.set(key, limit);
    this.counters.set(key, counter);
    this.limitsOf.set(counter, (this.limitsOf.get(counter) ?? new Set()).add(key));
  }

  /** Whether a rule decides otherwise somewhere than it did, or what it asks for binds otherwise; undefined where a model has it not. */
  isOtherwise(
    [then, now]: readonly [Said | undefined, Said | undefined],
    [before, after]: readonly [Asked, Asked],
    where: Node,
    what: "decides" | "binds",
  ): boolean {
    const { diagrams } = this.facts;
    const meets = (a: Node, b: Node) =>
      diagrams.and(where, diagrams.or(this.turned(a, b), this.turned(b, a))) !== FALSE;
    if (what === "decides") {
      const [one, other] = [then?.rule.rule, now?.rule.rule];
      if (one !== undefined && other !== undefined && (one.effect !== other.effect || !one.limit !== !other.limit))
        return true;
      return meets(then ? this.applies(before, then) : FALSE, now ? this.applies(after, now) : FALSE);
    }
    const [a, b] = [this.bindings(before, then ? [then] : []), this.bindings(after, now ? [now] : [])];
    return [...new Set([...a.keys(), ...b.keys()])].some((key) => meets(a.get(key) ?? FALSE, b.get(key) ?? FALSE));
  }

  /** Without what nobody can know. */
  exact(node: Node): Node {
    const { never } = this.joined;
    const variable = never === null ? undefined : this.facts.variableOf(never);
    return variable === undefined ? node : this.facts.diagrams.restrict(node, variable.index, 0);
  }

  private together(asked: Asked, rules: readonly Said[]): Together {
    if (rules.length === 0) return nothing;
    const { diagrams } = this.facts;
    let [permitted, forbidden]: [Node, Node] = [FALSE, FALSE];
    for (const said of rules) {
      const { effect, limit } = said.rule.rule;
      if (effect === "allow") permitted = diagrams.or(permitted, this.applies(asked, said));
      else if (limit === null) forbidden = diagrams.or(forbidden, this.applies(asked, said));
    }
    return { permitted, forbidden };
  }
  private either(one: Together, other: Together): Together {
    if (one === nothing) return other;
    if (other === nothing) return one;
    const { diagrams } = this.facts;
    const permitted = diagrams.or(one.permitted, other.permitted);
    return { permitted, forbidden: diagrams.or(one.forbidden, other.forbidden) };
  }

  private applies(asked: Asked, said: Said): Node {
    return asked.applies.get(said) ?? this.make(asked, said).applies;
  }
  private make(asked: Asked, said: Said): { readonly condition: Node; readonly applies: Node } {
    const made = ruleDiagrams(asked.context, said.rule.rule, said.rule.condition);
    asked.applies.set(said, made.applies);
    asked.conditions.set(said, made.condition);
    return made;
  }

  private bindings(asked: Asked, rules: readonly Said[]): Bindings {
    const { diagrams } = this.facts;
    let found: Map<number, Node> | null = null;
    for (const said of rules) {
      if (said.bindings.length === 0) continue;
      found ??= new Map();
      if (said.limits !== -1) this.addLimit(said.limits, said.rule.rule.path, said.rule.rule.limit!);
      const where = diagrams.isNotFalse(asked.conditions.get(said) ?? this.make(asked, said).condition);
      for (const key of said.bindings) found.set(key, diagrams.or(found.get(key) ?? FALSE, where));
    }
    return found ?? nothingBinds;
  }
}

/** What binds, and where it does if the act is allowed. */
export type Bindings = ReadonlyMap<number, Node>;

/** What binds by rules that both models say alike, and by those of the first and of the second. */
export interface Bound {
  readonly same: Bindings;
  readonly before: Bindings;
  readonly after: Bindings;
}

const nothingBinds: Bindings = new Map();

/** Where something that bound does not any more, or looser, and where something binds that did not, or tighter. */
export interface BoundOtherwise {
  readonly gone: Node;
  readonly come: Node;
}

/** What rules ask beyond facts, as text. */
export function mentionsIn(lists: Iterable<readonly Said[]>): string {
  const mentions: number[] = [];
  for (const list of lists)
    for (const said of list) if (!mentions.includes(said.mentions)) mentions.push(said.mentions);
  return mentions.sort((a, b) => a - b).join();
}
