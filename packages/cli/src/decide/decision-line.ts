import type { Decision } from "@scruple/model";

/** A decision as one line of JSON, its line feed included. */
export function decisionLine(decision: Decision): string {
  return `${JSON.stringify(decision)}\n`;
}
