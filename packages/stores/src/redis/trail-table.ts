import type { Kept } from "@scruple/audit";
import type { Receipt } from "@scruple/runtime/enforce";
import { endOf, type TrailTable } from "../shared/chained-trail.ts";
import { StoreError } from "../shared/store-error.ts";
import type { RedisClient } from "./client.ts";
import { script, texts } from "./script.ts";

/**
 * A list of entries, each its hash, a line feed, the entry; and in a hash beside it the receipt that the first of them follows,
 * once others have been removed. KEYS: the two.
 */
const library = `
local function start()
  local found = redis.call('HMGET', KEYS[2], 'index', 'hash')
  return tonumber(found[1] or '-1'), found[2] or ''
end
local function finish(added)
  local before, hash = start()
  local length = redis.call('LLEN', KEYS[1])
  if length > 0 then hash = string.sub(redis.call('LINDEX', KEYS[1], -1), 1, 71) end
  return {added, tostring(before + length), hash}
end`;

const finish = script(`${library}
return finish('no')`);

const start = script(`${library}
local index, hash = start()
return {'no', tostring(index), hash}`);

/** ARGV: index and hash of the last entry, then what follows it. */
const add = script(`${library}
local found = finish('no')
if found[2] ~= ARGV[1] or (found[3] ~= ARGV[2] and found[2] ~= '-1') then return found end
for i = 3, #ARGV do redis.call('RPUSH', KEYS[1], ARGV[i]) end
return finish('yes')`);

/** ARGV: index and hash of the last entry that goes. */
const drop = script(`${library}
local gone = tonumber(ARGV[1]) - start()
if gone <= 0 then return {} end
redis.call('LTRIM', KEYS[1], gone, -1)
redis.call('HSET', KEYS[2], 'index', ARGV[1], 'hash', ARGV[2])
return {}`);

/** ARGV: an index. Answers the index of the first entry that is there from it on, and entries. */
const page = script(`${library}
local from = math.max(0, tonumber(ARGV[1]) - 1 - start())
local found = redis.call('LRANGE', KEYS[1], from, from + 499)
table.insert(found, 1, tostring(start() + 1 + from))
return found`);

export function trailTable(client: RedisClient, timeout: number, prefix: string): TrailTable {
  const keys = () => [`{${prefix}}:audit`, `{${prefix}}:audit:start`];
  const left = (deadline: number) => Math.max(1, Math.ceil(deadline - performance.now()));
  return {
    add: async (last, entries, deadline) => {
      const args = [String(last.index), last.hash, ...entries.map(({ hash, entry }) => `${hash}\n${entry}`)];
      const answer = texts(await add(client, left(deadline), keys(), args));
      return { added: answer[0] === "yes", end: receiptOf(answer) };
    },
    end: async (deadline) => receiptOf(texts(await finish(client, left(deadline), keys(), []))),
    start: async (deadline) => receiptOf(texts(await start(client, left(deadline), keys(), []))),
    drop: async ({ index, hash }, deadline) => {
      await drop(client, left(deadline), keys(), [String(index), hash]);
    },
    read: async (from) => {
      const [first, ...lines] = texts(await page(client, timeout, keys(), [String(from)]));
      return lines.map((line, i) => keptOf(Number(first) + i, line));
    },
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
