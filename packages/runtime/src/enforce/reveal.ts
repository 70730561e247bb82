import type { BoundDuty, BoundLimit, Traced } from "../index.ts";
import { alike } from "./alike.ts";
import { type Denial, outcomeOf, refusal } from "./denial.ts";
import { doDuties } from "./duties.ts";
import { type Held, hold, holds, isHeld, limitsOf } from "./holding.ts";
import { randomKey } from "./keyed-hash.ts";
import type { Proceeding } from "./proceeding.ts";
import type { Receipt } from "./stores.ts";

/** What `show` and `minimize` give. The objects have no prototype. */
export interface Revealed {
  readonly values: Readonly<Record<string, unknown>>;
  /** Why fields are not among the values. */
  readonly withheld: Readonly<Record<string, Denial>>;
  /** The level of those values that are coarser than the finest. */
  readonly precision: Readonly<Record<string, string>>;
  /** Where the audit trail tells of what was revealed: one entry for all fields that were decided alike. */
  readonly receipts: readonly Receipt[];
}

/** A field that may be revealed, as far as is known before it is loaded. */
export interface Candidate {
  readonly field: string;
  /** What is decided; a denial where that hangs on an age which only the loader tells. */
  readonly traced: Traced;
  /** Limits that may bind. */
  readonly limits: readonly BoundLimit[];
  /** @throws what the loader throws */
  load(): Promise<Loaded>;
}
interface Loaded {
  readonly value: unknown;
  /** What is decided now that its age is known. */
  decide(): Traced;
}
type Shown = Pick<Candidate, "field" | "traced" | "limits"> & Pick<Loaded, "value">;
export interface Withheld {
  readonly field: string;
  readonly traced: Traced;
  readonly denial: Denial;
}

/**
 * Hands out the fields that are allowed, each by itself, as one act: what several of them count against counts once, and what
 * they oblige to is done once, before anything is handed out.
 *
 * @throws what a loader or a duty throws; nothing is handed out then, and nothing counts
 */
export async function reveal(
  proceeding: Proceeding,
  candidates: readonly Candidate[],
  refused: readonly Withheld[],
): Promise<Revealed> {
  const { append, attempt, call, deny } = proceeding;
  // Of the model that the levels were asked of, though another be in force in the end.
  const { levelsOf } = proceeding.behind.surface;
  const withheld = [...refused];
  const key = call.key ?? randomKey();
  let held: Held | undefined;
  const free = () => attempt(async () => held?.release());

  /** Holds what these may count against, less and less of them. @returns those that may go on */
  const counted = async <T extends Pick<Candidate, "field" | "traced" | "limits">>(some: readonly T[]) => {
    let open = some;
    for (;;) {
      const limits = limitsOf(open);
      const counting = open.filter((one) => one.limits.length > 0);
      const [first] = counting;
      if (held !== undefined && holds(held, limits)) return open;
      await free();
      held = undefined;
      if (first === undefined) return open;
      const result = await hold(proceeding, key, first.traced.decision, limits);
      if (isHeld(result)) {
        held = result;
        return open;
      }
      const bearing = counting.filter(({ limits: own }) => own.some(({ rule }) => result.rules.includes(rule)));
      const stopped = bearing.length > 0 ? bearing : counting;
      for (const { field, traced } of stopped)
        withheld.push({ field, traced, denial: { ...result, decision: traced.decision } });
      open = open.filter((one) => !stopped.includes(one));
    }
  };

  const failed = async (some: readonly Pick<Candidate, "field" | "traced">[], error: unknown): Promise<never> => {
    await free();
    for (const { fields, traced } of alike(some)) await attempt(() => append(fields, traced, "failed"));
    throw error;
  };
  const open = await counted(candidates);
  let loaded: readonly Shown[];
  try {
    const all = await Promise.all(open.map(async ({ field, load }) => ({ ...(await load()), field })));
    // At one moment, so that one model decides on all and says how they count together.
    loaded = all.map(({ field, value, decide }) => {
      const traced = decide();
      return { field, value, traced, limits: traced.decision.limits };
    });
  } catch (error) {
    return failed(open, error);
  }
  const allowed = loaded.filter(({ field, traced }) => {
    const denial = deny(traced.decision);
    if (denial !== undefined) withheld.push({ field, traced, denial });
    return denial === undefined;
  });
  let shown = await counted(allowed);

  const receipts: Receipt[] = [];
  const owed = new Map<string, { readonly duty: BoundDuty; readonly data: string[]; readonly receipt: Receipt }>();
  const groups = alike(shown);
  for (const { fields, traced } of groups) {
    const { duties } = traced.decision;
    const receipt = await attempt(() => append(fields, traced, duties.length > 0 ? "begun" : "done"));
    if (receipt === undefined) {
      await free();
      for (const one of shown)
        withheld.push({
          ...one,
          denial: refusal(one.traced.decision, "unavailable", "The audit trail does not answer."),
        });
      shown = [];
      owed.clear();
      break;
    }
    receipts.push(receipt);
    for (const duty of duties) {
      const name = `${duty.name} ${JSON.stringify(duty.arguments)}`;
      const known = owed.get(name);
      if (known === undefined) owed.set(name, { duty, data: [...fields], receipt });
      else known.data.push(...fields);
    }
  }
  try {
    for (const { duty, data, receipt } of owed.values()) await doDuties(proceeding.behind, call, data, [duty], receipt);
  } catch (error) {
    return failed(shown, error);
  }
  if (shown.length > 0) {
    await attempt(async () => held?.commit());
    for (const { fields, traced } of groups)
      if (traced.decision.duties.length > 0) await attempt(() => append(fields, traced, "done"));
  }
  for (const { fields, traced, denial } of alike(withheld))
    await attempt(() => append(fields, traced, outcomeOf(denial)));
  return {
    values: record(shown.map(({ field, value }) => [field, value])),
    withheld: record(withheld.map(({ field, denial }) => [field, denial])),
    precision: record(
      shown.flatMap(({ field, traced }) => {
        const level = traced.decision.precision;
        return level === null || level === levelsOf(field)[0] ? [] : [[field, level]];
      }),
    ),
    receipts,
  };
}

function record<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}
