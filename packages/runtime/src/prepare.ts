import { slot, wordSize } from "./code.ts";
import type { Engine } from "./engine.ts";
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

/** An act with its names looked up. */
export interface PreparedAct {
  /** Of each piece of data. */
  readonly cells: readonly number[];
  readonly interaction: number;
  readonly isPair: boolean;
  readonly purpose: number;
  readonly purposeName: unknown;
  readonly channel: number;
  readonly channelName: unknown;
}

/**
 * A check of which the static part is resolved: it reads the facts that its cells depend on, and asks their conditions.
 *
 * @param nextRound Distinguishes one piece of data of one request from another.
 */
export function checkOf(engine: Engine, act: PreparedAct, nextRound: () => number): Check {
  const { cells, code, facts, factNames, given: to, moments, needed, permissions } = engine;
  const words: number[] = needed.map(() => 0);
  for (const cell of act.cells) cells.need(cell, words);
  const used = factNames.map((_, index) => index).filter((index) => isNeeded(words, index));
  const usesAge = used.includes(slot.age) || act.isPair;
  const verdicts = act.cells.map((cell) => cells.verdictOf(cell));
  const outbound = moments[2 * act.interaction] as number;
  const until = moments[2 * act.interaction + 1] as number;

  return (given) => {
    to.consents = given.consents;
    to.objections = given.objections;
    const age = usesAge ? duration(given.dataAge) : Number.NaN;
    for (let i = 0; i < words.length; i++) needed[i] = words[i] as number;
    for (let i = 0; i < used.length; i++) facts[used[i] as number] = Number.NaN;
    code.read((given.subject ?? nothing) as typeof nothing, (given.facts ?? nothing) as typeof nothing);
    facts[slot.age] = facts[slot.first] = facts[slot.second] = age;
    facts[slot.outbound] = outbound;
    facts[slot.until] = until;
    to.purpose = act.purpose;
    to.purposeName = act.purposeName;
    to.channel = act.channel;
    to.channelName = act.channelName;
    permissions.forget();
    for (let i = 0; i < verdicts.length; i++) {
      facts[slot.round] = nextRound();
      if (!(verdicts[i] as () => boolean)()) return false;
    }
    return true;
  };
}

const nothing: Readonly<Record<string, unknown>> = {};

function isNeeded(words: readonly number[], index: number): boolean {
  return ((words[Math.floor(index / wordSize)] as number) & (1 << (index % wordSize))) !== 0;
}
