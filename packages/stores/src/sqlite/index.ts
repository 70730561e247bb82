import { ChainedTrail } from "../shared/chained-trail.ts";
import { Limits } from "../shared/limits.ts";
import { Register } from "../shared/register.ts";
import { asStoreError } from "../shared/store-error.ts";
import type { KeptStores, StoreOptions } from "../shared/stores.ts";
import { defaultTimeout } from "../shared/within.ts";
import { Connection } from "./connection.ts";
import { limitTable } from "./limit-table.ts";
import { migrate } from "./migrate.ts";
import { permissionTable } from "./permission-table.ts";
import { steadyClock } from "./steady-clock.ts";
import { trailTable } from "./trail-table.ts";

export type { KeptTrail, ReadableTrail } from "../shared/chained-trail.ts";
export { StoreError } from "../shared/store-error.ts";
export type { KeptStores, StoreOptions } from "../shared/stores.ts";

export interface SqliteOptions extends StoreOptions {
  /**
   * The store's own clock beside the application's, in milliseconds since 1970. If left out: the machine's when the stores
   * were opened, and what has passed since by one that nobody can set. An application whose clock tells another time on
   * purpose, as in a test, gives the same one here.
   */
  readonly clock?: () => number;
}

export interface SqliteStores extends KeptStores {
  close(): void;
}

/**
 * Opens the stores in one SQLite file, which is made where it is missing and brought up to date where it is older. Several
 * processes of one machine may open the same file.
 *
 * @throws StoreError where the file cannot be used: not a database, not to be written, or laid out by a later version
 */
export async function sqliteStores(path: string, options: SqliteOptions = {}): Promise<SqliteStores> {
  const { timeout = defaultTimeout, memory, clock = steadyClock() } = options;
  const connection = new Connection(path);
  try {
    await migrate(connection, path, performance.now() + timeout);
    return {
      permissions: new Register(permissionTable(connection, timeout)),
      limits: new Limits(limitTable(connection, timeout, clock), memory),
      audit: new ChainedTrail(trailTable(connection, timeout), timeout),
      close: () => connection.close(),
    };
  } catch (error) {
    connection.close();
    throw asStoreError(`The database \`${path}\` cannot be used`, error);
  }
}
