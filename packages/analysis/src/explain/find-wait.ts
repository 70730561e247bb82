import { type Request, readDuration, readRequest } from "@scruple/model";
import { assignmentOf } from "../assignment.ts";
import type { FactSpace } from "../fact-space.ts";
import { FALSE, TRUE } from "../node-store.ts";
import type { LineDomain } from "../theory/domain.ts";
import { ends, type LineType, numberOf, valueAt } from "../theory/line.ts";
import { applyChange, type ChangeSet } from "./apply-change.ts";
import { askedOf, restricted } from "./asked.ts";
import type { Question } from "./find-changes.ts";
import { momentOf } from "./moments.ts";

/** When a denied request is allowed if nothing changes but the time. */
export interface Wait {
  readonly seconds: number;
  /** What will have changed by then: `local_time`, `today`, and the ages of the data. */
  readonly set: ChangeSet;
}

const minute = 60;
const day = 86_400;

/**
 * The shortest wait after which a denied request is allowed, all else being equal: the clock moves on, days pass, and data
 * ages. It was tried on the reference. Null where there is none.
 *
 * @throws TooLargeError
 */
export function findWait({ world, all, raw, request, decide, decided }: Question): Wait | null {
  const asked = decided === "allow" ? null : askedOf(world, all, request);
  if (asked === null) return null;
  const { context, pieces } = asked;
  const { space } = context;
  const { diagrams } = space;
  const moving = [...space.ageVariables, space.variableOf("local_time")?.index, space.variableOf("today")?.index];
  const still = context.variables.map(({ index }) => index).filter((index) => !moving.includes(index));
  const allowed = pieces.map((piece) => restricted(diagrams, piece, still));
  if (allowed.includes(FALSE)) return null;
  const isAllowed = (then: Request) =>
    allowed.every((node, i) => {
      const at = assignmentOf(context, momentOf(world, then, then.pieces[i]!));
      return diagrams.evaluate(node, (index) => at.get(index)!) === TRUE;
    });
  for (const seconds of moments(space, request)) {
    const set = after(raw, request, seconds);
    const later = applyChange(raw, set);
    const then = readRequest(world, later);
    if ("pieces" in then && isAllowed(then) && decide(later).decision === "allow") return { seconds, set };
  }
  return null;
}

/**
 * Waits in seconds, ascending, at whose ends something may be decided otherwise: where a day or an age begins at which a
 * condition may change, and between two of these, when all but the time of day stays as it is, at the first of each such time.
 */
function* moments(space: FactSpace, request: Request): Generator<number> {
  const { facts, pieces } = request;
  const starts = (clock: Clock) => startsOf(space, facts, clock);
  const sinceMidnight = secondsInto(facts);
  const today = facts.get("today");
  /** Until a day begins. */
  const untilDay = (date: number) => (date - numberOf(clocks.today, today!)) * day - sinceMidnight;
  const days = today === undefined ? [] : starts("today").map(untilDay);
  const end = today === undefined ? Number.POSITIVE_INFINITY : untilDay(ends(clocks.today)[1] + 1);
  const ages = (request.with === null ? pieces : [...pieces, request.with]).flatMap(({ age }) =>
    age === undefined ? [] : starts("data.age").map((start) => start - age),
  );
  const times = facts.has("local_time") ? starts("local_time").map((start) => start * minute) : [];
  const once = ascending([0, ...days, ...ages].filter((wait) => wait >= 0 && wait < end));
  for (const [index, from] of once.entries()) {
    const until = once[index + 1] ?? end;
    const next = times.map((time) => from + remainder(time - sinceMidnight - from, day));
    yield* ascending([from, ...next.filter((wait) => wait < until)]);
  }
}

/** What moves on by itself. */
const clocks = {
  local_time: { kind: "time" },
  today: { kind: "date" },
  "data.age": { kind: "duration" },
} as const satisfies Record<string, LineType>;
type Clock = keyof typeof clocks;

/** Where the values of a clock begin that conditions tell apart, those that stand otherwise to a fact that it is compared with too. */
function startsOf(space: FactSpace, facts: Request["facts"], clock: Clock): readonly number[] {
  const variable = space.variableOf(clock);
  if (variable === undefined) return [];
  const domain = space.domain(clock) as LineDomain;
  const compared = "facts" in variable ? variable.facts.filter((fact) => fact !== clock) : [];
  const values = compared.flatMap((fact) => facts.get(fact) ?? []).map((value) => numberOf(clocks[clock], value));
  return [...domain.starts, ...values.flatMap((value) => [value, value + 1])];
}

/** How many seconds of the day are over; of one whose time is not known, none. */
function secondsInto(facts: Request["facts"]): number {
  const time = facts.get("local_time");
  return time === undefined ? 0 : numberOf(clocks.local_time, time) * minute;
}

function ascending(waits: readonly number[]): readonly number[] {
  return [...new Set(waits)].sort((a, b) => a - b);
}
function remainder(seconds: number, period: number): number {
  return ((seconds % period) + period) % period;
}

function after(raw: Question["raw"], { facts }: Request, seconds: number): ChangeSet {
  const set: Record<string, unknown> = {};
  const today = facts.get("today");
  const then = secondsInto(facts) + seconds;
  if (facts.has("local_time")) set.local_time = valueAt(clocks.local_time, Math.floor((then % day) / minute));
  if (today !== undefined && then >= day)
    set.today = valueAt(clocks.today, numberOf(clocks.today, today) + Math.floor(then / day));
  const shared = readDuration((raw.facts as Readonly<Record<string, unknown>> | null | undefined)?.["data.age"]);
  if (shared !== undefined) set["data.age"] = shared + seconds;
  const older = (piece: unknown): unknown => {
    const age = typeof piece === "object" && piece !== null && "age" in piece ? readDuration(piece.age) : undefined;
    return age === undefined ? piece : { ...(piece as object), age: age + seconds };
  };
  const data = Array.isArray(raw.data) ? raw.data.map(older) : older(raw.data);
  if (JSON.stringify(data) !== JSON.stringify(raw.data)) set.data = data;
  const joined = older(raw.with);
  if (joined !== raw.with) set.with = joined;
  return set;
}
