import type { Reserved, Use } from "@scruple/runtime/enforce";
import { checkMoment } from "../shared/check-reservation.ts";
import type { LimitTable } from "../shared/limits.ts";
import type { Connection } from "./connection.ts";

interface Act {
  readonly reservation: string;
  readonly state: "held" | "committed";
  readonly until: number;
}

/** How many acts that nobody needs any more are forgotten with each that comes. */
const purgedAtOnce = 8;

/** How far ahead of the store's clock the application's is believed, in milliseconds: a day. */
const furthestAhead = 86_400_000;

/**
 * Acts and uses in milliseconds. A use at `t` counts up to, and not at, `t + per`. It counts from the later of two clocks,
 * the store's and the application's, and never from before the latest act; it is freed by the earlier. So one clock that
 * is wrong frees nothing early.
 *
 * @param told the store's clock: milliseconds since 1970
 */
export function limitTable(connection: Connection, timeout: number, told: () => number): LimitTable {
  // To SQLite `NaN` is null, after which nothing was ever spent.
  const clock = () => checkMoment(told());
  const latest = connection.prepare("select max(at) as at from scruple_acts");
  const actOf = connection.prepare(
    "select reservation, state, until from scruple_acts where act_key = ? and state <> 'released'",
  );
  const count = connection.prepare("select count(*) as count from scruple_uses where counter = ? and at > ?");
  const nth = connection.prepare(
    "select at from scruple_uses where counter = ? and at > ? order by at limit 1 offset ?",
  );
  const addAct = connection.prepare(
    "insert into scruple_acts (reservation, act_key, subject, state, at, until) values (?, ?, ?, 'held', ?, ?)",
  );
  const addUse = connection.prepare("insert into scruple_uses (counter, at, reservation) values (?, ?, ?)");
  const outdated = connection.prepare("select reservation from scruple_acts where until <= ? order by until limit ?");
  const dropUses = connection.prepare("delete from scruple_uses where reservation = ?");
  const dropAct = connection.prepare("delete from scruple_acts where reservation = ?");
  const stateOf = connection.prepare("select state from scruple_acts where reservation = ?");
  const setState = connection.prepare("update scruple_acts set state = ? where reservation = ?");

  const dropUsesOf = connection.prepare(
    "delete from scruple_uses where reservation in (select reservation from scruple_acts where subject = ?)",
  );
  const dropNameOf = connection.prepare(
    "update scruple_acts set state = 'released', act_key = '', subject = null where subject = ?",
  );

  const write = <T>(work: () => T) => connection.write(performance.now() + timeout, work);
  const spent = (counter: string, after: number) => (count.get(counter, after) as { count: number }).count;

  function forget(reservation: string) {
    dropUses.run(reservation);
    dropAct.run(reservation);
  }

  /** Milliseconds until a use fits in: 0 if it does now. */
  function wait({ counter, count, per }: Use, now: number): number {
    const window = per * 1000;
    const taken = spent(counter, now - window);
    if (taken < count) return 0;
    if (count === 0) return Number.POSITIVE_INFINITY;
    // As many have to leave the window as are too many with one more.
    const { at } = nth.get(counter, now - window, taken - count) as { at: number };
    return at + window - now;
  }

  return {
    reserve: (reservation, request, retention) =>
      write((): Reserved => {
        const own = clock();
        const now = Math.floor(Math.min(own, request.now));
        const earlier = actOf.get(request.key) as Act | undefined;
        if (earlier !== undefined && earlier.until > now) return { status: "repeated", state: earlier.state };
        let longest = { counter: "", wait: 0 };
        for (const use of request.uses) {
          const milliseconds = wait(use, now);
          if (milliseconds > longest.wait) longest = { counter: use.counter, wait: milliseconds };
        }
        if (longest.wait > 0) {
          return { status: "exhausted", counter: longest.counter, retryAfter: longest.wait / 1000 };
        }
        if (earlier !== undefined) forget(earlier.reservation);
        for (const { reservation } of outdated.all(now, purgedAtOnce) as Act[]) forget(reservation);
        const { at: before } = latest.get() as { at: number | null };
        const at = Math.ceil(Math.max(own, Math.min(request.now, own + furthestAhead), before ?? 0));
        addAct.run(reservation, request.key, request.subject, at, at + Math.ceil(retention * 1000));
        for (const { counter } of request.uses) addUse.run(counter, at, reservation);
        return { status: "reserved", reservation };
      }),

    commit: (reservation) =>
      write(() => {
        const act = stateOf.get(reservation) as Pick<Act, "state"> | undefined;
        if (act?.state === "held") setState.run("committed", reservation);
        return act === undefined ? "unknown" : act.state === "held" ? "committed" : act.state;
      }),

    release: (reservation) =>
      write(() => {
        const act = stateOf.get(reservation) as Pick<Act, "state"> | undefined;
        if (act?.state !== "held") return;
        dropUses.run(reservation);
        setState.run("released", reservation);
      }),

    forget: (subject) =>
      write(() => {
        dropUsesOf.run(subject);
        dropNameOf.run(subject);
      }),

    spent: (counter, per, now) =>
      connection.patiently(performance.now() + timeout, () =>
        spent(counter, Math.floor(Math.min(clock(), now)) - per * 1000),
      ),
  };
}
