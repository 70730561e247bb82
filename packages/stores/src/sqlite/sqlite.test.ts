import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { entryLine, headerLine, verifyTrail } from "@scruple/audit";
import Database from "libsql";
import { afterAll, describe, expect, test } from "vitest";
import {
  auditContract,
  exampleEntry,
  limitContract,
  permissionContract,
  retentionContract,
} from "../contract/index.ts";
import { type SqliteStores, sqliteStores } from "./index.ts";
import { migrations } from "./migrations.ts";

const folder = mkdtempSync(join(tmpdir(), "scruple-sqlite-"));
const opened: SqliteStores[] = [];
afterAll(() => {
  for (const stores of opened) stores.close();
  rmSync(folder, { recursive: true });
});

async function open(file = "stores.db", clock?: () => number): Promise<SqliteStores> {
  const options = clock === undefined ? { timeout: 30_000 } : { timeout: 30_000, clock };
  const stores = await sqliteStores(join(folder, file), options);
  opened.push(stores);
  return stores;
}

describe("a permission register on SQLite", () => {
  for (const { name, run } of permissionContract(async () => (await open()).permissions)) test(name, run);
});

describe("a limit store on SQLite", () => {
  const harness = { open: async () => (await open()).limits, clock: "own" as const };
  for (const { name, run } of limitContract(harness)) test(name, run);
});

describe("a limit store on SQLite whose clock is set", () => {
  let now = 0;
  const harness = {
    open: async () => (await open("set.db", () => now)).limits,
    clock: async (milliseconds: number) => {
      now = milliseconds;
    },
  };
  for (const { name, run } of limitContract(harness)) test(name, run);
});

test("by a clock that is broken nothing is counted, and nothing granted", async () => {
  let now = 1_000_000;
  const { limits } = await open("broken.db", () => now);
  const request = { key: "k", subject: "p1", uses: [{ counter: "c p1", count: 1, per: 60 }], now };
  expect(await limits.reserve(request)).toMatchObject({ status: "reserved" });
  for (const broken of [Number.NaN, Number.POSITIVE_INFINITY, undefined]) {
    now = broken as number;
    await expect(limits.reserve({ ...request, key: "l" })).rejects.toThrow(`${broken} is not a moment.`);
    await expect(limits.spent("c p1", 60, 1_000_000)).rejects.toThrow(`${broken} is not a moment.`);
  }
  now = 1_000_000;
  expect(await limits.reserve(request)).toMatchObject({ status: "repeated" });
  expect(await limits.spent("c p1", 60, now)).toBe(1);
});

test("what the first version has laid out knows afterwards who its acts are about", async () => {
  const database = new Database(join(folder, "first.db"));
  database.exec(`create table scruple_schema (version integer not null) strict; insert into scruple_schema values (1);
    ${migrations[0]}
    insert into scruple_acts values ('r', 'k', 'held', 1, ${Number.MAX_SAFE_INTEGER});
    insert into scruple_uses values ('airline/offer.enough#mail p 1', 1, 'r')`);
  database.close();
  const { limits } = await open("first.db");
  const spent = () => limits.spent("airline/offer.enough#mail p 1", 86_400, 0);
  expect(await spent()).toBe(1);
  await limits.forget("p 1");
  expect(await spent()).toBe(0);
});

describe("an audit trail on SQLite", () => {
  for (const { name, run } of auditContract(async () => (await open()).audit)) test(name, run);

  for (const { name, run } of retentionContract(async () => (await open("retention.db")).audit)) test(name, run);

  test("can be written to a file, and verified there", async () => {
    const { audit } = await open("export.db");
    for (const act of ["a", "b", "c", "d"]) await audit.append(exampleEntry(act));
    await audit.removeAllBut(3);
    const file = join(folder, "export.jsonl");
    writeFileSync(file, headerLine(await audit.start()));
    for await (const kept of audit.read()) appendFileSync(file, entryLine(kept));
    expect(await verifyTrail(file)).toMatchObject({ entries: 3, breaches: [] });
  });
});
