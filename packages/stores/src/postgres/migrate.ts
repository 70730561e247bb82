import { checkVersion } from "../shared/schema-version.ts";
import { onConnection } from "./ask.ts";
import { migrations } from "./migrations.ts";
import type { PostgresClient, PostgresPool } from "./pool.ts";

/**
 * Brings a schema up to date, once, however many processes begin at the same time. Where it is up to date, nothing is
 * written, so that an application may run as somebody who may not create anything.
 *
 * @throws StoreError where the schema is ahead of this package
 */
export async function migrate(pool: PostgresPool, timeout: number, schema: string): Promise<void> {
  const quoted = `"${schema}"`;
  const steps = migrations(quoted);
  await onConnection(pool, timeout, async (client) => {
    if ((await versionOf(client, schema, steps.length)) === steps.length) return;
    await client.query("begin isolation level read committed");
    await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`${schema}.migrate`]);
    await client.query(`create schema if not exists ${quoted}`);
    await client.query(`create table if not exists ${quoted}.version (version integer not null)`);
    const found = await versionOf(client, schema, steps.length);
    for (const step of steps.slice(found)) await client.query(step);
    if (found < steps.length) await client.query(`insert into ${quoted}.version values ($1)`, [steps.length]);
    await client.query("commit");
  });
}

async function versionOf(client: PostgresClient, schema: string, known: number): Promise<number> {
  const table = `"${schema}".version`;
  const { rows } = await client.query("select to_regclass($1) is not null as known", [table]);
  if (!(rows[0] as { known: boolean }).known) return 0;
  const { rows: versions } = await client.query(`select coalesce(max(version), 0) as version from ${table}`);
  const { version } = versions[0] as { version: number };
  checkVersion(`The schema \`${schema}\` in PostgreSQL`, version, known);
  return version;
}
