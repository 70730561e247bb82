import type { Call } from "./call.ts";
import { isDated } from "./dated.ts";
import type { Piece } from "./deciding.ts";
import { isSealed, unseal } from "./sealed.ts";

export type Loader = () => unknown;

/** What was loaded for a field. */
export interface Loaded {
  readonly value: unknown;
  /** The oldest of the dates that it came with, in milliseconds since 1970; NaN where one is unknown, undefined without any. */
  readonly since: number | undefined;
}

/** The loaders of a call by field: own properties, each read once. @throws TypeError where one is no function */
export function loadersOf(raw: unknown): ReadonlyMap<string, Loader> {
  const entries = Object.entries(Object.assign(Object.create(null), raw));
  for (const [field, loader] of entries)
    if (typeof loader !== "function") throw new TypeError(`The loader of \`${field}\` is no function.`);
  return new Map(entries as [string, Loader][]);
}

/**
 * Opens what holds a value, however deep: promises, its seal, its dates.
 *
 * @throws SealError where it was sealed for another field; and what a promise throws
 */
export async function unwrap(raw: unknown, field: string): Promise<Loaded> {
  let value = await raw;
  let since: number | undefined;
  while (isSealed(value) || isDated(value)) {
    if (isDated(value)) since = Math.min(since ?? value.since, value.since);
    value = await (isSealed(value) ? unseal(value, field) : value.value);
  }
  return { value, since };
}

/** What was loaded, as a piece of data of the age that it has now. @param now Milliseconds since 1970. */
export function pieceOf(field: string, { since }: Loaded, { age }: Call, now: number): Piece {
  if (since === undefined) return { field, age };
  const seconds = Math.floor((now - since) / 1_000);
  // A date that is unknown or still to come makes the age unknown.
  return { field, age: seconds >= 0 ? seconds : null };
}
