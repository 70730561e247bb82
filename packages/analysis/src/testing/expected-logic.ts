import {
  bearingOfRule,
  type Condition,
  type Expr,
  factsIn,
  type Id,
  type Interaction,
  policyOf,
  type Rule,
  selectsData,
  type World,
  within,
} from "@scruple/model";
import { clausesOf, exceptionPaths, withoutException } from "../lints/clauses.ts";
import { mentionsOf } from "../personal.ts";
import { alike, type Bears, isDenial, type Look, type Looks, purposesOf } from "./looks.ts";

/** Formulas of one look for each rule that bears there. */
type Of<B> = (look: Look<B>, own: Bears<B>) => readonly B[];

/** What logic says of a rule, but for what it says of several together. */
export async function expectedOfRule<B>(looks: Looks<B>, rule: Rule): Promise<readonly string[]> {
  const { world, requests } = looks;
  const { path } = rule;
  const own = looks.all.filter(({ rules }) => rules.has(path));
  const where = asker(looks, path, alike(own));
  if (own.length === 0) {
    if (rule.effect === "allow" || rule.interaction !== null || !namesData(world, rule))
      return [`rule-selects-nothing ${path}`];
    return [`guards-against-nothing ${path}`];
  }
  const expected: string[] = [];
  const constants: { readonly value: boolean; readonly isOwn: boolean }[] = [];
  for (const { expr, clause, exception } of clausesOf(rule)) {
    // What is said of a named condition is said there; a guard is also for interactions that are yet to be started otherwise.
    if (expr.op === "condition" || (rule.interaction === null && asksWho(world, expr))) continue;
    const facts = factsIn(expr, world.conditions);
    for (const value of [true, false]) {
      const varies = await where(({ on }) => {
        const { t, f } = requests.outcome(on, expr);
        return [requests.and([requests.known(on, facts), requests.not(value ? t : f)])];
      });
      if (varies) continue;
      expected.push(`condition-always-${value} ${path} ${clause} ${exception}`);
      constants.push({ value, isOwn: (clause === "when") === !value });
    }
  }
  if (!(await where((_, { applies }) => [applies]))) {
    if (!constants.some(({ isOwn }) => isOwn)) expected.push(`rule-never-applies ${path}`);
    return expected;
  }
  const decides = await where(({ allowed }, { applies }) => [requests.and([applies, allowed])]);
  if (rule.effect === "allow" && !decides) expected.push(`rule-cancelled ${path}`);
  else expected.push(...(await idleExceptions(looks, rule, own)).map((one) => `exception-never-bites ${path} ${one}`));
  if (rule.effect === "deny" && rule.limit === null) {
    const isMet = await where(({ permitted }, { applies }) => [requests.and([applies, permitted])]);
    if (!isMet) expected.push(`guards-against-nothing ${path}`);
  }
  return expected;
}

function asker<B>({ requests }: Looks<B>, path: string, own: readonly Look<B>[]): (of: Of<B>) => Promise<boolean> {
  return (of) => requests.some(own.flatMap((look) => of(look, look.rules.get(path)!)));
}

export function asksWho(world: World, expr: Expr): boolean {
  return [...mentionsOf(world, expr).values()].some(({ kind }) => kind === "outbound");
}

/** Whether there is data that a denial means, in whatever interaction. */
function namesData(world: World, rule: Rule): boolean {
  const alone = { ...rule, with: null };
  return [...world.fields].some(([field, { levels }]) =>
    [null, ...levels].some((level) => selectsData(world, alone, { field, with: null, level }, "wide")),
  );
}

