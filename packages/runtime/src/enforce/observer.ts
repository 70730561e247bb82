import type { AuditEntry } from "./stores.ts";

/** Which call to a guard is made: names, never values, and nothing of whom it is about. */
export interface ObservedCall {
  readonly call: "decide" | "assert" | "preview" | "show" | "minimize" | "act";
  readonly policy: string;
  /** The hash of the model that decides. */
  readonly model: string;
  readonly interaction: string;
  readonly operation: string;
  /** The fields that it asks for. Whoever calls may name others than the policy knows: keep them out of metrics. */
  readonly data: readonly string[];
}

/** What became of it. */
export interface ObservedOutcome {
  /** What it wrote to the audit trail, or would have. A preview writes nothing. */
  readonly entries: readonly AuditEntry[];
  /** What went wrong behind the guard without reaching the caller: a store that did not answer, an entry not appended. */
  readonly problems: readonly unknown[];
  /** Whether it threw, and what. */
  readonly thrown: { readonly error: unknown } | null;
}

/**
 * Watches calls to a guard. `run` does the work, in whatever context it is called, and resolves when that has ended; it never
 * rejects. The guard calls it where the observer does not, waits for no observer, and does not mind if one throws.
 */
export type Observer = (call: ObservedCall, run: () => Promise<ObservedOutcome>) => unknown;

/** Where the work notes what an observer is told. */
export interface Notes {
  readonly entries: AuditEntry[];
  readonly problems: unknown[];
}

/** Does the work once, under the observer's eyes. */
export function observed<T>(
  observer: Observer | undefined,
  call: ObservedCall,
  work: (notes: Notes) => Promise<T>,
): Promise<T> {
  const notes: Notes = { entries: [], problems: [] };
  if (observer === undefined) return work(notes);
  let result: Promise<T> | undefined;
  const run = async (): Promise<ObservedOutcome> => {
    result ??= work(notes);
    try {
      await result;
      return { ...notes, thrown: null };
    } catch (error) {
      return { ...notes, thrown: { error } };
    }
  };
  try {
    Promise.resolve(observer(call, run)).catch(() => {});
  } catch {
    // What it watches goes on.
  }
  result ??= work(notes);
  return result;
}
