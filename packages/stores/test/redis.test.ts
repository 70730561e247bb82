import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canRun } from "../../../scripts/testing/requirements.ts";
import { auditContract, limitContract, permissionContract, retentionContract } from "../src/contract/index.ts";
import { redisStores, StoreError } from "../src/redis/index.ts";
import { RedisServer, redisCommands, withClock } from "./support/redis-server.ts";

const timeout = 30_000;

const servers = [
  ["Redis", canRun("redis", redisCommands.redis), redisCommands.redis],
  ["Valkey", canRun("valkey", redisCommands.valkey), redisCommands.valkey],
] as const;

describe.for(servers.filter(([, isThere]) => isThere))("on %s", ([, , file]) => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await RedisServer.start(file!);
  });
  afterAll(() => server.stop());

  const open = async (prefix?: string) =>
    redisStores(await server.client(), prefix === undefined ? { timeout } : { timeout, prefix });

  describe("a permission register", () => {
    for (const { name, run } of permissionContract(async () => (await open()).permissions)) test(name, run);
  });

  describe("a limit store by the server's clock", () => {
    const harness = { open: async () => (await open("real")).limits, clock: "own" as const };
    for (const { name, run } of limitContract(harness)) test(name, run);
  });

  describe("a limit store whose server's clock is set", () => {
    const clock = { now: 0 };
    const harness = {
      open: async () => (await redisStores(withClock(await server.client(), clock), { timeout, prefix: "set" })).limits,
      clock: async (now: number) => {
        clock.now = now;
      },
    };
    for (const { name, run } of limitContract(harness)) test(name, run);
  });

  describe("an audit trail", () => {
    for (const { name, run } of auditContract(async () => (await open()).audit)) test(name, run);
    for (const { name, run } of retentionContract(async () => (await open("retained")).audit)) test(name, run);
  });

  test("stores of one prefix know nothing of those of another", async () => {
    const [one, other] = [await open("one"), await open("other")];
    await one.permissions.give("p1", { purpose: "analytics", channel: "any" });
    expect((await other.permissions.read("p1")).consents).toEqual([]);
  });

  test.each(["a}b", "a:permissions", "a:permissions:b", "a:b:permissions"])(
    "a prefix in which keys could end is refused: %s",
    async (prefix) => {
      await expect(redisStores(await server.client(), { prefix })).rejects.toThrow("cannot be a prefix");
    },
  );

  test.each(["permissions", "a:permissions2", "a:my.permissions:b"])("another is none: %s", async (prefix) => {
    const { permissions } = await open(prefix);
    await permissions.give("p1", { purpose: "analytics", channel: "any" });
    expect((await permissions.read("p1")).consents).toHaveLength(1);
  });

  test.each([
    '["consent",5,null]',
    '["consent","ads",null]',
    '["objection",null,"any"]',
    '["consent","ads","any","until spring"]',
    '["consent", "ads", "any"]',
    '["withdrawal","ads","any"]',
    '{"kind":"consent"}',
    "consent",
  ])("a permission that no store has written is none: %s", async (field) => {
    const client = await server.client();
    const { permissions } = await open("odd");
    await permissions.forget("p1");
    await permissions.give("p1", { purpose: "analytics", channel: "any" });
    await client.hSet("odd:permissions:p1", field, "1");
    await expect(permissions.read("p1")).rejects.toThrow(StoreError);
  });

  test("an act whose reservation is lost or broken is not done again", async () => {
    const client = await server.client();
    const { limits } = await open("lost");
    const act = (key: string) => ({
      key,
      subject: "p1",
      uses: [{ counter: "c p1", count: 9, per: 60 }],
      now: Date.now(),
    });
    for (const [key, spoil] of Object.entries({
      gone: (record: string) => client.del(record),
      stateless: (record: string) => client.hDel(record, "state"),
      timeless: (record: string) => client.hDel(record, "until"),
      odd: (record: string) => client.hSet(record, "state", "done"),
    })) {
      const held = await limits.reserve(act(key));
      if (held.status !== "reserved") throw new Error(`${key} is ${held.status}`);
      await spoil(`{lost}:limits:reservation:${held.reservation}`);
      await expect(limits.reserve(act(key)), key).rejects.toThrow(StoreError);
      await expect(limits.reserve(act(key)), `${key} once more`).rejects.toThrow(StoreError);
    }
    await limits.forget("p1");
    await expect(limits.reserve(act("gone"))).rejects.toThrow("its reservation is lost or broken");
  });

  test("what a later version has written is refused", async () => {
    const client = await server.client();
    await client.set("{newer}:version", "7");
    await expect(redisStores(client, { prefix: "newer" })).rejects.toThrow(
      "What Redis holds under `newer` is laid out as version 7, and this `@scruple/stores` knows versions up to 2.",
    );
  });

  test("what the first version has written knows afterwards who its acts are about", async () => {
    const client = await server.client();
    await client.set("{first}:version", "1");
    const act = { key: "k", state: "held", until: "9", counters: '["airline/offer.enough#mail p 1"]' };
    await client.hSet("{first}:limits:reservation:r", act);
    await client.zAdd("{first}:limits:until", { score: 9, value: "r" });
    await client.zAdd("{first}:limits:uses:airline/offer.enough#mail p 1", { score: 9, value: "r" });
    const { limits } = await open("first");
    const spent = () => limits.spent("airline/offer.enough#mail p 1", 86_400, 0);
    expect(await spent()).toBe(1);
    await limits.forget("p 1");
    expect(await spent()).toBe(0);
  });

  test.each([
    ["appendonly", "no"],
    ["appendfsync", "everysec"],
    ["maxmemory-policy", "allkeys-lru"],
  ])("a server with `%s %s` is refused, unless it is trusted", async (setting, value) => {
    const client = await server.client();
    const before = (await client.configGet(setting))[setting] as string;
    await client.configSet(setting, value);
    try {
      await expect(redisStores(client)).rejects.toThrow(`Redis has \`${setting} ${value}\`, which may lose data.`);
      await expect(redisStores(client, { durability: "trusted" })).resolves.toBeDefined();
    } finally {
      await client.configSet(setting, before);
    }
  });

  test("a pool of clients will do", async () => {
    const { createClientPool } = await import("redis");
    const pool = createClientPool({ socket: { port: server.process.port, host: "127.0.0.1" } });
    await pool.connect();
    const stores = await redisStores(pool, { prefix: "pool" });
    expect(await stores.limits.reserve({ key: "k", subject: null, uses: [], now: 0 })).toMatchObject({
      status: "reserved",
    });
    await pool.close();
  });
});