/** Exceptions without which the rule's condition is the same everywhere; of one inside another the outer one. */
async function idleExceptions<B>(
  looks: Looks<B>,
  rule: Rule,
  own: readonly Look<B>[],
): Promise<readonly (readonly number[])[]> {
  const { world, requests } = looks;
  const idle: (readonly number[])[] = [];
  for (const exception of exceptionPaths(rule.exceptions)) {
    if (idle.some((outer) => outer.every((index, at) => exception[at] === index))) continue;
    const without = bearingOfRule(world, withoutException(rule, exception));
    const bites = await asker(
      looks,
      rule.path,
      own,
    )(({ acts, isUniform, on }, { outcome }) => {
      const some = isUniform ? acts.slice(0, 1) : acts;
      const others = some.map((act) => requests.outcome(on, { op: "and", operands: without.condition(act) }));
      return [...new Set(others)]
        .filter((other) => other !== outcome)
        .flatMap((other) => [differs(looks, outcome.t, other.t), differs(looks, outcome.f, other.f)]);
    });
    if (!bites) idle.push(exception);
  }
  return idle;
}

function differs<B>({ requests }: Looks<B>, one: B, other: B): B {
  return requests.or([requests.and([one, requests.not(other)]), requests.and([other, requests.not(one)])]);
}

/** Allows that change nothing, the later ones first; and allows of one act on different bases. */
export async function expectedOfRedundancy<B>(
  looks: Looks<B>,
  rules: ReadonlyMap<string, Rule>,
): Promise<readonly string[]> {
  const { requests, world } = looks;
  const expected: string[] = [];
  for (const { id } of world.model.interactions) {
    const inside = alike(looks.all).filter(({ interaction }) => interaction.id === id);
    const leftOut = new Set<string>();
    const allows = [...rules.values()].filter(({ interaction, effect }) => interaction === id && effect === "allow");
    for (const rule of allows.sort((a, b) => placeOf(b) - placeOf(a))) {
      const own = inside.filter((look) => look.rules.has(rule.path));
      const bears = (look: Look<B>) => look.rules.get(rule.path)!;
      const decides = await requests.some(own.map((look) => requests.and([bears(look).applies, look.allowed])));
      if (!decides) continue;
      const isNeeded = (left: ReadonlySet<string>) =>
        requests.some(own.flatMap((look) => whereNeeded(looks, look, rule, rules, left)));
      // With all others, and then without those that are not needed either.
      if ((await isNeeded(new Set())) || (leftOut.size > 0 && (await isNeeded(leftOut)))) continue;
      leftOut.add(rule.path);
      expected.push(`redundant-rule ${rule.path}`);
    }
  }
  return [...expected, ...(await conflicts(looks, rules))];
}

function placeOf({ at: { file, line, column } }: Rule): number {
  return (file * 1e6 + line) * 1e4 + column;
}

/** Where an allow makes a difference among those that are left: to the verdict, or to what is told, its bases or duties. */
function whereNeeded<B>(
  { requests }: Looks<B>,
  look: Look<B>,
  rule: Rule,
  written: ReadonlyMap<string, Rule>,
  leftOut: ReadonlySet<string>,
): readonly B[] {
  const own = look.rules.get(rule.path)!;
  const others = [...look.rules.values()].filter(({ rule: { path } }) => path !== rule.path && !leftOut.has(path));
  const allows = others.filter((one) => one.rule.effect === "allow");
  const denied = requests.or(others.flatMap((one) => (isDenial(one.rule) ? [one.applies] : [])));
  const allowed = requests.and([requests.or([own, ...allows].map(({ applies }) => applies)), requests.not(denied)]);
  const alone = (own: B, rest: readonly B[]) => requests.and([allowed, own, requests.not(requests.or(rest))]);
  const saying = (what: "told" | "basis") =>
    allows.filter(({ rule: { path } }) => textOf(written.get(path), what) === textOf(rule, what));
  const binding = (one: Bears<B>) => requests.not(one.outcome.f);
  const ask = (text: string) =>
    allows.filter(({ rule: { duties } }) => duties.some((duty) => dutyText(duty) === text)).map(binding);
  return [
    alone(
      own.applies,
      allows.map(({ applies }) => applies),
    ),
    ...(["told", "basis"] as const).flatMap((what) =>
      rule[what] === null
        ? []
        : [
            alone(
              own.applies,
              saying(what).map(({ applies }) => applies),
            ),
          ],
    ),
    ...rule.duties.map((duty) => alone(binding(own), ask(dutyText(duty)))),
  ];
}

