/** The ages of the two pieces of a pair, as classes of the domain of `data.age`; null where unknown. */
export interface Ages {
  readonly data: number | null;
  readonly with: number | null;
}

/**
 * What three variables say of two ages: the class of `data.age` (null: unknown), which piece is the older, and the value of
 * `younger`. Every combination of the three means something, and all that is feasible is meant by some.
 */
export function ages(oldest: number | null, older: number, younger: number): Ages {
  const other = oldest === null ? (younger === 0 ? null : younger - 1) : Math.min(Math.max(younger - 1, 0), oldest);
  return older === 0 ? { data: oldest, with: other } : { data: other, with: oldest };
}

/** The values of `older` and `younger` for two ages. */
export function ofAges({ data, with: joined }: Ages): { readonly older: number; readonly younger: number } {
  const older = data === null || (joined !== null && data >= joined) ? 0 : 1;
  const other = older === 0 ? joined : data;
  return { older, younger: other === null ? 0 : other + 1 };
}
