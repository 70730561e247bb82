import type { Kept } from "@scruple/audit";
import type { Receipt } from "@scruple/runtime/enforce";
import { endOf, type TrailTable } from "../shared/chained-trail.ts";
import type { Connection } from "./connection.ts";

const pageLength = 500;

export function trailTable(connection: Connection, timeout: number): TrailTable {
  const last = connection.prepare('select position as "index", hash from scruple_audit order by position desc limit 1');
  const insert = connection.prepare("insert into scruple_audit (position, hash, entry) values (?, ?, ?)");
  const page = connection.prepare(
    'select position as "index", hash, entry from scruple_audit where position >= ? order by position limit ?',
  );
  const end = () => endOf(last.get() as Receipt | undefined);
  const first = connection.prepare('select position as "index", hash from scruple_audit_start');
  const start = () => endOf(first.get() as Receipt | undefined);
  const setStart = connection.prepare(
    "insert or replace into scruple_audit_start (single, position, hash) values (1, ?, ?)",
  );
  const remove = connection.prepare("delete from scruple_audit where position <= ?");

  return {
    add: (expected, entries, deadline) =>
      connection.write(deadline, () => {
        const found = end();
        if (found.index !== expected.index || found.hash !== expected.hash) return { added: false, end: found };
        for (const { index, hash, entry } of entries) insert.run(index, hash, entry);
        return { added: true, end: end() };
      }),
    end: (deadline) => connection.patiently(deadline, end),
    start: (deadline) => connection.patiently(deadline, start),
    drop: ({ index, hash }, deadline) =>
      connection.write(deadline, () => {
        if (index <= start().index) return;
        setStart.run(index, hash);
        remove.run(index);
      }),
    read: (from) => connection.patiently(performance.now() + timeout, () => page.all(from, pageLength) as Kept[]),
  };
}
