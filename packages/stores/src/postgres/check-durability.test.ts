import { expect, test } from "vitest";
import { checkDurability } from "./check-durability.ts";
import type { PostgresClient } from "./pool.ts";

const durable = { fsync: "on", full_page_writes: "on", synchronous_commit: "on" };

/** Of a server, or of what stands between, that answers this. */
function checked(...rows: readonly unknown[]): Promise<void> {
  const client: PostgresClient = {
    query: async () => ({ rows }),
    release: () => undefined,
    on: () => undefined,
    removeListener: () => undefined,
  };
  return checkDurability({ connect: (callback) => callback(undefined, client) }, 1_000);
}

test("a server that loses nothing is taken", async () => {
  await expect(checked(durable)).resolves.toBeUndefined();
  await expect(checked({ ...durable, synchronous_commit: "remote_apply" })).resolves.toBeUndefined();
});

test("one that may lose something is not", async () => {
  await expect(checked({ ...durable, fsync: "off" })).rejects.toThrow("`fsync = off`, which may lose data");
});

test.each([[[]], [[{}]], [[{ ...durable, fsync: null }]], [[{ fsync: "on" }]]])(
  "nor one that does not say: %j",
  async (rows) => {
    await expect(checked(...rows)).rejects.toThrow("PostgreSQL does not say");
  },
);
