import { compile } from "@scruple/compiler";
import { evaluator, type Model } from "@scruple/model";
import { Dice } from "@scruple/testkit";
import { expect, test } from "vitest";
import { explainer } from "./explain.ts";

const [minute, hour, day] = [60, 3_600, 86_400];

/** All times and ages are so many seconds apart, so that what a condition says changes there, one second or one minute later. */
const grain = 2 * hour;
const lags = [0, 1, minute];
/** By then every date has come, and everything has aged beyond all that is mentioned, for more than a day. */
const horizon = 7 * day;
const today = Date.parse("2026-11-23T00:00:00Z");

const dateOf = (days: number) => new Date(today + days * day * 1_000).toISOString().slice(0, 10);
const timeOf = (seconds: number) => new Date(seconds * 1_000).toISOString().slice(11, 16);
const someDate = (dice: Dice) => dateOf(dice.int(-2, 4));
const someTime = (dice: Dice) => timeOf(dice.int(0, 11) * grain);
const someAge = (dice: Dice) => `${dice.int(0, 48) * 2} hours`;

/** Something about a clock, or about another fact that stands still. */
function condition(dice: Dice, depth = 2): string {
  const operator = () => dice.pick(["<", "<=", ">", ">=", "=", "!="]);
  const inner = () => condition(dice, depth - 1);
  const one = dice.int(depth > 0 ? 0 : 4, 14);
  if (one < 2) return `(${inner()} and ${inner()})`;
  if (one < 3) return `(${inner()} or ${inner()})`;
  if (one < 4) return `not ${inner()}`;
  if (one < 6) return `today ${operator()} ${someDate(dice)}`;
  if (one < 8) return `local_time ${operator()} ${someTime(dice)}`;
  if (one < 9) return `local_time in ${someTime(dice)}..${someTime(dice)}`;
  if (one < 11) return `data.age ${operator()} ${someAge(dice)}`;
  if (one < 12) return `local_time ${operator()} opens`;
  if (one < 13) return `today ${operator()} subject.since`;
  if (one < 14) return `data.age ${operator()} subject.trial`;
  return dice.pick(["consent", "nearby"]);
}

function policy(dice: Dice): string {
  const quiet = () => dice.maybe(0.5, () => `quiet ${someTime(dice)}..${someTime(dice)} ${dice.maybe(0.3, except)}`);
  const keep = () => dice.maybe(0.6, () => `keep at most ${someAge(dice)} ${dice.maybe(0.2, except)}`);
  const except = () => "except for service";
  const rule = () => {
    const effect = dice.chance(0.6) ? "allow" : "deny";
    const what = dice.pick(["any", "any", "behaviour", "place"]);
    const until = effect === "allow" ? dice.maybe(0.3, () => `until ${someDate(dice)}`) : "";
    const exception = dice.maybe(0.3, () => `except when ${condition(dice)}`);
    return `${effect} process ${what} when ${condition(dice)} ${until} ${exception}`;
  };
  return `policy shop
purpose marketing purpose service recipient customer
channel phone reaches customer ${quiet()}
channel sms within phone reaches customer ${quiet()}
category behaviour category place
source orders provided ${keep()} { purchases : behaviour }
source homes observed ${keep()} { home : place }
source guesses derived from orders, homes ${keep()} { taste : behaviour }
subject { since : date trial : duration }
facts { nearby : bool opens : time }
interaction offer started by company ${dice.maybe(0.2, () => `until ${someDate(dice)}`)} {
  purposes marketing, service channels phone, sms
  ${Array.from({ length: dice.int(1, 4) }, (_, i) => `r${i}: ${rule()}`).join("\n  ")}
}`;
}

interface Asked {
  readonly data: readonly Piece[];
  readonly with?: Piece;
  readonly facts: Readonly<Record<string, unknown>>;
}
interface Piece {
  readonly field: string;
  readonly age?: number;
}

function request(dice: Dice): Asked {
  const operation = dice.pick(["use", "use", "disclose", "infer", "combine"]);
  const isShared = dice.chance(0.5);
  const age = () => dice.int(0, 24) * grain;
  const piece = (): Piece => ({
    field: dice.pick(["orders.purchases", "homes.home", "guesses.taste"]),
    ...(!isShared && dice.chance(0.9) && { age: age() }),
  });
  const known = <T>(name: string, value: () => T) => (dice.chance(0.9) ? { [name]: value() } : {});
  return {
    ...{ interaction: "offer", operation, purpose: dice.pick(["marketing", "service"]), channel: "sms" },
    data: Array.from({ length: dice.pick([1, 1, 2]) }, piece),
    ...(operation === "combine" && { with: piece() }),
    ...{ consents: dice.pick([[], [{ purpose: "marketing", channel: "any" }]]), objections: [] },
    subject: {
      ...known("since", () => someDate(dice)),
      ...known("trial", () => someAge(dice)),
    },
    facts: {
      ...known("today", () => dateOf(0)),
      ...known("local_time", () => someTime(dice)),
      ...known("opens", () => someTime(dice)),
      ...(isShared && known("data.age", age)),
      nearby: true,
    },
  } as Asked;
}

/** The same request so many seconds later. Of a day that is not known in hours it is now the first moment. */
function later(raw: Asked, seconds: number): Asked {
  const { facts } = raw;
  const clock = typeof facts.local_time === "string" ? facts.local_time : "00:00";
  const then = Number(clock.slice(0, 2)) * hour + Number(clock.slice(3)) * minute + seconds;
  const older = (piece: Piece) => (piece.age === undefined ? piece : { ...piece, age: piece.age + seconds });
  return {
    ...raw,
    data: raw.data.map(older),
    ...(raw.with && { with: older(raw.with) }),
    facts: {
      ...facts,
      ...("today" in facts && { today: dateOf(Math.floor(then / day)) }),
      ...("local_time" in facts && { local_time: timeOf(then % day) }),
      ...("data.age" in facts && { "data.age": (facts["data.age"] as number) + seconds }),
    },
  };
}

function modelOf(text: string): Model {
  const program = compile([{ path: "a.scruple", text }]);
  const model = program.model("shop");
  if (model === null) throw new Error(program.diagnostics.map(({ message }) => message).join("\n"));
  return model;
}

test("on random policies, it is the first moment at which time alone cures a denial, of all that there are", () => {
  const moments = Array.from({ length: horizon / grain }, (_, i) => lags.map((lag) => i * grain + lag)).flat();
  const found = { waits: 0, nothing: 0, combined: 0 };
  for (let seed = 1; seed <= 40; seed++) {
    const dice = new Dice(seed);
    const model = modelOf(policy(dice));
    const { decide } = evaluator(model);
    const { explain } = explainer(model);
    for (let i = 0; i < 4; i++) {
      const raw = request(dice);
      const { decision, wait } = explain(raw);
      expect(decision.errors).toEqual([]);
      const isAllowed = (seconds: number) => decide(later(raw, seconds)).decision === "allow";
      const first = decision.decision === "allow" ? undefined : moments.find(isAllowed);
      expect(wait?.seconds, JSON.stringify({ seed, raw })).toBe(first);
      if (first === undefined) found.nothing++;
      else found.waits++;
      if (wait !== null && "today" in wait.set && "local_time" in wait.set && wait.set.local_time !== "00:00")
        found.combined++;
    }
  }
  expect(found.waits).toBeGreaterThan(20);
  expect(found.nothing).toBeGreaterThan(30);
  expect(found.combined).toBeGreaterThan(4);
});
