/** Another process that sends offers: says on its output, line by line, what it did and what was acknowledged. */
import { randomUUID } from "node:crypto";
import { writeSync } from "node:fs";
import type { Model } from "@scruple/model";
import pg from "pg";
import { createClient } from "redis";
import { postgresStores } from "../../src/postgres/index.ts";
import { redisStores } from "../../src/redis/index.ts";
import type { KeptStores } from "../../src/shared/stores.ts";
import { sqliteStores } from "../../src/sqlite/index.ts";
import { tally } from "./fault-report.ts";
import { guardOf } from "./offers-guard.ts";
import { watched } from "./watched.ts";

/** What a child is told, in JSON. */
export interface Errand {
  /** A path, or the port of a server. */
  readonly store: { readonly sqlite: string } | { readonly redis: number } | { readonly postgres: number };
  readonly model: Model;
  readonly people: readonly string[];
  readonly keys: number;
  /** How many counters with a single use each to go for instead. */
  readonly counters: number;
}

async function open(store: Errand["store"]): Promise<KeptStores> {
  const timeout = 30_000;
  if ("sqlite" in store) return sqliteStores(store.sqlite, { timeout });
  if ("redis" in store) {
    const client = await createClient({ socket: { host: "127.0.0.1", port: store.redis } }).connect();
    return redisStores(client, { timeout });
  }
  const pool = new pg.Pool({ host: "127.0.0.1", port: store.postgres, user: "postgres", database: "postgres", max: 4 });
  return postgresStores(pool, { timeout });
}

const errand: Errand = JSON.parse(process.argv[2] as string);
const stores = await open(errand.store);
writeSync(1, "ready\n");
await new Promise((resolve) => process.stdin.once("data", resolve));
for (let i = 0; i < errand.counters; i++) {
  const uses = [{ counter: `race-${i}`, count: 1, per: 3600 }];
  const { status } = await stores.limits.reserve({ key: randomUUID(), subject: null, uses, now: Date.now() });
  if (status === "reserved") writeSync(1, `took ${i}\n`);
}
const receipts = {
  push: ({ index, hash }: { readonly index: number; readonly hash: string }) => writeSync(1, `kept ${index} ${hash}\n`),
};
const send = guardOf(errand.model, watched(stores, receipts, tally("", "")));
for (let i = 0; i < errand.keys; i++) {
  await Promise.all(
    errand.people.map((person) => send(person, `${person}-${i}`, () => void writeSync(1, `sent ${person} ${i}\n`))),
  );
}
process.exit(0);
