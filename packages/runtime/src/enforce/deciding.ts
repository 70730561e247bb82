import { type Decision, duration, type Traced } from "../index.ts";
import type { Behind } from "./behind.ts";
import type { Call } from "./call.ts";
import type { Person } from "./person.ts";
import type { Proceeding } from "./proceeding.ts";

/** A piece of data that is asked for. */
export interface Piece {
  readonly field: string;
  /** Seconds, or as a request may say it; undefined where only its loader will tell. */
  readonly age?: unknown;
}

/** Decides for one call and one person. @param level Instead of the one that the call asks for. */
export type Decide = (pieces: readonly Piece[], level?: unknown) => Traced;

export function decidingFor({ core }: Behind, call: Call, { subject, permissions }: Person): Decide {
  const { interaction, operation, purpose, channel, recipient, joined, facts, faults } = call;
  const rest = {
    ...{ interaction, purpose, channel, recipient, subject, facts },
    operation: operation === "" ? undefined : operation,
    consents: permissions?.consents,
    objections: permissions?.objections,
  };
  const written = ({ field, age }: Piece) => (age === undefined ? field : { field, age });
  return (pieces, level = call.level) => {
    if (faults.length > 0) {
      const { decision } = core.trace(null);
      return { decision: { ...decision, errors: faults }, conditions: {} };
    }
    const other =
      joined === null ? undefined : (pieces.find(({ field }) => field === joined) ?? { field: joined, age: call.age });
    const data = joining(pieces, joined, ({ field }) => field).map(written);
    return core.trace({ ...rest, data, with: other && written(other), precision: level });
  };
}

/** Those that are joined with another: all but that one; or that one, where it is joined with itself. */
export function joining<T>(pieces: readonly T[], joined: string | null, fieldOf: (piece: T) => string): readonly T[] {
  const others = pieces.filter((piece) => fieldOf(piece) !== joined);
  return others.length > 0 ? others : pieces;
}

/**
 * What may come of pieces whose ages only their loaders tell, after a decision that did not know them. If it is a denial
 * which may hang on an age, each piece is tried at every age at which something may change: only if it is allowed at one of
 * them is there a reason to load. That is exact.
 *
 * @returns of each piece, or pair, an allow that may hang on the age, or what is in the way at the age that suits best
 */
export function foresee(
  { behind, call, subject, decide }: Proceeding,
  pieces: readonly Piece[],
  { decision }: Traced,
): readonly Decision[] {
  if (decision.decision === "allow" || !decision.missing.includes("data.age")) return [decision];
  const asked = joining(pieces, call.joined, ({ field }) => field);
  const joined = pieces.filter((piece) => !asked.includes(piece));
  const given = [subject, call.facts].flatMap(Object.values).flatMap(agesAround);
  const ages = [...new Set([0, ...behind.surface.ages, ...given])];
  return asked.map((piece) => atBestAge([piece, ...joined], ages, decide));
}

/** Conditions may compare the age with another duration that is given. */
function agesAround(value: unknown): readonly number[] {
  const age = duration(value);
  return Number.isNaN(age) ? [] : [age, age + 1];
}

function atBestAge(pieces: readonly Piece[], ages: readonly number[], decide: Decide): Decision {
  const open = pieces.find(({ age }) => age === undefined);
  if (open === undefined) return decide(pieces).decision;
  let best: Decision | undefined;
  for (const age of ages) {
    const aged = pieces.map((piece) => (piece === open ? { ...piece, age } : piece));
    const decision = atBestAge(aged, ages, decide);
    if (decision.decision === "allow") return decision;
    if (best === undefined || hindrances(decision) < hindrances(best)) best = decision;
  }
  return best as Decision;
}

function hindrances({ rules, missing, retryAfter }: Decision): number {
  return rules.length + missing.length + (retryAfter === null ? 1 : 0);
}
