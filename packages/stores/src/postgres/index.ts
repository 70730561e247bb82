import { ChainedTrail } from "../shared/chained-trail.ts";
import { Limits } from "../shared/limits.ts";
import { Register } from "../shared/register.ts";
import { StoreError } from "../shared/store-error.ts";
import type { KeptStores, StoreOptions } from "../shared/stores.ts";
import { defaultTimeout } from "../shared/within.ts";
import { checkDurability } from "./check-durability.ts";
import { limitTable } from "./limit-table.ts";
import { migrate } from "./migrate.ts";
import { permissionTable } from "./permission-table.ts";
import type { PostgresPool } from "./pool.ts";
import { trailTable } from "./trail-table.ts";

export type { KeptTrail, ReadableTrail } from "../shared/chained-trail.ts";
export { StoreError } from "../shared/store-error.ts";
export type { KeptStores, StoreOptions } from "../shared/stores.ts";
export type { PostgresClient, PostgresPool } from "./pool.ts";

export interface PostgresOptions extends StoreOptions {
  /** The schema that holds everything: `scruple` if left out. It is made where it is missing. */
  readonly schema?: string;
  /** `checked`: the server's settings have to be such that what is acknowledged is not lost. `trusted`: they are not asked. */
  readonly durability?: "checked" | "trusted";
}

/**
 * The stores in a PostgreSQL database, for as many processes as there are. The pool is the application's: it listens to
 * its errors and ends it.
 *
 * @throws StoreError where the database cannot be used: it does not answer, may lose data, or was laid out by a later version
 */
export async function postgresStores(pool: PostgresPool, options: PostgresOptions = {}): Promise<KeptStores> {
  const { timeout = defaultTimeout, memory, schema = "scruple", durability = "checked" } = options;
  if (!/^[a-z_][a-z0-9_]{0,30}$/.test(schema)) {
    throw new StoreError(`\`${schema}\` cannot be a schema: use up to 31 small letters, digits and \`_\`.`);
  }
  if (durability !== "trusted") await checkDurability(pool, timeout);
  await migrate(pool, timeout, schema);
  const quoted = `"${schema}"`;
  return {
    permissions: new Register(permissionTable(pool, timeout, quoted)),
    limits: new Limits(limitTable(pool, timeout, quoted), memory),
    audit: new ChainedTrail(trailTable(pool, timeout, quoted), timeout),
  };
}
