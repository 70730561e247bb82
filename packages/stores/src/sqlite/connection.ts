import { setTimeout as sleep } from "node:timers/promises";
import Database from "libsql";
import { asStoreError, StoreError } from "../shared/store-error.ts";

/**
 * A connection to a database file, for transactions that are short and do not wait inside. Waiting for other processes
 * happens in JavaScript, between attempts, so that a locked file holds up nobody but who asks for it.
 */
export class Connection {
  readonly database: Database.Database;
  readonly #path: string;

  /** @throws StoreError where the file cannot be opened, or is no database */
  constructor(path: string) {
    this.#path = path;
    try {
      this.database = new Database(path);
      // Every commit reaches the disk before it is acknowledged.
      this.database.exec("pragma synchronous = full");
    } catch (error) {
      throw asStoreError(`The database \`${path}\` cannot be opened`, error);
    }
  }

  /**
   * Does something as one: all of it or nothing, alone among all that write to the file. Nothing else of this process comes
   * in between: from beginning to end no promise is waited for.
   *
   * @param deadline until when it may wait for others, by `performance.now()`
   */
  write<T>(deadline: number, work: () => T): Promise<T> {
    return this.patiently(deadline, () => {
      this.database.exec("begin immediate");
      try {
        const result = work();
        this.database.exec("commit");
        return result;
      } catch (error) {
        // A full disk ends the transaction by itself.
        if (this.database.inTransaction) this.database.exec("rollback");
        throw error;
      }
    });
  }

  /** Does something for as long as it takes until nobody has locked the file. A single statement sees one moment. */
  async patiently<T>(deadline: number, work: () => T): Promise<T> {
    for (;;) {
      try {
        return work();
      } catch (error) {
        if (!isBusy(error)) throw asStoreError(`The database \`${this.#path}\` failed`, error);
        if (performance.now() > deadline) {
          throw new StoreError(`The database \`${this.#path}\` is locked by others and stayed so.`, { cause: error });
        }
      }
      await sleep(1 + Math.random() * 8);
    }
  }

  close(): void {
    if (this.database.open) this.database.close();
  }
}

function isBusy(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED"));
}
