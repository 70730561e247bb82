import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { KeptStores } from "../../src/shared/stores.ts";
import type { Errand } from "./child.ts";
import { deliverOffers, type Rig } from "./deliver-offers.ts";
import { faultReport, type Tally, tally } from "./fault-report.ts";
import { raceForUses, raceProcesses } from "./processes.ts";
import { seeded } from "./random.ts";
import { type Mode, Wire } from "./wire.ts";
import { keepWrongTime } from "./wrong-clocks.ts";

/** A server under test, and stores on it. */
export interface ServerUnderTest {
  readonly port: number;
  readonly errand: Errand["store"];
  /** Opens the stores on this port: the server's own, or one in front of it. @param timeout milliseconds */
  open(port: number, timeout: number): Promise<KeptStores>;
  /** Stores on a server whose clock can be set, in milliseconds since 1970. */
  openWithClock(): Promise<{ readonly stores: KeptStores; setClock(now: number): void | Promise<void> }>;
  /** Kills the server with all that it is doing, and starts it again. */
  crash(): Promise<void>;
  stop(): Promise<void>;
}

/** What breaks a server, once it has been started. */
export type Fault = () => Rig["breakIt"];

/** What all stores on servers have to bear. @param others faults of this one alone */
export function serverFaults(
  name: string,
  start: () => Promise<ServerUnderTest>,
  others: Readonly<Record<string, Fault>> = {},
): void {
  const random = seeded();
  const tallies: Tally[] = [];
  let server: ServerUnderTest;
  let wire: Wire;
  let trusted: KeptStores;
  let stores: KeptStores;
  beforeAll(async () => {
    server = await start();
    wire = await Wire.start(server.port, random);
    trusted = await server.open(server.port, 60_000);
    stores = await server.open(wire.port, 5_000);
  });
  afterAll(async () => {
    console.log(`\n${faultReport(tallies)}`);
    await server.stop();
    await wire.stop();
  });

  function expectHarmless(result: Tally) {
    tallies.push(result);
    expect(result).toMatchObject({ beyond: 0, unconsented: 0, twice: 0, lost: 0 });
    expect(result.done).toBeGreaterThan(0);
  }

  test.each<[string, Mode, number]>([
    ["connections refused", "refuse", 24],
    ["replies cut off in the middle", "cut", 24],
  ])("%s", async (fault, mode, rounds) => {
    const breakIt = () => wire.disturb(mode);
    const result = await deliverOffers({ stores, trusted, breakIt }, tally(name, fault), rounds, random);
    expectHarmless(result);
    expect(result.failed).toBeGreaterThan(0);
  });

  test("no answer in time", async () => {
    const hasty = await untilOpen(() => server.open(wire.port, 150));
    const result = tally(name, "no answer in time");
    await deliverOffers({ stores: hasty, trusted, breakIt: () => wire.disturb("stall") }, result, 10, random);
    // On a slow disk each of these may have come to nothing: what is held when no answer comes stays held.
    await deliverOffers({ stores: hasty, trusted, breakIt: () => () => undefined }, result, 1, random);
    expectHarmless(result);
    expect(result.failed).toBeGreaterThan(0);
  });

  test("every offer delivered twice", async () => {
    const rig = { stores: trusted, trusted, breakIt: () => () => undefined };
    expectHarmless(await deliverOffers(rig, tally(name, "delivered twice"), 12, random));
  });

  test("a server that is killed in the middle", async () => {
    const breakIt = () => {
      const crash = sleep(random() * 30).then(() => server.crash());
      return () => crash;
    };
    const result = await deliverOffers({ stores, trusted, breakIt }, tally(name, "server killed"), 8, random);
    expectHarmless(result);
    expect(result.failed).toBeGreaterThan(0);
  });

  test("clocks that are set back and leap forward", async () => {
    const { stores: timed, setClock } = await server.openWithClock();
    expectHarmless(await keepWrongTime(timed, setClock, tally(name, "one of two clocks wrong"), random));
  });

  test.each([
    ["two processes", 0],
    ["process killed", 3],
  ])("%s", async (fault, kills) => {
    const plan = { store: server.errand, trusted, people: 10, kills };
    expectHarmless(await raceProcesses(plan, tally(name, fault), random));
  });

  test("two processes that go for the same uses", async () => {
    expectHarmless(await raceForUses(server.errand, 300, tally(name, "two for one use")));
  });

  for (const [fault, prepare] of Object.entries(others)) {
    test(fault, async () => {
      const breakIt = prepare();
      const result = await deliverOffers({ stores, trusted, breakIt }, tally(name, fault), 12, random);
      expectHarmless(result);
      expect(result.failed).toBeGreaterThan(0);
    });
  }
}

/** Opens stores that wait so briefly that a busy machine may need several attempts. */
async function untilOpen(open: () => Promise<KeptStores>): Promise<KeptStores> {
  for (;;) {
    try {
      return await open();
    } catch {
      await sleep(100);
    }
  }
}
