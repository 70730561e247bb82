import type { Act } from "./acts.ts";
import type { Conditions } from "./cells.ts";
import { type Condition, type DirectReader, slot, wordSize } from "./code.ts";
import type { Engine } from "./engine.ts";
import { lookAround, ownKeys } from "./objects.ts";
import type { Request } from "./request.ts";
import { duration } from "./values.ts";

/** What is not fixed once an act is. Left out, each of it is unknown. */
export interface Given {
  /** An object that has the subject's attributes; others in it are not looked at. */
  readonly subject?: unknown;
  readonly facts?: unknown;
  readonly consents?: unknown;
  readonly objections?: unknown;
  /** The age of the data, as a request may give it. */
  readonly dataAge?: unknown;
}

/** Whether an act is allowed. Never throws: what cannot be read is denied. */
export type Check = (given: Given) => boolean;

/**
 * A check of an act of which the static part is resolved. All that it stands on is constant, and is nothing that a guard remembers of
 * requests: what remembers, `cells`, is left behind here.
 *
 * @param request What is said of the act; its lists are those of who is asked about.
 * @param pieces The cells of the act's pieces of data.
 * @param gate Whether somebody is on the way through the guard.
 * @param whenBusy Answers those who come meanwhile; does not throw.
 */
export function checkOf(
  { cells, code, facts, moments, needed, permissions }: Engine,
  request: Request,
  { interaction, isPair }: Act,
  pieces: readonly number[],
  gate: { isBusy: boolean },
  whenBusy: Check,
): Check {
  const { age, first, second, outbound, until, round } = slot;
  const { direct, forget } = code;
  const startedBy = moments[2 * interaction] as number;
  const lastDay = moments[2 * interaction + 1] as number;
  const words = new Int32Array(needed.length);
  const verdicts: Condition[] = [];
  for (const cell of pieces) {
    cells.need(cell, words);
    verdicts.push(verdictOf(cells.conditionsOf(cell)));
  }
  const isNeeded = (at: number) => ((words[Math.floor(at / wordSize)] as number) & (1 << (at % wordSize))) !== 0;
  const usesAge = isPair || isNeeded(age);
  const read = inTurn(
    Object.keys(direct).flatMap((at) => (isNeeded(Number(at)) ? [direct[Number(at)] as DirectReader] : [])),
  );
  const verdict = together(verdicts, facts);

  return (given) => {
    if (gate.isBusy) return whenBusy(given);
    gate.isBusy = true;
    try {
      const known = lookAround() || isSaidOfAll() ? ownOf(given) : given;
      read((known.subject ?? nothing) as typeof nothing, (known.facts ?? nothing) as typeof nothing);
      if (usesAge) facts[age] = duration(known.dataAge);
      if (isPair) facts[first] = facts[second] = facts[age] as number;
      facts[outbound] = startedBy;
      facts[until] = lastDay;
      (facts[round] as number)++;
      request.consents = known.consents;
      request.objections = known.objections;
      permissions.begin(request);
      return verdict() === 3;
    } catch {
      return false;
    } finally {
      request.consents = request.objections = undefined;
      forget?.();
      gate.isBusy = false;
    }
  };
}

const nothing: Readonly<Record<string, unknown>> = {};

/** Whether somebody has given every object what is asked for here, if only where no loop comes by. */
function isSaidOfAll(): boolean {
  const { subject, facts, consents, objections, dataAge }: Given = nothing;
  return (
    subject !== undefined ||
    facts !== undefined ||
    consents !== undefined ||
    objections !== undefined ||
    dataAge !== undefined
  );
}

/** Without what somebody has given to every object. */
function ownOf(given: Given): Given {
  const own = ownKeys(given);
  own.subject = ownKeys(own.subject ?? nothing);
  own.facts = ownKeys(own.facts ?? nothing);
  return own;
}

function inTurn(readers: readonly DirectReader[]): DirectReader {
  if (readers.length === 1) return readers[0] as DirectReader;
  return (subject, facts) => {
    for (let i = 0; i < readers.length; i++) (readers[i] as DirectReader)(subject, facts);
  };
}

/** Whether a piece of data is allowed, as 3: asks no more conditions than it takes to know. */
function verdictOf({ denials, allows }: Conditions): Condition {
  if (denials.length === 0 && allows.length === 1) return allows[0] as Condition;
  return () => {
    for (let i = 0; i < denials.length; i++) if ((denials[i] as Condition)() !== 0) return 0;
    for (let i = 0; i < allows.length; i++) if ((allows[i] as Condition)() === 3) return 3;
    return 0;
  };
}

/** Several pieces of data are allowed all or nothing. */
function together(verdicts: readonly Condition[], facts: Float64Array): Condition {
  if (verdicts.length === 1) return verdicts[0] as Condition;
  return () => {
    for (let i = 0; i < verdicts.length; i++) {
      (facts[slot.round] as number)++;
      if ((verdicts[i] as Condition)() !== 3) return 0;
    }
    return 3;
  };
}
