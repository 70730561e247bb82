import type { PermissionRow, PermissionTable } from "../shared/register.ts";
import type { Connection } from "./connection.ts";

export function permissionTable(connection: Connection, timeout: number): PermissionTable {
  const select = connection.prepare(
    "select kind, purpose, channel, explicit from scruple_permissions where subject = ?",
  );
  const insert = connection.prepare(
    `insert into scruple_permissions (subject, kind, purpose, channel, explicit) values (?, ?, ?, ?, ?)
     on conflict do update set explicit = max(explicit, excluded.explicit)`,
  );
  const remove = connection.prepare(
    "delete from scruple_permissions where subject = ? and kind = ? and purpose = ? and channel = ?",
  );
  const clear = connection.prepare("delete from scruple_permissions where subject = ?");
  const write = async (work: () => unknown) => void (await connection.write(performance.now() + timeout, work));

  return {
    rows: (subject) => connection.patiently(performance.now() + timeout, () => select.all(subject) as PermissionRow[]),
    add: (subject, { kind, purpose, channel, explicit }) =>
      write(() => insert.run(subject, kind, purpose, channel, explicit ? 1 : 0)),
    remove: (subject, { kind, purpose, channel }) => write(() => remove.run(subject, kind, purpose, channel)),
    clear: (subject) => write(() => clear.run(subject)),
  };
}
