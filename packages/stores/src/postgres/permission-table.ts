import type { PermissionRow, PermissionTable } from "../shared/register.ts";
import { ask } from "./ask.ts";
import type { PostgresPool } from "./pool.ts";

export function permissionTable(pool: PostgresPool, timeout: number, schema: string): PermissionTable {
  const table = `${schema}.permissions`;
  const write = async (text: string, ...values: readonly unknown[]) => void (await ask(pool, timeout, text, values));
  return {
    rows: (subject) =>
      ask<PermissionRow>(
        pool,
        timeout,
        `select kind, purpose, channel, explicit from ${table} where subject = $1 order by kind, purpose, channel`,
        [subject],
      ),
    add: (subject, { kind, purpose, channel, explicit }) =>
      write(
        `insert into ${table} as t (subject, kind, purpose, channel, explicit) values ($1, $2, $3, $4, $5)
         on conflict (subject, kind, purpose, channel) do update set explicit = t.explicit or excluded.explicit`,
        subject,
        kind,
        purpose,
        channel,
        explicit === true,
      ),
    remove: (subject, { kind, purpose, channel }) =>
      write(
        `delete from ${table} where subject = $1 and kind = $2 and purpose = $3 and channel = $4`,
        subject,
        kind,
        purpose,
        channel,
      ),
    clear: (subject) => write(`delete from ${table} where subject = $1`, subject),
  };
}
