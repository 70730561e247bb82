import { StoreError } from "../shared/store-error.ts";
import { within } from "../shared/within.ts";
import type { RedisClient } from "./client.ts";

/** Settings under which Redis keeps what it has acknowledged, and never throws any of it away to make room. */
const needed = { appendonly: "yes", appendfsync: "always", "maxmemory-policy": "noeviction" } as const;

/**
 * Asks the server for its settings: an audit entry that is lost with the last second is a lost entry, and a use that is
 * evicted is granted again.
 *
 * @throws StoreError where they are others, or the server does not say
 */
export async function checkDurability(client: RedisClient, timeout: number): Promise<void> {
  const advice = 'or pass `durability: "trusted"` if you know that it loses nothing.';
  for (const [setting, value] of Object.entries(needed)) {
    let found: unknown;
    try {
      const answer = await within(timeout, "Redis", async () => client.configGet?.(setting));
      found = (answer as Record<string, unknown> | undefined)?.[setting];
    } catch (error) {
      throw new StoreError(`Redis does not say what its \`${setting}\` is: let it, ${advice}`, { cause: error });
    }
    if (found !== value) {
      throw new StoreError(
        `Redis has \`${setting} ${String(found)}\`, which may lose data. Set it to \`${value}\`, ${advice}`,
      );
    }
  }
}
