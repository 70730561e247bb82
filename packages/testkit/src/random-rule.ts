import type { Dice } from "./dice.ts";
import { randomExpression } from "./random-expression.ts";
import { date, levels, units, type Words } from "./random-words.ts";

const operations = ["collect", "infer", "combine", "use", "disclose"] as const;
const bases = [
  ...["consent", "explicit consent", "contract", "legal_obligation"],
  ...["legitimate_interest", "vital_interest", "public_task"],
] as const;

/** A rule that compiles, after its name. */
export function randomRule(dice: Dice, words: Words, effect: "allow" | "deny"): string {
  const joins = dice.chance(0.12);
  const acts = joins ? "combine" : dice.chance(0.2) ? "process" : dice.some(operations, 1, 3).join(", ");
  const allows = effect === "allow";
  const isBroad = words.scale.broad > 0 && dice.chance(words.scale.broad);
  return [
    `${effect} ${acts} ${isBroad ? "any, special" : data(dice, words)}`,
    joins ? ` with ${data(dice, words)}` : "",
    isBroad ? "" : selectors(dice, words),
    allows ? dice.maybe(0.3, () => ` under ${basis(dice, words)}`) : "",
    dice.maybe(0.3, () => ` when ${randomExpression(dice, words)}`),
    dice.maybe(0.2, () => ` unless ${randomExpression(dice, words)}`),
    allows ? dice.maybe(0.1 * words.scale.timed, () => ` until ${date(dice)}`) : dice.maybe(0.15, () => limit(dice)),
    allows && words.duties.length > 0 ? dice.maybe(0.3, () => ` then ${duties(dice, words)}`) : "",
    allows ? dice.maybe(0.2, () => ` told "we tell ${dice.int(1, 3)}"`) : "",
    dice.maybe(0.2, () => ` because "reason ${dice.int(1, 3)}"`),
    dice.maybe(0.3, () => exceptions(dice, words, 3)),
  ].join("");
}

function data(dice: Dice, words: Words): string {
  return dice.some(["any", "any", "special", ...words.categories, ...words.sources, ...words.fields]).join(", ");
}

function selectors(dice: Dice, words: Words): string {
  return [
    dice.maybe(0.3, () => ` for ${dice.some(words.purposes).join(", ")}`),
    dice.maybe(0.3, () => ` on ${dice.some(words.channels).join(", ")}`),
    dice.maybe(0.2, () => ` to ${dice.some(words.recipients).join(", ")}`),
    dice.maybe(0.12, () => ` at ${dice.pick(levels)}`),
  ].join("");
}

function basis(dice: Dice, words: Words): string {
  const chosen = dice.pick(bases);
  return chosen + (chosen.endsWith("consent") ? dice.maybe(0.5, () => ` for ${dice.pick(words.purposes)}`) : "");
}

function limit(dice: Dice): string {
  const every = dice.maybe(0.5, () => `${dice.int(1, 30)} `);
  return ` after ${dice.int(0, 5)} per ${every}${dice.pick(units)}${dice.maybe(0.3, () => " per channel")}`;
}

function duties(dice: Dice, words: Words): string {
  const call = (duty: string) =>
    duty.endsWith("tell") ? `${duty}(\`__proto__\` = "dpo", at = ${dice.int(0, 9)})` : duty;
  return dice.some(words.duties, 1, 2).map(call).join(", ");
}

function exceptions(dice: Dice, words: Words, depth: number): string {
  const one = () => exception(dice, words, depth);
  return dice.chance(0.5) ? ` except ${one()}` : ` except { ${one()} | ${one()} }`;
}

function exception(dice: Dice, words: Words, depth: number): string {
  const selected = [
    dice.maybe(0.4, () => data(dice, words)),
    dice.maybe(0.1, () => ` with ${data(dice, words)}`),
    selectors(dice, words),
    dice.maybe(0.3, () => ` when ${randomExpression(dice, words, 1)}`),
    dice.maybe(0.2, () => ` unless ${randomExpression(dice, words, 1)}`),
  ].join("");
  const nested = depth > 1 ? dice.maybe(0.25, () => exceptions(dice, words, depth - 1)) : "";
  return (selected.trim() === "" ? " when subject.vip" : selected) + nested;
}
