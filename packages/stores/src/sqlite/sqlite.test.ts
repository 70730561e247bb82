import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { entryLine, headerLine, origin, verifyTrail } from "@scruple/audit";
import { afterAll, describe, expect, test } from "vitest";
import { auditContract, exampleEntry, limitContract, permissionContract } from "../contract/index.ts";
import { type SqliteStores, sqliteStores } from "./index.ts";

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

describe("an audit trail on SQLite", () => {
  for (const { name, run } of auditContract(async () => (await open()).audit)) test(name, run);

  test("can be written to a file, and verified there", async () => {
    const { audit } = await open("export.db");
    for (const act of ["a", "b", "c"]) await audit.append(exampleEntry(act));
    const file = join(folder, "export.jsonl");
    writeFileSync(file, headerLine(origin));
    for await (const kept of audit.read()) appendFileSync(file, entryLine(kept));
    expect(await verifyTrail(file)).toMatchObject({ entries: 3, breaches: [] });
  });
});
