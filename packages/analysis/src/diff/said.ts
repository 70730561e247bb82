import { type Bearing, canonical, type Expr, type World } from "@scruple/model";
import type { CellRule } from "../cell.ts";
import { mentionsOfAll } from "../personal.ts";
import type { RulesOfCell } from "./cell-rules.ts";

/** Whether conditions ask for consents or objections: for none, for those to the request's own purpose alone, or for others. */
export type Asks = "nothing" | "own" | "others";

/** A rule with its condition, and numbers that are equal where they say the same. */
export interface Said {
  readonly rule: CellRule;
  readonly id: number;
  /** Equal where the same is allowed or denied; -1 where nothing is, but limited. */
  readonly decides: number;
  /** Equal where the same duties bind; -1 where none do. */
  readonly binds: number;
  /** What binds by it, each as it is where it is the same: duties, and its own limit. */
  readonly bindings: readonly string[];
  /** Equal where the same is asked beyond facts. */
  readonly mentions: number;
  readonly asks: Asks;
  /** Whether it depends on who started the interaction. */
  readonly asksStart: boolean;
  /** It denies all that it selects. */
  readonly deniesAlways: boolean;
}

/** Gives rules the numbers by which they are compared. */
export class Sayings {
  private readonly facts: World;
  private readonly byText = new Map<string, number>();

  /** @param facts A world for the conditions of both models. */
  constructor(facts: World) {
    this.facts = facts;
  }

  of(rule: Bearing, condition: readonly Expr[]): Said {
    const { path, effect, limit } = rule;
    const conditionId = this.numberOf(JSON.stringify(condition));
    const duties = rule.duties.map(({ name, arguments: given }) => JSON.stringify([name, given]));
    const mentioned = mentionsOfAll(this.facts, condition);
    const mentions = [...mentioned.values()];
    const personal = mentions.filter(({ kind }) => kind !== "outbound");
    return {
      rule: { rule, condition },
      id: this.numberOf([path, effect, limit === null ? "" : JSON.stringify(limit), ...duties, conditionId].join("\n")),
      decides: limit === null ? this.numberOf(`${effect} ${conditionId}`) : -1,
      bindings: limit === null ? duties : [...duties, canonical([path, limit])],
      binds: duties.length === 0 ? -1 : this.numberOf(`binds ${duties.join()} ${conditionId}`),
      mentions: this.numberOf(`mentions ${[...mentioned.keys()].sort()}`),
      asks: personal.length === 0 ? "nothing" : personal.every(({ purpose }) => purpose === null) ? "own" : "others",
      asksStart: mentions.length > personal.length,
      deniesAlways: effect === "deny" && limit === null && condition.length === 0,
    };
  }

  numberOf(text: string): number {
    const known = this.byText.get(text) ?? this.byText.size;
    this.byText.set(text, known);
    return known;
  }
}

export function hasDuties({ rule }: Said): boolean {
  return rule.rule.duties.length > 0;
}

/** What the rules of a cell ask together. */
export function asksOf({ unchanged, changed: [before, after] }: RulesOfCell): Asks {
  let most: Asks = "nothing";
  for (const list of [unchanged, before, after]) {
    for (const { asks } of list) {
      if (asks === "others") return "others";
      if (asks === "own") most = "own";
    }
  }
  return most;
}
