import { ChainedTrail } from "../shared/chained-trail.ts";
import { Limits } from "../shared/limits.ts";
import { Register } from "../shared/register.ts";
import { StoreError } from "../shared/store-error.ts";
import type { KeptStores, StoreOptions } from "../shared/stores.ts";
import { defaultTimeout } from "../shared/within.ts";
import { checkDurability } from "./check-durability.ts";
import type { RedisClient } from "./client.ts";
import { limitTable } from "./limit-table.ts";
import { migrate } from "./migrate.ts";
import { permissionTable } from "./permission-table.ts";
import { trailTable } from "./trail-table.ts";

export type { KeptTrail, ReadableTrail } from "../shared/chained-trail.ts";
export { StoreError } from "../shared/store-error.ts";
export type { KeptStores, StoreOptions } from "../shared/stores.ts";
export type { RedisClient } from "./client.ts";

export interface RedisOptions extends StoreOptions {
  /** What all keys begin with: `scruple` if left out. Letters, digits and `_:.-`, without a part `:permissions`. */
  readonly prefix?: string;
  /**
   * `checked`: the server's settings are asked for, and have to be such that what is acknowledged is not lost. `trusted`:
   * the application knows, where a managed server does not tell.
   */
  readonly durability?: "checked" | "trusted";
}

/**
 * The stores on a Redis or Valkey server, for as many processes as there are. The client is the application's: it connects
 * it, listens to its errors and closes it.
 *
 * @throws StoreError where the server cannot be used: it does not answer, may lose data, or holds what a later version wrote
 */
export async function redisStores(client: RedisClient, options: RedisOptions = {}): Promise<KeptStores> {
  const { timeout = defaultTimeout, memory, prefix = "scruple", durability = "checked" } = options;
  if (!/^[\w:.-]+$/.test(prefix))
    throw new StoreError(`\`${prefix}\` cannot be a prefix: use letters, digits and \`_:.-\`.`);
  // Somebody's permissions under it would be somebody else's under what comes before.
  if (/:permissions(:|$)/.test(prefix))
    throw new StoreError(
      `\`${prefix}\` cannot be a prefix: leave out \`:permissions\`, where another prefix could end.`,
    );
  if (durability !== "trusted") await checkDurability(client, timeout);
  await migrate(client, timeout, prefix);
  return {
    permissions: new Register(permissionTable(client, timeout, prefix)),
    limits: new Limits(limitTable(client, timeout, prefix), memory),
    audit: new ChainedTrail(trailTable(client, timeout, prefix), timeout),
  };
}
