import { StoreError } from "../shared/store-error.ts";
import { ask } from "./ask.ts";
import type { PostgresPool } from "./pool.ts";

/**
 * Asks the server for the settings under which it may lose what it has acknowledged.
 *
 * @throws StoreError where they are such
 */
export async function checkDurability(pool: PostgresPool, timeout: number): Promise<void> {
  const [found] = await ask<Record<string, string>>(
    pool,
    timeout,
    `select current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
            current_setting('synchronous_commit') as synchronous_commit`,
    [],
  );
  for (const [setting, value] of Object.entries(found ?? {})) {
    if (value !== "off") continue;
    throw new StoreError(
      `PostgreSQL has \`${setting} = off\`, which may lose data. Set it to \`on\`, or pass \`durability: "trusted"\` if you know that it loses nothing.`,
    );
  }
}
