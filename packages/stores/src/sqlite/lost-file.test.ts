import { copyFileSync, mkdtempSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { expect, onTestFinished, test } from "vitest";
import { exampleEntry } from "../contract/index.ts";
import { type SqliteStores, StoreError, sqliteStores } from "./index.ts";

const marketing = { purpose: "marketing", channel: "any" };

function inFolder() {
  const folder = mkdtempSync(join(tmpdir(), "scruple-lost-file-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return (name: string) => join(folder, name);
}

async function open(path: string): Promise<SqliteStores> {
  const stores = await sqliteStores(path);
  onTestFinished(() => stores.close());
  return stores;
}

function move(from: string, to: string) {
  for (const end of ["", "-wal", "-shm"]) renameSync(from + end, to + end);
}

/** All that can be asked of stores. */
const calls: Record<string, (stores: SqliteStores) => Promise<unknown>> = {
  read: ({ permissions }) => permissions.read("p1"),
  give: ({ permissions }) => permissions.give("p1", marketing),
  object: ({ permissions }) => permissions.object("p1", marketing),
  reserve: ({ limits }) =>
    limits.reserve({ key: "k", subject: "p1", uses: [{ counter: "c p1", count: 1, per: 60 }], now: Date.now() }),
  spent: ({ limits }) => limits.spent("c p1", 60, Date.now()),
  "forget acts": ({ limits }) => limits.forget("p1"),
  append: ({ audit }) => audit.append(exampleEntry("a")),
  start: ({ audit }) => audit.start(),
  entries: ({ audit }) => audit.read()[Symbol.asyncIterator]().next(),
  removeAllBut: ({ audit }) => audit.removeAllBut(1),
};

async function expectRefusal(stores: SqliteStores, why: string) {
  for (const [name, call] of Object.entries(calls)) {
    const error = await call(stores).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error, name).toBeInstanceOf(StoreError);
    expect((error as StoreError).message, name).toContain(why);
  }
}

test("stores that are closed answer nothing", async () => {
  const stores = await open(inFolder()("closed.db"));
  for (const call of Object.values(calls)) await call(stores);
  stores.close();
  await expectRefusal(stores, "closed.db` is closed");
  stores.close();
});

test("the file alone holds everything once the last has closed it", async () => {
  const at = inFolder();
  const stores = await open(at("stores.db"));
  await stores.permissions.object("p1", marketing);
  stores.close();
  copyFileSync(at("stores.db"), at("copy.db"));
  const copy = await open(at("copy.db"));
  expect((await copy.permissions.read("p1")).objections).toEqual([marketing]);
});

test.each(["stores.db", "file:stores.db"])("what nobody would find is not acknowledged: %s", async (name) => {
  const at = inFolder();
  const path = at("stores.db");
  const stores = await open(name.startsWith("file:") ? `file:${path}?mode=rwc` : path);
  await stores.permissions.give("p1", marketing);
  move(path, at("moved.db"));
  await expectRefusal(stores, "is not the file any more that was opened");
  const next = await open(path);
  await expectRefusal(stores, "is not the file any more that was opened");
  expect(await next.permissions.read("p1")).toEqual({ consents: [], objections: [] });
  next.close();
  for (const file of readdirSync(at("."))) if (file.startsWith("stores.db")) rmSync(at(file));
  move(at("moved.db"), path);
  expect((await stores.permissions.read("p1")).consents).toEqual([marketing]);
});

test("a link that leads to another file is no longer the file that was opened", async () => {
  const at = inFolder();
  (await open(at("one.db"))).close();
  (await open(at("other.db"))).close();
  symlinkSync(at("one.db"), at("stores.db"));
  const stores = await open(at("stores.db"));
  await stores.permissions.give("p1", marketing);
  symlinkSync(at("other.db"), at("next"));
  renameSync(at("next"), at("stores.db"));
  await expectRefusal(stores, "is not the file any more that was opened");
});

test("stores in memory have no file to lose", async () => {
  const stores = await open(":memory:");
  for (const call of Object.values(calls)) await call(stores);
});

test("a database without the tables of its version is refused", async () => {
  const path = inFolder()("empty.db");
  const database = new Database(path);
  database.exec("create table scruple_schema (version integer not null); insert into scruple_schema values (2)");
  database.close();
  const error = await sqliteStores(path).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StoreError);
  expect((error as StoreError).message).toMatch(/The database `.*empty.db` cannot be used: no such table/);
});
