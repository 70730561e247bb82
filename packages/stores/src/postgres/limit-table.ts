import type { Reserved } from "@scruple/runtime/enforce";
import type { LimitTable } from "../shared/limits.ts";
import { StoreError } from "../shared/store-error.ts";
import { ask } from "./ask.ts";
import type { PostgresPool } from "./pool.ts";

interface ReserveRow {
  readonly status: string;
  readonly what: string;
  /** Microseconds. Drivers give numbers of 64 bits as texts. */
  readonly wait: string | number | null;
}

/** What the function `reserve` answers for a limit that grants nothing. */
const never = "9223372036854775807";

export function limitTable(pool: PostgresPool, timeout: number, schema: string): LimitTable {
  const settle = async (reservation: string, state: "committed" | "released") => {
    const text = `select ${schema}.settle($1, $2) as state`;
    const [row] = await ask<{ state: string }>(pool, timeout, text, [reservation, state]);
    return row?.state;
  };

  return {
    reserve: async (reservation, { key, subject, uses, now }, retention) => {
      const [row] = await ask<ReserveRow>(
        pool,
        timeout,
        `select status, what, wait from ${schema}.reserve_for($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          subject,
          reservation,
          key,
          microseconds(retention),
          uses.map(({ counter }) => counter),
          uses.map(({ count }) => count),
          uses.map(({ per }) => microseconds(per)),
          microseconds(now / 1000),
          timeout,
        ],
      );
      return reserved(row);
    },
    commit: async (reservation) => {
      const state = await settle(reservation, "committed");
      if (state === "committed" || state === "released" || state === "unknown") return state;
      throw new StoreError(`PostgreSQL holds an act in the state \`${state}\`, which is none.`);
    },
    release: async (reservation) => {
      await settle(reservation, "released");
    },
    spent: async (counter, per, now) => {
      const [row] = await ask<{ count: number }>(
        pool,
        timeout,
        `select count(*)::integer as count from ${schema}.uses, ${schema}.clock() as clock
         where counter = $1 and at > least(clock, $3::bigint) - $2::bigint`,
        [counter, microseconds(per), microseconds(now / 1000)],
      );
      if (row === undefined) throw new StoreError("PostgreSQL counted nothing.");
      return row.count;
    },
    forget: async (subject) => {
      await ask(pool, timeout, `select ${schema}.forget($1)`, [subject]);
    },
  };
}

function reserved(row: ReserveRow | undefined): Reserved {
  if (row?.status === "reserved") return { status: "reserved", reservation: row.what };
  if (row?.status === "repeated" && (row.what === "held" || row.what === "committed")) {
    return { status: "repeated", state: row.what };
  }
  if (row?.status === "exhausted" && row.wait !== null) {
    const retryAfter = String(row.wait) === never ? Number.POSITIVE_INFINITY : Number(row.wait) / 1e6;
    return { status: "exhausted", counter: row.what, retryAfter };
  }
  throw new StoreError("PostgreSQL answered something else than its function does.");
}

function microseconds(seconds: number): number {
  return Math.round(seconds * 1e6);
}
