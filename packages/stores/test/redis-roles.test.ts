import { setTimeout as sleep } from "node:timers/promises";
import { createCluster } from "redis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canRun } from "../../../scripts/testing/requirements.ts";
import { limitContract } from "../src/contract/index.ts";
import { type RedisClient, redisStores } from "../src/redis/index.ts";
import { freePort } from "./support/free-port.ts";
import { consent, offers } from "./support/offers.ts";
import { RedisServer, redisCommand } from "./support/redis-server.ts";

const timeout = 30_000;

/** What a server says that is not the one to ask, or not yet. */
const refusals = [
  "MOVED 3999 127.0.0.1:6381",
  "ASK 3999 127.0.0.1:6381",
  "READONLY You can't write against a read only replica.",
  "LOADING Redis is loading the dataset in memory",
  "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
  "CLUSTERDOWN The cluster is down",
  "TRYAGAIN Multiple keys request during rehashing of slot",
];

describe.runIf(canRun("redis", redisCommand))("Redis servers that are not the one to ask", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await RedisServer.start(redisCommand!);
  });
  afterAll(() => server.stop());

  test.each(refusals)("`%s` denies, and counts nothing", async (refusal) => {
    const client = await server.client();
    let isRefusing = false;
    const refusing = (ask: "eval" | "evalSha"): RedisClient["eval"] => {
      return async (script, options) => {
        if (isRefusing) throw new Error(refusal);
        return client[ask](script, options);
      };
    };
    const fickle: RedisClient = {
      eval: refusing("eval"),
      evalSha: refusing("evalSha"),
      configGet: (setting) => client.configGet(setting),
    };
    const stores = await redisStores(fickle, { timeout, prefix: `refusal.${refusals.indexOf(refusal)}` });
    await stores.permissions.give("p1", consent);
    const sent: string[] = [];
    const offer = (key: string) => offers(stores)("p1", key, () => sent.push(key));
    isRefusing = true;
    expect(await offer("a")).toMatchObject({ done: false, denial: { reason: "unavailable" } });
    isRefusing = false;
    expect(await offer("a")).toMatchObject({ done: true });
    expect(sent).toEqual(["a"]);
  });

  test("a primary that becomes a replica denies, and goes on counting where it was when it is one again", async () => {
    const client = await server.client();
    const stores = await redisStores(client, { timeout, prefix: "replica" });
    const use = { counter: "offers p1", count: 2, per: 60 };
    const reserve = (key: string) => stores.limits.reserve({ key, subject: "p1", uses: [use], now: Date.now() });
    expect(await reserve("a")).toMatchObject({ status: "reserved" });
    await client.sendCommand(["REPLICAOF", "127.0.0.1", "1"]);
    await expect(reserve("b")).rejects.toThrow(/Redis failed: .*READONLY|Redis failed: .*read only replica/);
    await client.sendCommand(["REPLICAOF", "NO", "ONE"]);
    expect(await reserve("b")).toMatchObject({ status: "reserved" });
    expect(await reserve("c")).toMatchObject({ status: "exhausted" });
  });
});

describe.runIf(canRun("redis", redisCommand))("a cluster of two servers", () => {
  const servers: RedisServer[] = [];
  beforeAll(async () => {
    const buses = [await freePort(), await freePort()] as const;
    for (const bus of buses) {
      const settings = ["--cluster-enabled", "yes", "--cluster-port", String(bus), "--cluster-node-timeout", "60000"];
      servers.push(await RedisServer.start(redisCommand!, undefined, settings));
    }
    const [one, other] = await Promise.all(servers.map((server) => server.client()));
    await one!.sendCommand(["CLUSTER", "ADDSLOTSRANGE", "0", "8191"]);
    await other!.sendCommand(["CLUSTER", "ADDSLOTSRANGE", "8192", "16383"]);
    await one!.sendCommand(["CLUSTER", "MEET", "127.0.0.1", String(servers[1]!.process.port), String(buses[1])]);
    const isUp = async (client: typeof one) => {
      const info = String(await client!.sendCommand(["CLUSTER", "INFO"]));
      return info.includes("cluster_state:ok") && info.includes("cluster_slots_ok:16384");
    };
    while (!((await isUp(one)) && (await isUp(other)))) await sleep(50);
  });
  afterAll(() => Promise.all(servers.map((server) => server.stop())));

  describe("a limit store through a client that knows the cluster", () => {
    const clusters: { destroy(): void }[] = [];
    afterAll(() => {
      for (const cluster of clusters) cluster.destroy();
    });
    const open = async () => {
      const cluster = createCluster({
        rootNodes: servers.map((server) => ({ socket: { host: "127.0.0.1", port: server.process.port } })),
      });
      cluster.on("error", () => undefined);
      clusters.push(cluster);
      await cluster.connect();
      return (await redisStores(cluster, { timeout, durability: "trusted" })).limits;
    };
    for (const { name, run } of limitContract({ open, clock: "own" })) test(name, run);
  });

  test("a client that does not know the cluster is refused by one of the two, and nothing is lost", async () => {
    const opened = await Promise.allSettled(
      servers.map(async (server) =>
        redisStores(await server.client(), { timeout, prefix: "plain", durability: "trusted" }),
      ),
    );
    expect(opened.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const refused = opened.find((one) => one.status === "rejected");
    expect(String(refused?.reason)).toMatch(/Redis failed: .*MOVED/);
  });
});
