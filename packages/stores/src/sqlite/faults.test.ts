import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import Database from "libsql";
import { afterAll, expect, test } from "vitest";
import { deliverOffers } from "../../test/support/deliver-offers.ts";
import { faultReport, type Tally, tally } from "../../test/support/fault-report.ts";
import { raceForUses, raceProcesses } from "../../test/support/processes.ts";
import { seeded } from "../../test/support/random.ts";
import { canMount, fill, mountSmallDisk, unmount } from "../../test/support/small-disk.ts";
import { keepWrongTime } from "../../test/support/wrong-clocks.ts";
import { ChainedTrail } from "../shared/chained-trail.ts";
import { Limits } from "../shared/limits.ts";
import { Register } from "../shared/register.ts";
import { Connection } from "./connection.ts";
import { sqliteStores } from "./index.ts";
import { limitTable } from "./limit-table.ts";
import { permissionTable } from "./permission-table.ts";
import { trailTable } from "./trail-table.ts";

const folder = mkdtempSync(join(tmpdir(), "scruple-sqlite-faults-"));
const random = seeded();
const tallies: Tally[] = [];
const closing: { close(): void }[] = [];
afterAll(() => {
  console.log(`\n${faultReport(tallies)}`);
  for (const one of closing) one.close();
  rmSync(folder, { recursive: true });
});

const patient = { timeout: 30_000 };
const open = async (name: string, options: Parameters<typeof sqliteStores>[1] = patient) => {
  const stores = await sqliteStores(join(folder, name), options);
  closing.push(stores);
  return stores;
};

function expectHarmless(result: Tally) {
  tallies.push(result);
  expect(result).toMatchObject({ beyond: 0, unconsented: 0, twice: 0, lost: 0 });
  expect(result.done).toBeGreaterThan(0);
}

test("a file that is no database, or cannot be one, is refused when it is opened", async () => {
  writeFileSync(join(folder, "text.db"), "This is a letter, and a long one at that. ".repeat(100));
  await expect(open("text.db")).rejects.toThrow(/`.*text.db`.*not a database/);
  mkdirSync(join(folder, "folder.db"));
  await expect(open("folder.db")).rejects.toThrow(/The database `.*folder.db` cannot be opened/);
});

test("what a later version has laid out is refused", async () => {
  const database = new Database(join(folder, "newer.db"));
  database.exec("create table scruple_schema (version integer not null); insert into scruple_schema values (7)");
  database.close();
  await expect(open("newer.db")).rejects.toThrow(
    "is laid out as version 7, and this `@scruple/stores` knows versions up to 2",
  );
});

test("is laid out once, however many begin at the same time", async () => {
  const stores = await Promise.all(Array.from({ length: 8 }, () => open("many.db")));
  await Promise.all(stores.map(({ permissions }) => permissions.give("p1", { purpose: "ads", channel: "any" })));
  expect((await stores[7]!.permissions.read("p1")).consents).toHaveLength(1);
});

test("every offer delivered twice", async () => {
  const trusted = await open("twice.db");
  const rig = { stores: trusted, trusted, breakIt: () => () => undefined };
  expectHarmless(await deliverOffers(rig, tally("SQLite", "delivered twice"), 12, random));
});

test("a file that is closed under it", async () => {
  const trusted = await open("closed.db");
  let fragile = trusted;
  let calls = 0;
  const oneLess = () => {
    calls -= 1;
    if (calls < 0) fragile.close();
    return fragile;
  };
  const stores = {
    get permissions() {
      return oneLess().permissions;
    },
    get limits() {
      return oneLess().limits;
    },
    get audit() {
      return oneLess().audit;
    },
  };
  const breakIt = async () => {
    fragile = await open("closed.db");
    calls = 12 + random() * 36;
    return () => fragile.close();
  };
  const result = await deliverOffers({ stores, trusted, breakIt }, tally("SQLite", "closed"), 24, random);
  expectHarmless(result);
  expect(result.failed).toBeGreaterThan(0);
});

test("a file that others have locked for too long", async () => {
  const trusted = await open("locked.db");
  const stores = await open("locked.db", { timeout: 30 });
  const other = new Database(join(folder, "locked.db"));
  closing.push(other);
  const breakIt = async () => {
    await sleep(random() * 2);
    const timer = setInterval(() => {
      try {
        if (other.inTransaction) {
          if (random() < 0.1) other.exec("rollback");
        } else other.exec("begin immediate");
      } catch {
        // Somebody else was faster.
      }
    }, 5);
    return () => {
      clearInterval(timer);
      if (other.inTransaction) other.exec("rollback");
    };
  };
  const result = await deliverOffers({ stores, trusted, breakIt }, tally("SQLite", "locked for too long"), 12, random);
  expectHarmless(result);
  expect(result.failed).toBeGreaterThan(0);
});

test("a file that may not grow", async () => {
  const trusted = await open("full.db");
  const connection = new Connection(join(folder, "full.db"));
  closing.push(connection);
  const stores = {
    permissions: new Register(permissionTable(connection, 1000)),
    limits: new Limits(limitTable(connection, 1000, Date.now)),
    audit: new ChainedTrail(trailTable(connection, 1000), 1000),
  };
  const breakIt = () => {
    // As many pages as there are, and some of them are nearly empty.
    const { page_count } = connection.database.prepare("pragma page_count").get() as { page_count: number };
    connection.database.exec(`pragma max_page_count = ${page_count}`);
    return () => void connection.database.exec("pragma max_page_count = 1000000");
  };
  const result = await deliverOffers({ stores, trusted, breakIt }, tally("SQLite", "no pages left"), 24, random);
  expectHarmless(result);
  expect(result.failed).toBeGreaterThan(0);
});

test.runIf(canMount())("a disk that is full", async () => {
  const disk = join(folder, "disk");
  mkdirSync(disk);
  mountSmallDisk(disk, 8);
  try {
    const trusted = await open("disk/full.db");
    const stores = await open("disk/full.db");
    const breakIt = () => fill(disk);
    const result = await deliverOffers({ stores, trusted, breakIt }, tally("SQLite", "disk full"), 12, random);
    for (const one of [trusted, stores]) one.close();
    expectHarmless(result);
    expect(result.failed).toBeGreaterThan(0);
  } finally {
    unmount(disk);
  }
});

test("clocks that are set back and leap forward", async () => {
  let now = 0;
  const stores = await open("clocks.db", { ...patient, clock: () => now });
  const setClock = (to: number) => {
    now = to;
  };
  expectHarmless(await keepWrongTime(stores, setClock, tally("SQLite", "one of two clocks wrong"), random));
});

test("two processes at once", async () => {
  const trusted = await open("processes.db");
  const plan = { store: { sqlite: join(folder, "processes.db") }, trusted, people: 10, kills: 0 };
  expectHarmless(await raceProcesses(plan, tally("SQLite", "two processes"), random));
});

test("two processes that go for the same uses", async () => {
  await open("uses.db");
  expectHarmless(await raceForUses({ sqlite: join(folder, "uses.db") }, 300, tally("SQLite", "two for one use")));
});

test("a process that is killed in the middle", async () => {
  const trusted = await open("killed.db");
  const plan = { store: { sqlite: join(folder, "killed.db") }, trusted, people: 10, kills: 2 };
  expectHarmless(await raceProcesses(plan, tally("SQLite", "process killed"), random));
});
