import { Dated } from "./dated.ts";
import { Sealed, unseal } from "./sealed.ts";

export type Loader = () => unknown;

/** What was loaded for a field. */
export interface Loaded {
  readonly value: unknown;
  /** Seconds; null where it came with a date that is unknown, undefined where it came without one. */
  readonly age: number | null | undefined;
}

/** The loaders of a call by field: own properties, each read once. @throws TypeError where one is no function */
export function loadersOf(raw: unknown): ReadonlyMap<string, Loader> {
  const entries = Object.entries(Object.assign(Object.create(null), raw));
  for (const [field, loader] of entries)
    if (typeof loader !== "function") throw new TypeError(`The loader of \`${field}\` is no function.`);
  return new Map(entries as [string, Loader][]);
}

/**
 * Opens what holds a value: its seal, its date.
 *
 * @param now Milliseconds since 1970.
 * @throws TypeError where it was sealed for another field
 */
export function unwrap(raw: unknown, field: string, now: number): Loaded {
  let value = raw;
  let age: Loaded["age"];
  while (value instanceof Sealed || value instanceof Dated) {
    if (value instanceof Sealed) value = unseal(value, field);
    else {
      const seconds = Math.floor((now - value.since) / 1_000);
      age = seconds >= 0 ? seconds : null;
      value = value.value;
    }
  }
  return { value, age };
}
