import { StoreError } from "../shared/store-error.ts";
import { ask } from "./ask.ts";
import type { PostgresPool } from "./pool.ts";

/**
 * Asks the server for the settings under which it may lose what it has acknowledged.
 *
 * @throws StoreError where they are such, or the server does not say
 */
export async function checkDurability(pool: PostgresPool, timeout: number): Promise<void> {
  const [found] = await ask<Record<string, string>>(
    pool,
    timeout,
    `select current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
            current_setting('synchronous_commit') as synchronous_commit`,
    [],
  );
  const settings = Object.entries(found ?? {});
  if (settings.length !== 3 || settings.some(([, value]) => typeof value !== "string"))
    throw new StoreError(
      'PostgreSQL does not say whether it may lose data. Pass `durability: "trusted"` if you know that it loses nothing.',
    );
  for (const [setting, value] of settings) {
    if (value !== "off") continue;
    throw new StoreError(
      `PostgreSQL has \`${setting} = off\`, which may lose data. Set it to \`on\`, or pass \`durability: "trusted"\` if you know that it loses nothing.`,
    );
  }
}
