import { StoreError } from "./store-error.ts";

/** How long a store may take to answer unless an application says otherwise, in milliseconds. */
export const defaultTimeout = 2000;

/**
 * Waits for an answer, and no longer than that. The work is told by its signal when nobody waits for it any more.
 *
 * @throws StoreError where it takes longer
 */
export async function within<T>(
  milliseconds: number,
  store: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new StoreError(`${store} did not answer within ${milliseconds} ms.`);
      controller.abort(error);
      reject(error);
    }, milliseconds);
  });
  try {
    return await Promise.race([work(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
