import type { Kept } from "@scruple/audit";
import type { Receipt } from "@scruple/runtime/enforce";
import { endOf, type TrailTable } from "../shared/chained-trail.ts";
import { StoreError } from "../shared/store-error.ts";
import type { RedisClient } from "./client.ts";
import { script, texts } from "./script.ts";

/** A list, in which an entry stands at its index: its hash, a line feed, the entry. */
const library = `
local function finish(added)
  local length = redis.call('LLEN', KEYS[1])
  return {added, tostring(length - 1), length == 0 and '' or string.sub(redis.call('LINDEX', KEYS[1], -1), 1, 71)}
end`;

const finish = script(`${library}
return finish('no')`);

/** ARGV: index and hash of the last entry, then what follows it. */
const add = script(`${library}
local found = finish('no')
if found[2] ~= ARGV[1] or (found[3] ~= ARGV[2] and found[2] ~= '-1') then return found end
for i = 3, #ARGV do redis.call('RPUSH', KEYS[1], ARGV[i]) end
return finish('yes')`);

const page = script("return redis.call('LRANGE', KEYS[1], ARGV[1], ARGV[1] + 499)");

export function trailTable(client: RedisClient, timeout: number, prefix: string): TrailTable {
  const keys = () => [`{${prefix}}:audit`];
  const left = (deadline: number) => Math.max(1, Math.ceil(deadline - performance.now()));
  return {
    add: async (last, entries, deadline) => {
      const args = [String(last.index), last.hash, ...entries.map(({ hash, entry }) => `${hash}\n${entry}`)];
      const answer = texts(await add(client, left(deadline), keys(), args));
      return { added: answer[0] === "yes", end: receiptOf(answer) };
    },
    end: async (deadline) => receiptOf(texts(await finish(client, left(deadline), keys(), []))),
    read: async (from) =>
      texts(await page(client, timeout, keys(), [String(from)])).map((line, i) => keptOf(from + i, line)),
  };
}

function receiptOf([, index, hash]: readonly string[]): Receipt {
  if (index === undefined || hash === undefined)
    throw new StoreError("Redis answered something else than its script does.");
  return endOf(index === "-1" ? undefined : { index: Number(index), hash });
}

function keptOf(index: number, line: string): Kept {
  const at = line.indexOf("\n");
  return { index, hash: line.slice(0, at), entry: line.slice(at + 1) };
}
