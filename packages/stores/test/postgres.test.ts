import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { canRun } from "../../../scripts/testing/requirements.ts";
import { auditContract, limitContract, permissionContract, retentionContract } from "../src/contract/index.ts";
import { postgresStores } from "../src/postgres/index.ts";
import { migrations } from "../src/postgres/migrations.ts";
import { layClock, PostgresServer, postgresCommand } from "./support/postgres-server.ts";

const timeout = 30_000;

describe.runIf(canRun("postgres", postgresCommand))("on PostgreSQL", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await PostgresServer.start(postgresCommand!);
  });
  afterAll(() => server.stop());

  const open = async (schema = "scruple", options: pg.PoolConfig = {}) =>
    postgresStores(server.pool(options), { timeout, schema });

  describe("a permission register", () => {
    for (const { name, run } of permissionContract(async () => (await open()).permissions)) test(name, run);
  });

  describe("a limit store by the server's clock", () => {
    const harness = { open: async () => (await open("real")).limits, clock: "own" as const };
    for (const { name, run } of limitContract(harness)) test(name, run);
  });

  describe("a limit store whose server's clock is set", () => {
    let clock: Awaited<ReturnType<typeof layClock>>;
    beforeAll(async () => {
      clock = await layClock(server.pool({ max: 1 }));
    });
    const harness = {
      open: async () => (await open("timed", { options: clock.options })).limits,
      clock: (now: number) => clock.setClock(now),
    };
    for (const { name, run } of limitContract(harness)) test(name, run);
  });

  describe("an audit trail", () => {
    for (const { name, run } of auditContract(async () => (await open()).audit)) test(name, run);
    for (const { name, run } of retentionContract(async () => (await open("retained")).audit)) test(name, run);
  });

  test("is laid out once, however many begin at the same time", async () => {
    const stores = await Promise.all(Array.from({ length: 8 }, () => open("many")));
    await Promise.all(stores.map(({ permissions }) => permissions.give("p1", { purpose: "ads", channel: "any" })));
    expect((await stores[0]!.permissions.read("p1")).consents).toHaveLength(1);
    const { rows } = await server.pool().query("select version from many.version");
    expect(rows).toEqual([{ version: 2 }]);
  });

  test("what the first version has laid out knows afterwards who its acts are about", async () => {
    await server.pool().query(`create schema first; create table first.version as select 1 as version;
      ${migrations('"first"')[0]}
      insert into first.acts values ('r', 'k', 'held', 1, 9);
      insert into first.uses values ('airline/offer.enough#mail p 1', 1, 'r')`);
    const { limits } = await open("first");
    const spent = () => limits.spent("airline/offer.enough#mail p 1", 86_400, 0);
    expect(await spent()).toBe(1);
    await limits.forget("p 1");
    expect(await spent()).toBe(0);
  });

  test("what is up to date serves who may not create anything", async () => {
    await open("granted");
    await server.pool().query(`
      create role app login;
      grant usage on schema granted to app;
      grant select, insert, update, delete on all tables in schema granted to app;`);
    const stores = await open("granted", { user: "app" });
    expect(await stores.limits.reserve({ key: "k", subject: null, uses: [], now: 0 })).toMatchObject({
      status: "reserved",
    });
  });

  test("what a later version has laid out is refused", async () => {
    await server.pool().query("create schema newer; create table newer.version as select 7 as version");
    await expect(open("newer")).rejects.toThrow(
      "The schema `newer` in PostgreSQL is laid out as version 7, and this `@scruple/stores` knows versions up to 2.",
    );
  });

  test("transactions that look back cannot count, and do not", async () => {
    const { limits } = await open("isolated", { options: "-c default_transaction_isolation=repeatable\\ read" });
    await expect(limits.reserve({ key: "k", subject: null, uses: [], now: 0 })).rejects.toThrow(
      'the stores need transactions that are "read committed", and these are "repeatable read"',
    );
  });

  test("a server that does not wait for its disk is refused, unless it is trusted", async () => {
    const pool = server.pool({ options: "-c synchronous_commit=off" });
    await expect(postgresStores(pool)).rejects.toThrow(
      "PostgreSQL has `synchronous_commit = off`, which may lose data.",
    );
    await expect(postgresStores(pool, { durability: "trusted" })).resolves.toBeDefined();
  });

  test("a schema may be named as a word of SQL", async () => {
    const { limits } = await open("user");
    expect(await limits.reserve({ key: "k", subject: null, uses: [], now: 0 })).toMatchObject({ status: "reserved" });
  });

  test("a schema in whose name SQL could end is refused", async () => {
    await expect(open("a; drop schema b")).rejects.toThrow("cannot be a schema");
  });
});
