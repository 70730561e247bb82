import { type Request, readDuration } from "@scruple/model";
import { interval } from "../theory/domain.ts";
import { numberOf, valueAt } from "../theory/line.ts";
import { applyChange, type ChangeSet } from "./apply-change.ts";
import { askedOf, type Question } from "./find-changes.ts";

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
 * ages. Only moments at which some condition can come out otherwise are tried, each on the reference. Null where there is none.
 */
export function findWait(question: Question): Wait | null {
  const { raw, request, decide, decided } = question;
  if (decided === "allow") return null;
  for (const seconds of moments(question)) {
    const set = after(raw, request, seconds);
    const { decision, errors } = decide(applyChange(raw, set));
    if (errors.length === 0 && decision === "allow") return { seconds, set };
  }
  return null;
}

/** Waits in seconds, ascending, at whose ends a class of the time, the day or an age begins. */
function moments(question: Question): readonly number[] {
  const asked = askedOf(question, question.request);
  if (asked === null) return [];
  const { space } = asked.context;
  const starts = (fact: string) => {
    if (space.variableOf(fact) === undefined) return [];
    const domain = space.domain(fact);
    return domain.kind === "line"
      ? domain.starts.map((_, index) => [domain.type, interval(domain, index)[0]] as const)
      : [];
  };
  const { facts } = question.request;
  const [time, today] = [facts.get("local_time"), facts.get("today")];
  const waits = new Set<number>();
  for (const [type, start] of starts("local_time")) {
    if (time === undefined) break;
    waits.add(((start - numberOf(type, time) + 1440) % 1440) * minute);
  }
  const sinceMidnight = time === undefined ? 0 : numberOf({ kind: "time" }, time) * minute;
  for (const [type, start] of starts("today")) {
    if (today !== undefined) waits.add((start - numberOf(type, today)) * day - sinceMidnight);
  }
  const pieces =
    question.request.with === null ? question.request.pieces : [...question.request.pieces, question.request.with];
  for (const [, start] of starts("data.age")) {
    for (const { age } of pieces) if (age !== undefined) waits.add(start - age);
  }
  return [...waits].filter((wait) => wait > 0).sort((a, b) => a - b);
}

function after(raw: Question["raw"], { facts }: Request, seconds: number): ChangeSet {
  const set: Record<string, unknown> = {};
  const [time, today] = [facts.get("local_time"), facts.get("today")];
  const begun = time === undefined ? 0 : numberOf({ kind: "time" }, time) * minute;
  const then = begun + seconds;
  if (time !== undefined) set.local_time = valueAt({ kind: "time" }, Math.floor((then % day) / minute));
  if (today !== undefined && then >= day) {
    const type = { kind: "date" } as const;
    set.today = valueAt(type, numberOf(type, today) + Math.floor(then / day));
  }
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
