import { randomUUID } from "node:crypto";
import type { LimitStore, Reserved, ReserveRequest } from "@scruple/runtime/enforce";
import { checkMoment, checkReservation, checkWindow } from "./check-reservation.ts";
import { checkText } from "./check-text.ts";
import { StoreError } from "./store-error.ts";

/** Where acts and their uses are kept. What it answers holds although others ask at the same time. */
export interface LimitTable {
  /**
   * @param reservation its name if it comes to be: from a random source, so that what was released is never taken for what
   *   was reserved under the same key later
   * @param retention for how many seconds the act is remembered
   */
  reserve(reservation: string, request: ReserveRequest, retention: number): Promise<Reserved>;
  /** @returns what the reservation is now */
  commit(reservation: string): Promise<"committed" | "released" | "unknown">;
  release(reservation: string): Promise<void>;
  spent(counter: string, per: number, now: number): Promise<number>;
  /** Releases all acts of a person, committed or not, and erases their keys; when they were stays. */
  forget(subject: string): Promise<void>;
}

/** For how long acts, their keys and their uses are remembered at least, in seconds: 31 days. */
const defaultMemory = 31 * 86_400;

/** The limit store over a table. */
export class Limits implements LimitStore {
  readonly #table: LimitTable;
  readonly #memory: number;

  constructor(table: LimitTable, memory: number = defaultMemory) {
    checkWindow(memory);
    this.#table = table;
    this.#memory = memory;
  }

  async reserve({ key, subject, uses, now }: ReserveRequest): Promise<Reserved> {
    // What is checked is what is counted: a table may begin later, when the object says something else.
    const request = { key, subject, uses: uses.map(({ counter, count, per }) => ({ counter, count, per })), now };
    checkReservation(request);
    const reservation = randomUUID();
    // For a while longer than its windows, so that a limit whose window has grown overnight finds what it has to count.
    const retention = Math.max(this.#memory, ...request.uses.map(({ per }) => per));
    try {
      return await this.#table.reserve(reservation, request, retention);
    } catch (error) {
      // Perhaps it was done and only the answer got lost. Nobody will act on it, so its key need not be blocked.
      this.#table.release(reservation).catch(() => undefined);
      throw error;
    }
  }

  async commit(reservation: string): Promise<void> {
    const state = await this.#table.commit(checkText("reservation", reservation));
    if (state === "committed") return;
    throw new StoreError(
      state === "released"
        ? "The reservation was released before it was committed: its uses may have gone to others."
        : "The store knows no such reservation: it is of another store, or older than what is remembered.",
    );
  }

  async release(reservation: string): Promise<void> {
    await this.#table.release(checkText("reservation", reservation));
  }

  async spent(counter: string, per: number, now: number): Promise<number> {
    checkWindow(per);
    checkMoment(now);
    const count: unknown = await this.#table.spent(checkText("counter", counter), per, now);
    if (isCount(count)) return count;
    throw new StoreError("The store does not say how much is spent.");
  }

  async forget(subject: string): Promise<void> {
    await this.#table.forget(checkText("subject", subject));
  }
}

/** Anything else compares as less than any limit, or as nothing does. */
function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
