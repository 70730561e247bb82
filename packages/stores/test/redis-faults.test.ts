import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { redisStores } from "../src/redis/index.ts";
import type { KeptStores } from "../src/shared/stores.ts";
import { deliverOffers } from "./support/deliver-offers.ts";
import { faultReport, type Tally, tally } from "./support/fault-report.ts";
import { seeded } from "./support/random.ts";
import { RedisServer, redisCommand } from "./support/redis-server.ts";
import { canRun } from "./support/requirements.ts";
import { type Mode, Wire } from "./support/wire.ts";

const patient = { timeout: 60_000 };
const hasty = { timeout: 150 };

describe.runIf(canRun("redis", redisCommand))("Redis with", () => {
  const random = seeded();
  const tallies: Tally[] = [];
  let server: RedisServer;
  let wire: Wire;
  let trusted: KeptStores;
  let stores: KeptStores;
  beforeAll(async () => {
    server = await RedisServer.start(redisCommand!);
    wire = await Wire.start(server.process.port, random);
    trusted = await redisStores(await server.client(), patient);
    stores = await redisStores(await server.client(wire.port), hasty);
  });
  afterAll(async () => {
    console.log(`\n${faultReport(tallies)}`);
    await server.stop();
    await wire.stop();
  });

  const harmless = { beyond: 0, unconsented: 0, twice: 0, lost: 0 };
  function expectHarmless(result: Tally) {
    tallies.push(result);
    expect(result).toMatchObject(harmless);
    expect(result.done).toBeGreaterThan(0);
  }

  test.each<[string, Mode, number]>([
    ["connections refused", "refuse", 24],
    ["no answer in time", "stall", 10],
    ["replies cut off in the middle", "cut", 24],
  ])("%s", async (fault, mode, rounds) => {
    const breakIt = () => wire.disturb(mode);
    const result = await deliverOffers({ stores, trusted, breakIt }, tally("Redis", fault), rounds, random);
    expectHarmless(result);
    expect(result.failed).toBeGreaterThan(0);
  });

  test("every offer delivered twice", async () => {
    const breakIt = () => () => undefined;
    expectHarmless(
      await deliverOffers({ stores: trusted, trusted, breakIt }, tally("Redis", "delivered twice"), 12, random),
    );
  });

  test("no memory left", async () => {
    const admin = await server.client();
    const breakIt = async () => {
      await admin.configSet("maxmemory", "1");
      return () => admin.configSet("maxmemory", "0").then(() => undefined);
    };
    const result = await deliverOffers({ stores, trusted, breakIt }, tally("Redis", "no memory left"), 12, random);
    expectHarmless(result);
    expect(result.failed).toBeGreaterThan(0);
  });

  test("a server that is killed in the middle", async () => {
    const breakIt = () => {
      const crash = sleep(random() * 30).then(async () => {
        await server.process.stop("SIGKILL");
        await server.process.start();
      });
      return () => crash;
    };
    const result = await deliverOffers({ stores, trusted, breakIt }, tally("Redis", "server killed"), 12, random);
    expectHarmless(result);
    expect(result.failed).toBeGreaterThan(0);
  });
});
