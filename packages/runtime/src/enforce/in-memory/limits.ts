import type { LimitStore, Reserved, ReserveRequest, Use } from "../stores.ts";

interface Reservation {
  readonly key: string;
  readonly subject: string | null;
  readonly uses: readonly Use[];
  /** Milliseconds since 1970. */
  readonly at: number;
  state: "held" | "committed";
}

/** Keys of acts without uses are remembered for so long, in milliseconds. */
const shortest = 86_400_000;

/** Counters in the memory of one process. Time never goes back in it: a clock that does frees no uses. */
export class InMemoryLimits implements LimitStore {
  private readonly reservations = new Map<string, Reservation>();
  /** Reservations by key and by counter. */
  private readonly keys = new Map<string, string>();
  private readonly counters = new Map<string, Set<string>>();
  private count = 0;
  private latest = 0;

  async reserve({ key, subject, uses, now }: ReserveRequest): Promise<Reserved> {
    const at = this.tick(now);
    const known = this.reservations.get(this.keys.get(key) ?? "");
    if (known !== undefined && at < endOf(known)) return { status: "repeated", state: known.state };
    let late: { counter: string; retryAfter: number } | undefined;
    for (const { counter, count, per } of uses) {
      if (!(Number.isSafeInteger(count) && per > 0))
        throw new TypeError(`A limit cannot be ${count} in ${per} seconds.`);
      const times = this.timesOf(counter, per, at);
      if (times.length < count) continue;
      const freed = count > 0 ? (times[times.length - count] as number) : at;
      const retryAfter = Math.ceil((freed + per * 1_000 - at) / 1_000);
      if (late === undefined || retryAfter > late.retryAfter) late = { counter, retryAfter };
    }
    if (late !== undefined) return { status: "exhausted", ...late };
    const reservation = String(++this.count);
    this.reservations.set(reservation, { key, subject, uses, at, state: "held" });
    this.keys.set(key, reservation);
    for (const { counter } of uses) {
      const set = this.counters.get(counter) ?? new Set();
      this.counters.set(counter, set.add(reservation));
    }
    return { status: "reserved", reservation };
  }

  async commit(reservation: string): Promise<void> {
    const known = this.reservations.get(reservation);
    if (known === undefined) throw new Error("There is no such reservation.");
    known.state = "committed";
  }

  async release(reservation: string): Promise<void> {
    const known = this.reservations.get(reservation);
    if (known !== undefined && known.state !== "committed") this.drop(reservation, known);
  }

  async spent(counter: string, per: number, now: number): Promise<number> {
    return this.timesOf(counter, per, this.tick(now)).length;
  }

  async forget(subject: string): Promise<void> {
    for (const [reservation, known] of this.reservations) if (known.subject === subject) this.drop(reservation, known);
  }

  private drop(reservation: string, { key, uses }: Reservation): void {
    this.reservations.delete(reservation);
    if (this.keys.get(key) === reservation) this.keys.delete(key);
    for (const { counter } of uses) {
      const set = this.counters.get(counter);
      if (set?.delete(reservation) && set.size === 0) this.counters.delete(counter);
    }
  }

  private tick(now: number): number {
    if (!Number.isFinite(now)) throw new TypeError("There is no such moment.");
    this.latest = Math.max(this.latest, now);
    return this.latest;
  }

  /** When the uses were reserved that count at a moment, in order. */
  private timesOf(counter: string, per: number, at: number): readonly number[] {
    const times: number[] = [];
    for (const id of this.counters.get(counter) ?? []) {
      const since = this.reservations.get(id)?.at ?? Number.NEGATIVE_INFINITY;
      if (at - since < per * 1_000) times.push(since);
    }
    return times.sort((a, b) => a - b);
  }
}

/** When nothing of it counts any longer. */
function endOf({ at, uses }: Reservation): number {
  return at + Math.max(shortest, ...uses.map(({ per }) => per * 1_000));
}
