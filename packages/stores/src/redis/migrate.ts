import { checkVersion } from "../shared/schema-version.ts";
import type { RedisClient } from "./client.ts";
import { script, texts } from "./script.ts";

/** How keys are laid out. A later version changes what is there in a script of its own, behind the same number. */
const version = 1;

/** Notes the version where there is none. */
const begin = script(`
redis.call('SETNX', KEYS[1], ARGV[1])
return {redis.call('GET', KEYS[1])}`);

/** @throws StoreError where what is there is ahead of this package */
export async function migrate(client: RedisClient, timeout: number, prefix: string): Promise<void> {
  const [found] = texts(await begin(client, timeout, [`{${prefix}}:version`], [String(version)]));
  checkVersion(`What Redis holds under \`${prefix}\``, Number(found), version);
}
