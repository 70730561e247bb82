import { setFlagsFromString } from "node:v8";

/**
 * What V8 is told before a command runs. A command is over within seconds: at V8's own settings, which inline much at once, optimising its
 * code takes about as much of the processor as running it, and is often done too late to be of use.
 */
export const engineFlags: readonly string[] = ["--max-inlined-bytecode-size-cumulative=100"];

/** To be called before anything else is loaded. */
export function tuneEngine(): void {
  for (const flag of engineFlags) setFlagsFromString(flag);
}
