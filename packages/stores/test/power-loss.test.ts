import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Kept, verifyChain } from "@scruple/audit";
import Database from "libsql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exampleEntry } from "../src/contract/index.ts";
import { sqliteStores } from "../src/sqlite/index.ts";

/** How SQLite writes a page ahead of the file: a header and the page. */
const frame = 24 + 4096;

/**
 * What is left where the power fails while SQLite writes: the file as it was, and what goes before it up to some byte. The last
 * transaction adds the third entry; the two before it are on the disk, since they were acknowledged.
 */
describe("a SQLite file whose last page was cut off", () => {
  const folder = mkdtempSync(join(tmpdir(), "scruple-power-"));
  const before = join(folder, "before.db");
  const after = join(folder, "after", "after.db");
  let log: Buffer;
  /** Where the log ended when the second entry was acknowledged. */
  let acknowledged: number;
  let receipts: readonly { readonly index: number; readonly hash: string }[];
  beforeAll(async () => {
    mkdirSync(join(folder, "after"));
    const stores = await sqliteStores(before);
    const use = { counter: "offers p1", count: 1, per: 3600 };
    const held = await stores.limits.reserve({ key: "a", subject: "p1", uses: [use], now: Date.now() });
    if (held.status === "reserved") await stores.limits.commit(held.reservation);
    const first = [await stores.audit.append(exampleEntry("a")), await stores.audit.append(exampleEntry("b"))];
    acknowledged = readFileSync(`${before}-wal`).length;
    receipts = [...first, await stores.audit.append(exampleEntry("c"))];
    log = readFileSync(`${before}-wal`);
    copyFileSync(before, `${before}.copy`);
    stores.close();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Has the disk as the power left it. */
  const left = (bytes: Buffer) => {
    for (const ending of ["", "-wal", "-shm"]) rmSync(`${after}${ending}`, { force: true });
    copyFileSync(`${before}.copy`, after);
    writeFileSync(`${after}-wal`, bytes);
  };
  const entries = () => {
    const database = new Database(after);
    try {
      const rows = database.prepare('select position as "index", hash, entry from scruple_audit order by position');
      return rows.all() as Kept[];
    } finally {
      database.close();
    }
  };

  test("at any byte has the entries before, and the last one whole or not at all", async () => {
    expect(log.length - acknowledged).toBeGreaterThanOrEqual(frame);
    for (let end = log.length - frame; end <= log.length; end++) {
      left(log.subarray(0, end));
      const kept = entries();
      expect(kept.length, `cut at ${end} of ${log.length}`).toBe(end === log.length ? 3 : 2);
      const { breaches } = await verifyChain(kept, { known: receipts.slice(0, kept.length) });
      expect(breaches).toEqual([]);
    }
  });

  test("or of which some bytes were never written, likewise", async () => {
    for (let from = log.length - frame; from < log.length; from += 37) {
      left(Buffer.concat([log.subarray(0, from), Buffer.alloc(log.length - from)]));
      const { breaches } = await verifyChain(entries(), { known: receipts.slice(0, 2) });
      expect(breaches, `zeros from ${from}`).toEqual([]);
    }
  });

  test("counts what was acknowledged, and goes on", async () => {
    for (let end = log.length - frame; end <= log.length; end += 412) {
      left(log.subarray(0, end));
      const stores = await sqliteStores(after);
      expect(await stores.limits.spent("offers p1", 3600, Date.now())).toBe(1);
      const use = { counter: "offers p1", count: 1, per: 3600 };
      expect(await stores.limits.reserve({ key: "d", subject: "p1", uses: [use], now: Date.now() })).toMatchObject({
        status: "exhausted",
      });
      const receipt = await stores.audit.append(exampleEntry("d"));
      const report = await verifyChain(stores.audit.read(), { known: [...receipts.slice(0, 2), receipt] });
      expect(report.breaches).toEqual([]);
      stores.close();
    }
  });
});
