/**
 * How late it is if the machine's clock was right when this was called: what has passed since then is measured by a clock
 * that nobody can set. Milliseconds since 1970.
 */
export function steadyClock(): () => number {
  const began = Date.now() - performance.now();
  return () => began + performance.now();
}