function textOf(rule: Rule | undefined, what: "told" | "basis"): string | null | undefined {
  return what === "told" ? rule?.told : rule?.basis?.text;
}
function dutyText({ name, arguments: values }: Rule["duties"][number]): string {
  return JSON.stringify([name, values]);
}

async function conflicts<B>(
  { all: looks, requests }: Looks<B>,
  rules: ReadonlyMap<string, Rule>,
): Promise<readonly string[]> {
  const expected: string[] = [];
  const all = alike(looks);
  const based = [...rules.values()].filter(({ effect, basis }) => effect === "allow" && basis !== null);
  for (const one of based) {
    for (const other of based) {
      if (one.path >= other.path || one.basis!.text === other.basis!.text) continue;
      const both = all.filter((look) => look.rules.has(one.path) && look.rules.has(other.path));
      const applies = (look: Look<B>) => [one, other].map(({ path }) => look.rules.get(path)!.applies);
      if (await requests.some(both.map((look) => requests.and([look.allowed, ...applies(look)]))))
        expected.push(`conflicting-bases ${other.path} ${one.path}`);
    }
  }
  return expected;
}

/** Interactions, their purposes and channels under which nothing is allowed, or without limit; and named conditions. */
export async function expectedOfInteractions<B>(looks: Looks<B>): Promise<readonly string[]> {
  const { world, requests } = looks;
  const expected: string[] = [];
  for (const interaction of world.model.interactions) {
    const { id, startedBy } = interaction;
    const allowing = (await looks.allowing()).filter((look) => look.interaction === interaction);
    if (allowing.length === 0) expected.push(`nothing-allowed ${id}`);
    else expected.push(...idleBounds(world, interaction, allowing).map((bound) => `nothing-allowed ${id} ${bound}`));
    const free = alike(allowing).map(({ allowed, rules }) => {
      const limits = [...rules.values()].filter(({ rule }) => rule.limit !== null);
      return requests.and([allowed, ...limits.map(({ outcome }) => outcome.f)]);
    });
    if (startedBy === "company" && (await requests.some(free))) expected.push(`outbound-without-limit ${id}`);
  }
  if (world.model.interactions.length > 0) expected.push(...(await constantConditions(looks)));
  return expected;
}

function idleBounds<B>(world: World, { purposes, channels }: Interaction, allowing: readonly Look<B>[]): readonly Id[] {
  const acts = allowing.flatMap((look) => look.acts);
  const isUnder = (tree: World["purposes"], bound: Id, one: Id) => within(tree, [bound]).has(one);
  return [
    ...purposes.filter((bound) => !acts.some(({ purpose }) => isUnder(world.purposes, bound, purpose))),
    ...channels.filter((bound) => !acts.some(({ channel }) => isUnder(world.channels, bound, channel))),
  ];
}

async function constantConditions<B>(looks: Looks<B>): Promise<readonly string[]> {
  const { world, requests } = looks;
  const expected: string[] = [];
  const purposes = [...new Set(looks.all.flatMap(({ acts }) => purposesOf(acts)))];
  const own = [...world.conditions.values()].filter(({ id }: Condition) => policyOf(id) === world.model.policy);
  for (const { id, expr } of own) {
    if (asksWho(world, expr)) continue;
    const facts = factsIn(expr, world.conditions);
    for (const value of [true, false]) {
      const against = purposes.map((purpose) => {
        const on = { startedBy: null, purpose, age: "data" } as const;
        const { t, f } = requests.outcome(on, expr);
        return requests.and([requests.known(on, facts), requests.not(value ? t : f)]);
      });
      if (!(await requests.some(against))) expected.push(`condition-always-${value} ${id}`);
    }
  }
  return expected;
}
