import type { Act } from "./acts.ts";
import { type Condition, type DirectReader, slot, wordSize } from "./code.ts";
import type { Engine } from "./engine.ts";
import { lookAround } from "./objects.ts";
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

/** An act of which the static part is resolved. */
interface Prepared extends Pick<Engine, "facts" | "permissions"> {
  /** What is said of the act; its lists are those of who is asked about. */
  readonly request: Request;
  readonly isPair: boolean;
  readonly usesAge: boolean;
  /** As in `Engine.moments`. */
  readonly startedBy: number;
  readonly lastDay: number;
  /** Reads the facts that its cells depend on. */
  readonly read: DirectReader;
  /** 3 if it is allowed. */
  readonly verdict: Condition;
  readonly forget: (() => void) | undefined;
}

/** @param pieces The cells of the act's pieces of data. */
export function prepared(
  { cells, code, facts, moments, needed, permissions }: Engine,
  request: Request,
  { interaction, isPair }: Act,
  pieces: readonly number[],
): Prepared {
  const words: number[] = needed.map(() => 0);
  for (const cell of pieces) cells.need(cell, words);
  const isNeeded = (at: number) => ((words[Math.floor(at / wordSize)] as number) & (1 << (at % wordSize))) !== 0;
  const readers = Object.entries(code.direct).flatMap(([at, read]) => (isNeeded(Number(at)) ? [read] : []));
  const verdicts = pieces.map((cell) => {
    const { denials, allows } = cells.conditionsOf(cell);
    return verdictOf(denials, allows);
  });
  return {
    ...{ facts, permissions, request, isPair },
    usesAge: isPair || isNeeded(slot.age),
    startedBy: moments[2 * interaction] as number,
    lastDay: moments[2 * interaction + 1] as number,
    read: only(readers) ?? inTurn(readers),
    verdict: only(verdicts) ?? all(verdicts, facts),
    forget: code.forget,
  };
}

/**
 * A check of a prepared act. All that it stands on is constant, and holds nothing that a guard remembers of requests.
 *
 * @param gate Whether somebody is on the way through the guard.
 * @param slowly Answers those who may not come through; does not throw.
 */
export function checkOf(act: Prepared, gate: { isBusy: boolean }, slowly: Check): Check {
  const { facts, permissions, request, isPair, usesAge, startedBy, lastDay, read, verdict, forget } = act;
  const { age, first, second, outbound, until, round } = slot;
  return (given) => {
    if (gate.isBusy || lookAround()) return slowly(given);
    gate.isBusy = true;
    try {
      read((given.subject ?? nothing) as typeof nothing, (given.facts ?? nothing) as typeof nothing);
      if (usesAge) facts[age] = duration(given.dataAge);
      if (isPair) facts[first] = facts[second] = facts[age] as number;
      facts[outbound] = startedBy;
      facts[until] = lastDay;
      (facts[round] as number)++;
      request.consents = given.consents;
      request.objections = given.objections;
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

/** What a list has, if that is one thing. */
function only<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}

function inTurn(readers: readonly DirectReader[]): DirectReader {
  return (subject, facts) => {
    for (let i = 0; i < readers.length; i++) (readers[i] as DirectReader)(subject, facts);
  };
}

/** Whether one piece of data is allowed: asks no more conditions than it takes to know. */
function verdictOf(denials: readonly Condition[], allows: readonly Condition[]): Condition {
  const one = denials.length === 0 ? only(allows) : undefined;
  if (one !== undefined) return one;
  return () => {
    for (let i = 0; i < denials.length; i++) if ((denials[i] as Condition)() !== 0) return 0;
    for (let i = 0; i < allows.length; i++) if ((allows[i] as Condition)() === 3) return 3;
    return 0;
  };
}

/** Several pieces of data are allowed all or nothing. */
function all(verdicts: readonly Condition[], facts: Float64Array): Condition {
  return () => {
    for (let i = 0; i < verdicts.length; i++) {
      (facts[slot.round] as number)++;
      if ((verdicts[i] as Condition)() !== 3) return 0;
    }
    return 3;
  };
}
