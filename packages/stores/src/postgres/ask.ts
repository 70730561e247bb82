import { asStoreError } from "../shared/store-error.ts";
import { within } from "../shared/within.ts";
import type { PostgresClient, PostgresPool } from "./pool.ts";

/**
 * Does something on a connection of its own, which goes back to the pool only if all went well.
 *
 * @throws StoreError where it fails or takes longer than `timeout` milliseconds, waiting for a connection included
 */
export async function onConnection<T>(
  pool: PostgresPool,
  timeout: number,
  work: (client: PostgresClient) => Promise<T>,
): Promise<T> {
  try {
    return await within(timeout, "PostgreSQL", async (signal) => {
      const client = await connect(pool);
      let isDone = false;
      const release = (destroy: boolean) => {
        if (isDone) return;
        isDone = true;
        client.removeListener("error", ignore);
        client.release(destroy);
      };
      // Nobody waits any more: what was not begun is not to be done later, and what was begun is not known to be done.
      if (signal.aborted) {
        release(false);
        throw signal.reason;
      }
      signal.addEventListener("abort", () => release(true));
      try {
        const result = await work(client);
        release(false);
        return result;
      } catch (error) {
        release(true);
        throw error;
      }
    });
  } catch (error) {
    throw asStoreError("PostgreSQL failed", error);
  }
}

/** Asks a single statement, which is a transaction of its own. */
export async function ask<Row>(
  pool: PostgresPool,
  timeout: number,
  text: string,
  values: readonly unknown[],
): Promise<readonly Row[]> {
  const { rows } = await onConnection(pool, timeout, (client) => client.query(text, [...values]));
  return rows as readonly Row[];
}

/**
 * Takes a connection, and listens to it at once: one that breaks says so to each query, and once more to whoever listens.
 * Unheard, that ends the process; and it may come with the very message that it is connected.
 */
function connect(pool: PostgresPool): Promise<PostgresClient> {
  return new Promise((resolve, reject) => {
    pool.connect((error, client) => {
      if (client === undefined) return reject(error);
      client.on("error", ignore);
      resolve(client);
    });
  });
}

function ignore(): void {}
