/** A store could not do what it was asked, or cannot be sure that it did. Names stores and settings, never people. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}

/** Words for what something else threw, as the cause of a `StoreError`. */
export function asStoreError(what: string, thrown: unknown): StoreError {
  if (thrown instanceof StoreError) return thrown;
  const why = thrown instanceof Error ? thrown.message || thrown.constructor.name : String(thrown);
  return new StoreError(`${what}: ${why}`, { cause: thrown });
}
