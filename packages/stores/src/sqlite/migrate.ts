import { checkVersion } from "../shared/schema-version.ts";
import type { Connection } from "./connection.ts";
import { migrations } from "./migrations.ts";

/**
 * Brings a database up to date, once, however many processes begin at the same time.
 *
 * @throws StoreError where the database is ahead of this package
 */
export async function migrate(connection: Connection, path: string, deadline: number): Promise<void> {
  const { database } = connection;
  await connection.patiently(deadline, () => database.exec("pragma journal_mode = wal"));
  await connection.write(deadline, () => {
    database.exec("create table if not exists scruple_schema (version integer not null) strict");
    const row = database.prepare("select max(version) as version from scruple_schema").get() as {
      version: number | null;
    };
    const found = row.version ?? 0;
    checkVersion(`The database \`${path}\``, found, migrations.length);
    if (found === migrations.length) return;
    for (const migration of migrations.slice(found)) database.exec(migration);
    database.prepare("insert into scruple_schema values (?)").run(migrations.length);
  });
}
