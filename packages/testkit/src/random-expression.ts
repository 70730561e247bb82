import type { Dice } from "./dice.ts";
import { cities, date, time, type Words } from "./random-words.ts";

/** A well-typed condition over the attributes and facts that every random policy declares. */
export function randomExpression(dice: Dice, words: Words, depth = 2): string {
  if (depth === 0 || dice.chance(0.45)) return atom(dice, words);
  const inner = () => randomExpression(dice, words, depth - 1);
  switch (dice.int(0, 3)) {
    case 0:
      return `not (${inner()})`;
    case 1:
      return `(${inner()} and ${inner()})`;
    case 2:
      return `(${inner()} or ${inner()})`;
    default:
      return `(${inner()} or ${inner()} or not (${inner()}))`;
  }
}

function atom(dice: Dice, words: Words): string {
  const equal = () => dice.pick(["=", "!="]);
  const order = () => dice.pick(["=", "!=", "<", "<=", ">", ">="]);
  const purpose = () => dice.maybe(0.5, () => ` for ${dice.pick(words.purposes)}`);
  const atoms: readonly (() => string)[] = [
    () => "subject.vip",
    () => `subject.vip ${equal()} ${dice.pick(["true", "false", "nearby"])}`,
    () => `subject.age ${order()} ${dice.int(0, 120)}`,
    () => `${dice.int(0, 120)} ${order()} subject.age`,
    () => `subject.age ${order()} subject.years`,
    () => `subject.age in ${dice.int(0, 60)}..${dice.int(61, 120)}`,
    () => `subject.age in {${dice.some([1, 17, 18, 65, 120]).join(", ")}}`,
    () => `subject.region ${equal()} ${dice.pick(["eu", "uk", "us"])}`,
    () => `subject.region in {${dice.some(["eu", "uk", "us"], 1, 2).join(", ")}}`,
    () => `subject.tags.contains(${dice.pick(["gold", "new", "staffer"])})`,
    () => `subject.city ${equal()} "${dice.pick(cities)}"`,
    () => `subject.city in {${dice.some(cities.map((city) => `"${city}"`)).join(", ")}}`,
    () => `subject.since ${order()} day`,
    () => "nearby",
    () => `distance ${order()} ${dice.int(0, 10_000)}`,
    () => `day ${order()} ${date(dice)}`,
    () => `today ${order()} ${date(dice)}`,
    () => `elapsed ${order()} ${dice.int(0, 60)} minutes`,
    () => `opens ${order()} ${time(dice)}`,
    () => `local_time in ${time(dice)}..${time(dice)}`,
    () => `group_size ${order()} ${dice.pick([1, 2, 50, 1000])}`,
    () => `data.age ${order()} ${dice.int(0, 400)} days`,
    () => `consent${purpose()}`,
    () => `explicit consent${purpose()}`,
    () => `objection${purpose()}`,
    () => "outbound",
    () => dice.pick(["true", "false"]),
    () => (words.conditions.length > 0 ? dice.pick(words.conditions) : "subject.vip"),
  ];
  const { more } = words.scale;
  if (more > 0 && dice.chance(0.4)) return ofMany(dice, more);
  return dice.pick(words.kinds === null ? atoms : ofFew(dice, words, words.kinds))();
}

function ofMany(dice: Dice, count: number): string {
  const one = (name: string) => `${name}_${dice.int(0, count - 1)}`;
  const some = (name: string) => [...new Set(Array.from({ length: 12 }, () => one(name)))].join(", ");
  return dice.pick([
    () => one("flag"),
    () => `subject.plan = ${one("plan")}`,
    () => `subject.plan in {${some("plan")}}`,
    () => `subject.badges.contains(${one("badge")})`,
  ])();
}

/** So many kinds of facts are there with few values. */
export const fewKinds = 10;

/** What asks for facts of some kinds alone, and compares them with a value or two. */
function ofFew(dice: Dice, words: Words, kinds: readonly number[]): readonly (() => string)[] {
  const order = () => dice.pick(["=", "!=", "<", "<=", ">", ">="]);
  const purpose = () => dice.maybe(0.5, () => ` for ${dice.pick(words.purposes)}`);
  const all: readonly (() => string)[] = [
    () => "subject.vip",
    () => `subject.age ${order()} ${dice.pick([18, 65])}`,
    () => `subject.region = ${dice.pick(["eu", "uk"])}`,
    () => `subject.tags.contains(${dice.pick(["gold", "new"])})`,
    () => `subject.city = "${cities[0]}"`,
    () => `group_size ${order()} ${dice.pick([2, 1000])}`,
    () => `data.age ${order()} 10 days`,
    () => `${dice.maybe(0.4, () => "explicit ")}consent${purpose()}`,
    () => `objection${purpose()}`,
    () => `local_time in 21:00..${dice.pick(["07:00", "22:00"])}`,
  ];
  const others = [() => "outbound", () => dice.pick(["true", "false"]), ...words.conditions.map((name) => () => name)];
  return [...kinds, ...kinds].map((kind) => all[kind]!).concat(dice.chance(0.3) ? others : []);
}
