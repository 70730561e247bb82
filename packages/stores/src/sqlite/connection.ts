import { setTimeout as sleep } from "node:timers/promises";
import Database from "libsql";
import { asStoreError, StoreError } from "../shared/store-error.ts";
import { placeOf } from "./place.ts";

export type Statement = Pick<Database.Statement, "all" | "get" | "run">;

/** What is to be written, and who waits for it. */
interface Writing {
  /** By `performance.now()`. */
  readonly deadline: number;
  work(): unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** So many are written together at most: the process does nothing else meanwhile. */
const largestBatch = 64;

/**
 * A connection to a database file, for transactions that are short and do not wait inside. What is to be written in one turn of
 * the event loop is written as one, so that many wait for the disk once. Waiting for other processes happens in JavaScript,
 * between attempts, so that a locked file holds up nobody but who asks for it.
 */
export class Connection {
  readonly database: Database.Database;
  readonly #path: string;
  readonly #isInPlace: () => boolean;
  /** By their texts. What is prepared keeps the file open, and answers, when the database is closed. */
  readonly #statements = new Map<string, Statement>();
  #waiting: Writing[] = [];

  /** @throws StoreError where the file cannot be opened, or is no database */
  constructor(path: string) {
    this.#path = path;
    try {
      this.database = new Database(path);
      // Every commit reaches the disk before it is acknowledged.
      this.database.exec("pragma synchronous = full");
      const { file } = this.database.prepare("pragma database_list").get() as { file: string };
      this.#isInPlace = placeOf(path, file);
    } catch (error) {
      throw asStoreError(`The database \`${path}\` cannot be opened`, error);
    }
  }

  /** A statement that can be run for as long as the database is open. @throws SqliteError where there can be none */
  prepare(text: string): Statement {
    this.#statements.set(text, this.database.prepare(text));
    const kept = () => this.#statements.get(text) ?? this.#refuseClosed();
    return {
      all: (...values) => kept().all(...values),
      get: (...values) => kept().get(...values),
      run: (...values) => kept().run(...values),
    };
  }

  /**
   * Does something as one: all of it or nothing, alone among all that write to the file. Nothing else of this process comes
   * in between: from beginning to end no promise is waited for. It resolves when the disk has it.
   *
   * @param deadline until when it may wait for others, by `performance.now()`
   * @param work May be done more than once, as long as it comes to nothing: it does nothing but read and write the file.
   */
  write<T>(deadline: number, work: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const one: Writing = { deadline, work, resolve: resolve as Writing["resolve"], reject };
      if (this.#waiting.push(one) === 1) setImmediate(() => this.#writeWaiting());
    });
  }

  #writeWaiting(): void {
    const batch = this.#waiting.splice(0, largestBatch);
    if (this.#waiting.length > 0) setImmediate(() => this.#writeWaiting());
    let results: readonly unknown[];
    try {
      this.#checkPlace();
      results = this.#transaction(() => batch.map(({ work }) => work()));
    } catch {
      // Nothing of it is there, or the file is not. One that fails must not stop the others, so each is tried by itself.
      for (const { deadline, work, resolve, reject } of batch)
        this.patiently(deadline, () => this.#transaction(work)).then(resolve, reject);
      return;
    }
    batch.forEach(({ resolve }, index) => {
      resolve(results[index]);
    });
  }

  #transaction<T>(work: () => T): T {
    let result: T;
    this.database.exec("begin immediate");
    try {
      result = work();
      this.database.exec("commit");
    } catch (error) {
      // A full disk ends the transaction by itself.
      if (this.database.inTransaction) this.database.exec("rollback");
      throw error;
    }
    // What has been moved away meanwhile is not acknowledged.
    this.#checkPlace();
    return result;
  }

  /** Does something for as long as it takes until nobody has locked the file. A single statement sees one moment. */
  async patiently<T>(deadline: number, work: () => T): Promise<T> {
    for (;;) {
      try {
        this.#checkPlace();
        return work();
      } catch (error) {
        if (!isBusy(error)) throw asStoreError(`The database \`${this.#path}\` failed`, error);
        if (!(performance.now() <= deadline)) {
          throw new StoreError(`The database \`${this.#path}\` is locked by others and stayed so.`, { cause: error });
        }
      }
      await sleep(1 + Math.random() * 8);
    }
  }

  /** @throws StoreError where others would not find what is written, or write what is not found here */
  #checkPlace(): void {
    if (!this.database.open) this.#refuseClosed();
    if (!this.#isInPlace()) throw new StoreError(`\`${this.#path}\` is not the file any more that was opened.`);
  }

  #refuseClosed(): never {
    throw new StoreError(`The database \`${this.#path}\` is closed.`);
  }

  close(): void {
    if (!this.database.open) return;
    this.#statements.clear();
    try {
      // What was written lies beside the file until then, and closing moves it only once no statement is left in memory.
      this.database.exec("pragma wal_checkpoint(truncate)");
    } catch {
      // It is found there all the same by whoever opens the file next.
    }
    this.database.close();
  }
}

function isBusy(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" && (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED"));
}
