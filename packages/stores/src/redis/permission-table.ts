import type { PermissionRow, PermissionTable } from "../shared/register.ts";
import { asStoreError } from "../shared/store-error.ts";
import type { RedisClient } from "./client.ts";
import { script, texts } from "./script.ts";

/** A hash for each person: the kind, purpose and channel in JSON, and whether it is explicit. */
const read = script("return redis.call('HGETALL', KEYS[1])");
const add = script(`
if ARGV[2] == '1' then redis.call('HSET', KEYS[1], ARGV[1], '1') else redis.call('HSETNX', KEYS[1], ARGV[1], '0') end
return {}`);
const remove = script("redis.call('HDEL', KEYS[1], ARGV[1]) return {}");
const clear = script("redis.call('DEL', KEYS[1]) return {}");

export function permissionTable(client: RedisClient, timeout: number, prefix: string): PermissionTable {
  const keys = (subject: string) => [`${prefix}:permissions:${subject}`];
  return {
    rows: async (subject) => rowsOf(texts(await read(client, timeout, keys(subject), []))),
    add: async (subject, row) => {
      await add(client, timeout, keys(subject), [fieldOf(row), row.explicit ? "1" : "0"]);
    },
    remove: async (subject, row) => {
      await remove(client, timeout, keys(subject), [fieldOf(row)]);
    },
    clear: async (subject) => {
      await clear(client, timeout, keys(subject), []);
    },
  };
}

function fieldOf({ kind, purpose, channel }: Omit<PermissionRow, "explicit">): string {
  return JSON.stringify([kind, purpose, channel]);
}

function rowsOf(answer: readonly string[]): readonly PermissionRow[] {
  const rows: PermissionRow[] = [];
  for (let i = 0; i < answer.length; i += 2) {
    try {
      const [kind, purpose, channel] = JSON.parse(answer[i] as string);
      const row = { kind, purpose, channel, explicit: answer[i + 1] === "1" };
      // What is written in another way than here could never be withdrawn.
      if (fieldOf(row) !== answer[i]) throw new TypeError("it is written in another way");
      rows.push(row);
    } catch (error) {
      throw asStoreError("Redis holds a permission that no store has written", error);
    }
  }
  return rows;
}
