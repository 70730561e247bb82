import type { CellRule } from "../cell.ts";

/** What formulas are put together with: in diagrams, of one concrete request, of all those that can be tried, in a solver. */
export interface Connectives<B> {
  and(list: readonly B[]): B;
  or(list: readonly B[]): B;
  not(one: B): B;
}

/** A logic in which a claim about a cell can be read. */
export interface Logic<B> extends Connectives<B> {
  /** How the condition of the rule at an index comes out. */
  isTrue(index: number): B;
  isFalse(index: number): B;
}

/** Something that holds for some requests, or for none. */
export interface Claim {
  readonly text: string;
  /** Of requests with all facts known, or of all. */
  readonly over: "all" | "known";
  read<B>(logic: Logic<B>): B;
}

export function allowed<B>(logic: Logic<B>, rules: readonly CellRule[], without = -1): B {
  const applying = (effect: "allow" | "deny") =>
    rules.flatMap(({ rule }, index) => {
      if (rule.effect !== effect || index === without || (effect === "deny" && rule.limit !== null)) return [];
      return [effect === "allow" ? logic.isTrue(index) : logic.not(logic.isFalse(index))];
    });
  return logic.and([logic.or(applying("allow")), logic.not(logic.or(applying("deny")))]);
}

/** Everything that lints and proofs ask about a cell: whether it can happen, follows, or makes a difference. */
export function claimsOf(rules: readonly CellRule[]): readonly Claim[] {
  const claims: Claim[] = [];
  const claim = (text: string, read: Claim["read"]) => {
    for (const over of ["all", "known"] as const) claims.push({ text: `${text} (${over})`, over, read });
  };
  claim("allowed", (logic) => allowed(logic, rules));
  claim("denied", (logic) => logic.not(allowed(logic, rules)));
  for (const [i, { rule }] of rules.entries()) {
    claim(`${rule.path} true`, (logic) => logic.isTrue(i));
    claim(`${rule.path} false`, (logic) => logic.isFalse(i));
    claim(`${rule.path} unknown`, (logic) => logic.and([logic.not(logic.isTrue(i)), logic.not(logic.isFalse(i))]));
    claim(`${rule.path} matters`, (logic) => {
      const [all, without] = [allowed(logic, rules), allowed(logic, rules, i)];
      return logic.or([logic.and([all, logic.not(without)]), logic.and([without, logic.not(all)])]);
    });
    claim(`${rule.path} binds`, (logic) => logic.and([allowed(logic, rules), logic.not(logic.isFalse(i))]));
    for (const j of rules.keys()) {
      if (i !== j)
        claim(`${rule.path} without ${rules[j]!.rule.path}`, (logic) =>
          logic.and([logic.isTrue(i), logic.not(logic.isTrue(j))]),
        );
    }
  }
  return claims;
}
