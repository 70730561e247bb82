/** Timers count no further; beyond it they fire at once. */
const longest = 2_147_483_647;

/** Milliseconds for a timer. */
export function milliseconds(seconds: number): number {
  return Math.min(seconds * 1_000, longest);
}

/**
 * What somebody answers in time. What comes later is dropped, and whoever heeds the signal can stop.
 *
 * @throws Error where it takes longer, and whatever was thrown
 */
export async function inTime<T>(seconds: number, ask: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(`there was no answer within ${seconds} seconds.`);
      reject(error);
      controller.abort(error);
    }, milliseconds(seconds));
  });
  try {
    return await Promise.race([ask(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
