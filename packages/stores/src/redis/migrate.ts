import { checkVersion } from "../shared/schema-version.ts";
import type { RedisClient } from "./client.ts";
import { script, texts } from "./script.ts";

/** How keys are laid out. A later version changes what is there in a script of its own, behind the same number. */
const version = 2;

/**
 * Notes the version where there is none, and names the people that acts of the first one are about: what a use counts ends with
 * whom it counts for, behind the first space.
 */
const begin = script(`
local P = ARGV[2]
redis.call('SETNX', KEYS[1], ARGV[1])
if redis.call('GET', KEYS[1]) == '1' then
  for _, id in ipairs(redis.call('ZRANGE', P .. ':until', 0, -1)) do
    local counter = cjson.decode(redis.call('HGET', P .. ':reservation:' .. id, 'counters') or '[]')[1]
    local subject = counter and string.match(counter, '^%S+ (.*)$')
    if subject then
      redis.call('HSET', P .. ':reservation:' .. id, 'subject', subject)
      redis.call('SADD', P .. ':subject:' .. subject, id)
    end
  end
  redis.call('SET', KEYS[1], '2')
end
return {redis.call('GET', KEYS[1])}`);

/** @throws StoreError where what is there is ahead of this package */
export async function migrate(client: RedisClient, timeout: number, prefix: string): Promise<void> {
  const [found] = texts(await begin(client, timeout, [`{${prefix}}:version`], [String(version), `{${prefix}}:limits`]));
  checkVersion(`What Redis holds under \`${prefix}\``, Number(found), version);
}
