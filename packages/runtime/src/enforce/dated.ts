/** The same in all copies of this package in a process, which know what others have dated by it. */
const brand = Symbol.for("scruple.dated");

/** A value, and since when it is so. */
export class Dated<T> {
  readonly [brand] = true;
  readonly value: T;
  /** Milliseconds since 1970; NaN where it is not known. */
  readonly since: number;

  constructor(value: T, since: number) {
    this.value = value;
    this.since = since;
  }
}

export function isDated(value: unknown): value is Dated<unknown> {
  return typeof value === "object" && value !== null && (value as Partial<Dated<unknown>>)[brand] === true;
}

/**
 * What a loader returns whose data has an age: a value, and when it was collected. The guard takes the time since then for
 * `data.age`, and decides once more before it lets go of the value. A date that does not exist, or is still to come, is
 * unknown.
 *
 * @param since A date, milliseconds since 1970, or a text that `Date` reads.
 */
export function dated<T>(value: T, since: Date | number | string | null): Dated<T> {
  return new Dated(value, since === null ? Number.NaN : new Date(since).getTime());
}
