import type { Act } from "./acts.ts";
import { slot } from "./code.ts";
import type { Engine } from "./engine.ts";
import type { Lists, OwnNames } from "./permissions.ts";
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
 * A check of which the static part is resolved: it reads the facts that its cells depend on, and asks their conditions.
 *
 * @param pieces The cells of the act's pieces of data.
 * @param nextRound Distinguishes one piece of data of one request from another.
 */
export function checkOf(
  engine: Engine,
  names: OwnNames,
  act: Act,
  pieces: readonly number[],
  nextRound: () => number,
): Check {
  const { cells, code, facts, moments, needed, permissions } = engine;
  const words: number[] = needed.map(() => 0);
  for (const cell of pieces) cells.need(cell, words);
  const usesAge = (words[0] as number) & (1 << slot.age) || act.isPair;
  const verdicts = pieces.map((cell) => cells.verdictOf(cell));
  const outbound = moments[2 * act.interaction] as number;
  const until = moments[2 * act.interaction + 1] as number;

  return (given) => {
    const age = usesAge ? duration(given.dataAge) : Number.NaN;
    for (let i = 0; i < words.length; i++) needed[i] = words[i] as number;
    // Every fact that is needed is set; of permissions, nobody asks here whether they are known.
    code.read((given.subject ?? nothing) as typeof nothing, (given.facts ?? nothing) as typeof nothing);
    facts[slot.age] = facts[slot.first] = facts[slot.second] = age;
    facts[slot.outbound] = outbound;
    facts[slot.until] = until;
    permissions.begin(given as Lists, names, act.purpose, act.channel);
    for (let i = 0; i < verdicts.length; i++) {
      facts[slot.round] = nextRound();
      if (!(verdicts[i] as () => boolean)()) return false;
    }
    return true;
  };
}

const nothing: Readonly<Record<string, unknown>> = {};
