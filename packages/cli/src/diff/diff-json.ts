import type { Comparison } from "./compare-sides.ts";

/** One object, as the documentation of the formats has it. */
export function diffJson({ widened, narrowed, duties, vocabulary, equal, notes, policies }: Comparison): string {
  return `${JSON.stringify({ widened, narrowed, duties, vocabulary, equal, notes, policies }, null, 2)}\n`;
}
