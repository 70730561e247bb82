import { type Bearing, canonical, type Expr, type World } from "@scruple/model";
import type { CellRule } from "../cell.ts";
import { type Mentions, mentionsOfAll } from "../personal.ts";

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
  /** What binds by it, each by a number that is equal where it is the same: duties, and its own limit. */
  readonly bindings: readonly number[];
  /** Its own limit among them; -1 where it has none. */
  readonly limits: number;
  /** Equal where the same is asked beyond facts. */
  readonly mentions: number;
  readonly asks: Asks;
  /** Whether it depends on who started the interaction. */
  readonly asksStart: boolean;
  /** It denies all that it selects. */
  readonly deniesAlways: boolean;
}

const none: readonly number[] = [];

/** Gives rules the numbers by which they are compared. */
export class Sayings {
  private readonly facts: World;
  private readonly byText = new Map<string, number>();
  private readonly asked = new Map<string, Pick<Said, "mentions" | "asks" | "asksStart">>();

  /** @param facts A world for the conditions of both models. */
  constructor(facts: World) {
    this.facts = facts;
  }

  of(rule: Bearing, condition: readonly Expr[]): Said {
    const { path, effect, limit } = rule;
    const conditionId = this.numberOf(JSON.stringify(condition));
    const decides = `${effect} ${conditionId}`;
    const duties = rule.duties.map(({ name, arguments: given }) => JSON.stringify([name, given]));
    const binding = limit === null ? duties : [...duties, canonical([path, limit])];
    const bindings = binding.length === 0 ? none : binding.map((one) => this.numberOf(one));
    const asked = this.askedBy(mentionsOfAll(this.facts, condition));
    return {
      rule: { rule, condition },
      id: this.numberOf([path, decides, ...binding].join("\n")),
      decides: limit === null ? this.numberOf(decides) : -1,
      bindings,
      limits: limit === null ? -1 : bindings.at(-1)!,
      binds: duties.length === 0 ? -1 : this.numberOf(`binds ${duties.join()} ${conditionId}`),
      mentions: asked.mentions,
      asks: asked.asks,
      asksStart: asked.asksStart,
      deniesAlways: effect === "deny" && limit === null && condition.length === 0,
    };
  }

  private askedBy(mentioned: Mentions): Pick<Said, "mentions" | "asks" | "asksStart"> {
    const key = [...mentioned.keys()].sort().join();
    const known = this.asked.get(key);
    if (known !== undefined) return known;
    const mentions = [...mentioned.values()];
    const personal = mentions.filter(({ kind }) => kind !== "outbound");
    const made: Pick<Said, "mentions" | "asks" | "asksStart"> = {
      mentions: this.asked.size,
      asks: personal.length === 0 ? "nothing" : personal.every(({ purpose }) => purpose === null) ? "own" : "others",
      asksStart: mentions.length > personal.length,
    };
    this.asked.set(key, made);
    return made;
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

/** What two ask together. */
export function asksMore(one: Asks, other: Asks): Asks {
  if (one === "others" || other === "others") return "others";
  return one === "own" ? one : other;
}
