/**
 * An application's clock that never throws.
 *
 * @returns milliseconds since 1970; NaN where the clock throws, or says no such thing
 */
export function soundClock(now: () => number): () => number {
  return () => {
    try {
      const time: unknown = now();
      return isTime(time) ? time : Number.NaN;
    } catch {
      return Number.NaN;
    }
  };
}

/** Whether something is milliseconds since 1970: against anything else, comparisons come out false, whatever they ask. */
export function isTime(value: unknown): value is number {
  return Number.isFinite(value);
}
