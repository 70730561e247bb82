import type { Decision, Site, Traced } from "../index.ts";
import type { Behind } from "./behind.ts";
import { readCall } from "./call.ts";
import { foresee, type Piece } from "./deciding.ts";
import { type Denial, outcomeOf, refusal } from "./denial.ts";
import { doDuties } from "./duties.ts";
import { type Held, hold, holds, isHeld, limitsOf } from "./holding.ts";
import { type Loader, loadersOf, pieceOf, unwrap } from "./loading.ts";
import { type Proceeding, proceed } from "./proceeding.ts";
import type { Receipt } from "./stores.ts";

/** What became of an act. */
export type Outcome<Value> = Done<Value> | NotDone;

export interface Done<Value> {
  readonly done: true;
  /** What the action returned. */
  readonly value: Value;
  readonly decision: Decision;
  readonly receipt: Receipt;
  /**
   * What went wrong after it was done: its uses were not committed, or its last audit entry was not appended. The uses go on
   * counting, and the entry with which it began is there.
   */
  readonly problems: readonly unknown[];
}
export interface NotDone {
  readonly done: false;
  readonly denial: Denial;
}

/** What an action gets beside the data. */
export interface ActDetails {
  readonly decision: Decision;
  /** Where the audit trail says that it begins. */
  readonly receipt: Receipt;
}
export type Action = (values: Record<string, unknown>, details: ActDetails) => unknown;

/**
 * An effect on the world: asks the stores, decides, holds the limits, loads, decides with the dates of what was loaded,
 * writes that it begins, acts, does the duties, commits, and writes that it is done.
 *
 * @throws what a loader, the action or a duty throws. Until the action has returned, what was held is free again; from then
 * on it counts, since what it counts was done
 */
export async function act(
  behind: Behind,
  site: Site,
  raw: unknown,
  load: unknown,
  action: Action,
): Promise<Outcome<unknown>> {
  const read = readCall(site, null, raw);
  const noKey = read.key === null && read.faults.length === 0;
  const call = noKey
    ? { ...read, faults: ["`key` is missing: by it, an act that is asked for twice is done once."] }
    : read;
  const loaders = loadersOf(load);
  const fields = [...loaders.keys()];
  return proceed(behind, call, "act", fields, (proceeding) => perform(proceeding, loaders, action));
}

async function perform(
  proceeding: Proceeding,
  loaders: ReadonlyMap<string, Loader>,
  action: Action,
): Promise<Outcome<unknown>> {
  const { append, attempt, behind, call, decide, deny, notes } = proceeding;
  const fields = [...loaders.keys()];
  const refuse = async (traced: Traced, denial: Denial, outcome = outcomeOf(denial)): Promise<NotDone> => {
    await attempt(() => append(fields, traced, outcome));
    return { done: false, denial };
  };

  const pieces = fields.map((field): Piece => ({ field, age: call.age }));
  let traced = decide(pieces);
  const foreseen = foresee(proceeding, pieces, traced);
  const foreseenDenial = foreseen.map(deny).find((one) => one !== undefined);
  if (foreseenDenial !== undefined)
    return refuse(traced, call.isUnkeyed ? { ...foreseenDenial, unkeyed: true } : foreseenDenial);
  const key = call.key as string;
  let held = await hold(proceeding, key, traced.decision, limitsOf(foreseen));
  if (!isHeld(held)) return refuse(traced, held);

  const failed = async (error: unknown, end: "commit" | "release"): Promise<never> => {
    await attempt(() => (held as Held)[end]());
    await attempt(() => append(fields, traced, "failed"));
    throw error;
  };
  const values: Record<string, unknown> = Object.create(null);
  let aged: readonly Piece[] = pieces;
  try {
    const loaded = await Promise.all(
      Array.from(loaders, async ([field, loader]) => [field, await unwrap(loader(), field)] as const),
    );
    const now = behind.now();
    aged = loaded.map(([field, one]) => {
      values[field] = one.value;
      return pieceOf(field, one, call, now);
    });
  } catch (error) {
    return failed(error, "release");
  }
  traced = decide(aged);
  const { decision } = traced;
  const denial = deny(decision);
  if (denial !== undefined) {
    await attempt(held.release);
    return refuse(traced, denial);
  }
  // Which limits bind may hang on the ages as well.
  if (!holds(held, limitsOf([decision]))) {
    await attempt(held.release);
    held = await hold(proceeding, key, decision, limitsOf([decision]));
    if (!isHeld(held)) return refuse(traced, held);
  }
  const begun = await attempt(() => append(fields, traced, "begun"));
  if (begun === undefined) {
    await attempt(held.release);
    return { done: false, denial: refusal(decision, "unavailable", "The audit trail does not answer.") };
  }

  let value: unknown;
  try {
    value = await action(values, { decision, receipt: begun });
  } catch (error) {
    return failed(error, "release");
  }
  try {
    await doDuties(behind, call, fields, decision.duties, begun);
  } catch (error) {
    return failed(error, "commit");
  }
  const before = notes.problems.length;
  await attempt(held.commit);
  const receipt = await attempt(() => append(fields, traced, "done"));
  return { done: true, value, decision, receipt: receipt ?? begun, problems: notes.problems.slice(before) };
}
