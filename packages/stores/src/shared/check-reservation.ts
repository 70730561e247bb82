import type { ReserveRequest } from "@scruple/runtime/enforce";
import { checkText } from "./check-text.ts";
import { StoreError } from "./store-error.ts";

/** Refuses requests that no store could count. @throws StoreError */
export function checkReservation({ key, subject, uses, now }: ReserveRequest): void {
  checkText("key", key);
  if (subject !== null) checkText("subject", subject);
  checkMoment(now);
  const counters = new Set<string>();
  for (const { counter, count, per } of uses) {
    counters.add(checkText("counter", counter));
    if (!Number.isSafeInteger(count) || count < 0) throw new StoreError(`A limit cannot grant ${count} uses.`);
    checkWindow(per);
  }
  if (counters.size < uses.length) throw new StoreError("An act counts against the same counter twice.");
}

export function checkMoment(now: number): number {
  if (!Number.isFinite(now) || now < 0 || now > latestMoment) throw new StoreError(`${now} is not a moment.`);
  return now;
}

export function checkWindow(per: number): void {
  if (!(per > 0 && per <= longestWindow)) throw new StoreError(`A window cannot be ${per} seconds long.`);
}

/** The year 9999: microseconds of it are still whole numbers. */
const latestMoment = Date.UTC(9999, 0);
/** A thousand years. */
const longestWindow = 1000 * 366 * 86_400;
