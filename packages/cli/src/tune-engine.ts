import { setFlagsFromString } from "node:v8";

/**
 * What V8 is told before a command runs. A command is over within seconds, and most of what it runs is run a few thousand times: at V8's
 * own settings, optimising that code takes about as much of the processor as running it. So it inlines less at once, and begins later.
 *
 * @param version V8's own: what it does not know it complains about
 */
export function engineFlags(version: string): readonly string[] {
  const inlining = "--max-inlined-bytecode-size-cumulative=100";
  // Later ones count differently, and have a quicker compiler for what is not worth the slow one.
  return version.startsWith("11.") ? [inlining, "--interrupt-budget=300000"] : [inlining];
}

/** To be called before anything else is loaded. */
export function tuneEngine(): void {
  for (const flag of engineFlags(process.versions.v8)) setFlagsFromString(flag);
}
