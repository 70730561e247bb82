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
export class ChainedTrail implements ReadableTrail {
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
    const deadline = performance.now() + this.#timeout;
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
