import type { Receipt } from "@scruple/runtime/enforce";
import { endOf, type TrailTable } from "../shared/chained-trail.ts";
import { StoreError } from "../shared/store-error.ts";
import { ask } from "./ask.ts";
import type { PostgresPool } from "./pool.ts";

interface EndRow {
  /** Drivers give numbers of 64 bits as texts. */
  readonly index: string | number | null;
  readonly hash: string | null;
}

const pageLength = 500;

export function trailTable(pool: PostgresPool, timeout: number, schema: string): TrailTable {
  const left = (deadline: number) => Math.max(1, Math.ceil(deadline - performance.now()));
  return {
    add: async (last, entries, deadline) => {
      const [row] = await ask<EndRow & { readonly added: boolean }>(
        pool,
        left(deadline),
        `select added, "index", hash from ${schema}.append($1, $2, $3, $4, $5)`,
        [last.index, last.hash, entries.map(({ hash }) => hash), entries.map(({ entry }) => entry), left(deadline)],
      );
      if (row === undefined) throw new StoreError("PostgreSQL answered something else than its function does.");
      return { added: row.added, end: receiptOf(row) };
    },
    end: async (deadline) =>
      receiptOf(
        (
          await ask<EndRow>(
            pool,
            left(deadline),
            `select position as "index", hash from ${schema}.audit order by position desc limit 1`,
            [],
          )
        )[0],
      ),
    start: async (deadline) =>
      receiptOf(
        (await ask<EndRow>(pool, left(deadline), `select position as "index", hash from ${schema}.audit_start`, []))[0],
      ),
    drop: async ({ index, hash }, deadline) => {
      await ask(
        pool,
        left(deadline),
        `with moved as (
           insert into ${schema}.audit_start as s (position, hash) values ($1, $2)
           on conflict (single) do update set position = excluded.position, hash = excluded.hash
           where s.position < excluded.position returning 1)
         delete from ${schema}.audit where position <= $1 and exists (select from moved)`,
        [index, hash],
      );
    },
    read: async (from) => {
      const rows = await ask<{ index: string | number; hash: string; entry: string }>(
        pool,
        timeout,
        `select position as "index", hash, entry from ${schema}.audit where position >= $1 order by position limit $2`,
        [from, pageLength],
      );
      return rows.map(({ index, hash, entry }) => ({ index: Number(index), hash, entry }));
    },
  };
}

function receiptOf(row: EndRow | undefined): Receipt {
  if (row === undefined || row.index === null || row.hash === null) return endOf(undefined);
  return { index: Number(row.index), hash: row.hash };
}
