import { type Act, actsOf, shared } from "./acts.ts";
import { type Kleene, slot } from "./code.ts";
import type { Decision } from "./decision.ts";
import { engineOf } from "./engine.ts";
import { Fault, keyFault } from "./fault.ts";
import { isObject, keysOf } from "./objects.ts";
import { missingOf, none, type Outcome, secondsUntilHeard, sorted, unnamed } from "./outcome.ts";
import { type Check, checkOf } from "./prepare.ts";
import { blankRequest, type Request, readRequest } from "./request.ts";
import type { Tables } from "./tables.ts";

/** Told of each rule that bears on a piece of data, and how its condition came out. */
export type Trace = (path: string, value: Kleene) => void;

/** Decides one request at a time. */
export function deciderOf(tables: Tables) {
  const engine = engineOf(tables);
  const { cells, code, facts, moments, needed, permissions } = engine;
  const acts = actsOf(engine);

  /** Reads what the cells ask for, and no more. */
  const readKnown = (request: Request, { interaction, count, isPair, hasAges }: Act): void => {
    for (let i = 0; i < needed.length; i++) needed[i] = 0;
    for (let i = 0; i < count; i++) cells.need(acts.cells[i] as number, needed);
    if (isPair) needed[0] = (needed[0] as number) | (1 << slot.age);
    for (let i = slot.round + 1; i < facts.length; i++) facts[i] = Number.NaN;
    // Each reader at a place of its own: there V8 knows which it is, and may inline it.
    const subject = contentOf("subject", request.subject);
    if (subject !== undefined) mustBeDeclared("subject", code.subject(subject));
    const known = contentOf("facts", request.facts);
    if (known !== undefined) mustBeDeclared("facts", code.facts(known));
    if (hasAges && !Number.isNaN(facts[slot.aged]))
      throw new Fault("The age is one for all, as the fact `data.age`, or each piece has its own; here are both.");
    facts[slot.outbound] = moments[2 * interaction] as number;
    facts[slot.until] = moments[2 * interaction + 1] as number;
    permissions.begin(request);
  };

  /** What a piece comes to. */
  const outcomeAt = (at: number, sharedAge: number, joinedAge: number | undefined): number => {
    const own = acts.ages[at] as number;
    const age = own === shared ? sharedAge : own;
    facts[slot.age] = age;
    if (joinedAge !== undefined) {
      facts[slot.first] = age;
      facts[slot.second] = joinedAge === shared ? sharedAge : joinedAge;
      facts[slot.age] = Math.max(age, facts[slot.second] as number);
    }
    (facts[slot.round] as number)++;
    return cells.decide(acts.cells[at] as number);
  };

  const decideRequest = (request: Request, trace: Trace | undefined): Decision => {
    const act = acts.read(request);
    const { count, isPair } = act;
    readKnown(request, act);
    const sharedAge = facts[slot.age] as number;
    const joinedAge = isPair ? acts.ages[count] : undefined;
    let missing: readonly string[] = none;
    let whole = 0;
    for (let i = 0; i < count; i++) {
      const next = outcomeAt(i, sharedAge, joinedAge);
      whole = i === 0 ? next : cells.merge(whole, next);
      if (trace !== undefined)
        for (const { rule, value } of cells.borne(acts.cells[i] as number)) trace(rule.rules[0] as string, value);
      const outcome = cells.outcome(next);
      if (outcome.slots.length > 0) {
        permissions.readFor(outcome.slots);
        const names = missingOf(outcome, facts, engine.factNames);
        missing = i === 0 ? names : sorted([...missing, ...names]);
      }
    }
    const now = facts[slot.time] as number;
    return decisionOf(tables.hash, request.id, cells.outcome(whole), missing, act.precision, now, none);
  };

  return {
    /** Never throws: what cannot be read is denied, with `errors`. */
    decide: (raw: unknown, trace?: Trace): Decision => {
      const request = blankRequest();
      try {
        readRequest(raw, request);
        return decideRequest(request, trace);
      } catch (error) {
        return refused(tables.hash, request.id, error);
      }
    },
    /** @throws Fault where something is wrong with the act, whatever is known */
    prepare: (raw: unknown, gate: { isBusy: boolean }, whenBusy: Check): Check => {
      const request = blankRequest();
      readRequest(raw, request);
      const act = acts.read(request);
      return checkOf(engine, request, act, acts.cells.slice(0, act.count), gate, whenBusy);
    },
    isFull: () => cells.isFull() || acts.isFull(),
    /** Lets go of what a request held. */
    forget: () => {
      code.forget?.();
      permissions.forget();
    },
  };
}

/** An object's keys and their values; undefined where there is no object. @throws Fault where something else is */
function contentOf(key: string, raw: unknown): Record<string, unknown> | undefined {
  if (raw === undefined || raw === null) return undefined;
  if (!isObject(raw)) throw new Fault(`\`${key}\` is an object.`);
  return keysOf(raw);
}

/** @param wrong A key that is not */
function mustBeDeclared(key: string, wrong: string | undefined): void {
  if (wrong !== undefined) throw keyFault(wrong, key);
}

const nothing = { ...unnamed(""), because: none };

/** What could not be decided is denied. */
export function refused(model: string, id: Decision["id"], error: unknown): Decision {
  return decisionOf(model, id, nothing, none, null, 0, Object.freeze([wordsOf(error)]));
}

export function wordsOf(error: unknown): string {
  return error instanceof Fault ? error.text : "The request could not be read.";
}

function decisionOf(
  model: string,
  id: Decision["id"],
  { decision, rules, because, told, basis, duties, limits, quiets }: Outcome,
  missing: readonly string[],
  precision: string | null,
  now: number,
  errors: readonly string[],
): Decision {
  const retryAfter = quiets === undefined ? null : secondsUntilHeard(quiets, now);
  return { id, decision, rules, because, told, basis, duties, limits, missing, precision, retryAfter, model, errors };
}
