import { type Act, type Expr, factsIn, type PromiseLine, selects, selectsOperation } from "@scruple/model";
import { mentionsOf } from "../personal.ts";
import { asksWho } from "./expected-logic.ts";
import type { Looks } from "./looks.ts";
import type { Asked } from "./requests.ts";

/** What logic says of a line of a promise: that it promises nothing, or asks for nothing. */
export async function expectedOfLine<B>(looks: Looks<B>, line: PromiseLine, name: string): Promise<readonly string[]> {
  const { world, requests } = looks;
  const acts = looks.all.flatMap((look) => look.acts);
  const isSpokenOf = (act: Act) =>
    selectsOperation(line.operations, act.operation, "narrow") && selects(world, line, act, "narrow");
  // What never happens need not be possible yet.
  if (line.modality === "always" && !acts.some(isSpokenOf)) return [`rule-selects-nothing ${name} null`];
  const said = [line.when, line.unless].filter((expr) => expr !== null);
  const asked = said.every((expr) => mentionsOf(world, expr).size === 0)
    ? [looks.askedOf(acts[0]!)]
    : occasions(looks, line, acts);
  if (asked.length === 0) return [];
  const anywhere = (of: (on: Asked) => B) => requests.some(asked.map(of));
  const known = (on: Asked, exprs: readonly Expr[]) => {
    const facts = exprs.flatMap((expr) => factsIn(expr, world.conditions));
    return requests.known(on, facts);
  };
  const expected: string[] = [];
  let isSaid = false;
  for (const clause of ["when", "unless"] as const) {
    const expr = line[clause];
    if (expr === null || expr.op === "condition" || asksWho(world, expr)) continue;
    for (const value of [true, false]) {
      const against = (on: Asked) => requests.not(requests.outcome(on, expr)[value ? "t" : "f"]);
      if (await anywhere((on) => requests.and([known(on, [expr]), against(on)]))) continue;
      expected.push(`condition-always-${value} ${name} ${clause}`);
      isSaid ||= value === (clause === "unless");
    }
  }
  const holds = (on: Asked) => {
    const [when, unless] = [line.when, line.unless].map((expr) => (expr === null ? null : requests.outcome(on, expr)));
    if (line.modality === "always")
      return requests.and([known(on, said), ...(when ? [when.t] : []), ...(unless ? [unless.f] : [])]);
    return requests.and([...(when ? [requests.not(when.f)] : []), ...(unless ? [requests.not(unless.t)] : [])]);
  };
  if (!isSaid && !(await anywhere(holds))) expected.push(`rule-never-applies ${name} null`);
  return expected;
}

/** On which acts its purposes, channels and recipients meet, whatever data that is. */
function occasions<B>(looks: Looks<B>, line: PromiseLine, acts: readonly Act[]): readonly Asked[] {
  const { world } = looks;
  const reading = line.modality === "never" ? "wide" : "narrow";
  const about = { ...line, data: null, with: null, level: null };
  const places = new Map<string, Act>();
  for (const act of acts)
    places.set([act.interaction, act.purpose, act.channel, ...act.recipients].join(" "), { ...act, with: null });
  return [...places.values()].filter((act) => selects(world, about, act, reading)).map((act) => looks.askedOf(act));
}
