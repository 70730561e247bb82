import { setTimeout as sleep } from "node:timers/promises";
import { canonicalEntry, extend, type Kept, origin } from "@scruple/audit";
import type { AuditEntry, AuditTrail, Receipt } from "@scruple/runtime/enforce";
import { StoreError } from "./store-error.ts";

/** Where a trail is kept: a list to which only what follows its end can be added. */
export interface TrailTable {
  /**
   * Adds entries that follow `last`, all or none, and answers when they would survive a crash. Where the table does not
   * end with `last`, it adds nothing.
   *
   * @param deadline by `performance.now()`
   */
  add(last: Receipt, entries: readonly Kept[], deadline: number): Promise<Added>;
  /** How the table ends. */
  end(deadline: number): Promise<Receipt>;
  /** What its first entry follows. */
  start(deadline: number): Promise<Receipt>;
  /** Removes the entries up to this one, which the first that is left follows from then on: both or neither. */
  drop(upTo: Receipt, deadline: number): Promise<void>;
  /** Some of the entries, in order, beginning with the one at this index. None where there is none. */
  read(from: number): Promise<readonly Kept[]>;
}

export interface Added {
  readonly added: boolean;
  /** How the table ends now. */
  readonly end: Receipt;
}

/** An audit trail that can be read again, entry by entry, in order. */
export interface ReadableTrail extends AuditTrail {
  /** All that is kept, as `verifyChain` of `@scruple/audit` takes it. */
  read(): AsyncIterable<Kept>;
  /** What the first entry that is kept follows: where `verifyChain` begins. */
  start(): Promise<Receipt>;
}

/** One whose beginning may be removed in order. The last entry always stays, and what is left can be verified. */
export interface KeptTrail extends ReadableTrail {
  /**
   * Removes entries, from the beginning on, up to the first that is no older than a moment.
   *
   * @returns what the first entry that is left follows
   */
  removeBefore(moment: Date): Promise<Receipt>;
  /** Removes all but the latest entries. @returns what the first entry that is left follows */
  removeAllBut(entries: number): Promise<Receipt>;
}

interface Waiting {
  readonly entry: string;
  resolve(receipt: Receipt): void;
  reject(error: unknown): void;
}

const largestBatch = 256;

/**
 * A chain of hashes over a table that several processes write to. Entries that come while others are being written go
 * together afterwards. Who finds that another process was faster chains anew, behind what is there.
 */
export class ChainedTrail implements KeptTrail {
  readonly #table: TrailTable;
  readonly #timeout: number;
  #waiting: Waiting[] = [];
  #isWriting = false;
  /** How the table ends, as far as known. */
  #last: Receipt | undefined;

  constructor(table: TrailTable, timeout: number) {
    this.#table = table;
    this.#timeout = timeout;
  }

  append(entry: AuditEntry): Promise<Receipt> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry: canonicalEntry(entry), resolve, reject });
      if (!this.#isWriting) void this.#writeAll();
    });
  }

  async *read(): AsyncIterable<Kept> {
    for (let from = 0; ; ) {
      const page = await this.#table.read(from);
      if (page.length === 0) return;
      yield* page;
      from = page[page.length - 1]!.index + 1;
    }
  }

  start(): Promise<Receipt> {
    return this.#table.start(this.#deadline());
  }

  async removeBefore(moment: Date): Promise<Receipt> {
    const time = moment.getTime();
    if (Number.isNaN(time)) throw new StoreError("There is no such moment to remove entries before.");
    return this.#remove(({ entry }) => Date.parse(JSON.parse(entry).at) < time);
  }

  async removeAllBut(entries: number): Promise<Receipt> {
    if (!Number.isSafeInteger(entries) || entries < 0) throw new StoreError(`${entries} entries cannot be left.`);
    const { index: last } = await this.#table.end(this.#deadline());
    return this.#remove(({ index }) => index <= last - entries);
  }

  /** Removes from the beginning on, page by page, so that nothing is held up for long and each step can be verified. */
  async #remove(isDue: (kept: Kept) => boolean): Promise<Receipt> {
    const { index: last } = await this.#table.end(this.#deadline());
    for (;;) {
      const start = await this.start();
      const page = await this.#table.read(start.index + 1);
      const kept = page.findIndex((one) => one.index >= last || !isDue(one));
      const due = page.at(kept < 0 ? page.length - 1 : kept - 1);
      if (page.length === 0 || kept === 0 || due === undefined) return start;
      // Whatever is gone before it, what is left would vouch for; unless another process has removed it just now.
      const gap = page.findIndex(({ index }, place) => index !== start.index + 1 + place);
      if (gap >= 0 && (await this.start()).index === start.index)
        throw new StoreError(`Entry ${start.index + 1 + gap} is gone, and was not removed in order.`);
      if (gap >= 0) continue;
      await this.#table.drop({ index: due.index, hash: due.hash }, this.#deadline());
    }
  }

  #deadline(): number {
    return performance.now() + this.#timeout;
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    // What is appended in the same breath is written together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, largestBatch);
      try {
        const receipts = await this.#write(batch.map(({ entry }) => entry));
        batch.forEach((one, i) => {
          one.resolve(receipts[i]!);
        });
      } catch (error) {
        // Whether anything was written is not known.
        this.#last = undefined;
        for (const one of batch) one.reject(error);
      }
    }
    this.#isWriting = false;
  }

  async #write(entries: readonly string[]): Promise<readonly Receipt[]> {
    const deadline = this.#deadline();
    this.#last ??= await this.#table.end(deadline);
    while (performance.now() < deadline) {
      const kept = chain(this.#last, entries);
      const { added, end }: Added = await this.#table.add(this.#last, kept, deadline);
      this.#last = end;
      if (added) return kept.map(({ index, hash }) => ({ index, hash }));
      await sleep(Math.random() * 5);
    }
    throw new StoreError(`Others wrote to the audit trail for ${this.#timeout} ms without a gap.`);
  }
}

function chain(last: Receipt, entries: readonly string[]): readonly Kept[] {
  let receipt = last;
  return entries.map((entry) => {
    receipt = extend(receipt, entry);
    return { ...receipt, entry };
  });
}

/** How a table ends: with its last row, or where it has none, as a trail begins. */
export function endOf(row: Receipt | undefined): Receipt {
  return row === undefined ? origin : { index: row.index, hash: row.hash };
}
