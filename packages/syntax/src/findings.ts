import type { Finding } from "./diagnostic.ts";

/** More than anyone reads. What goes beyond is counted and dropped, so that a broken file costs no memory. */
export const findingLimit = 1000;

/** Findings as they are made, up to the limit. */
export class Findings {
  readonly list: Finding[] = [];
  /** How many there were, those beyond the limit included. */
  count = 0;

  push(...findings: readonly Finding[]): void {
    for (const finding of findings) {
      if (this.count < findingLimit) this.list.push(finding);
      this.count += 1;
    }
  }
}
