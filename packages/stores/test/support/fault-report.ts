/** What came of a store under a fault. */
export interface Tally {
  readonly store: string;
  readonly fault: string;
  /** Acts that were asked for. */
  asked: number;
  /** Acts that were done. */
  done: number;
  /** Calls of the stores that failed. */
  failed: number;
  /** Acts beyond a limit. */
  beyond: number;
  /** Acts for people who had taken their consent back. */
  unconsented: number;
  /** Acts that were done a second time under one key. */
  twice: number;
  /** Audit entries that the store has acknowledged. */
  acknowledged: number;
  /** Those that are not in the trail, or not where they were acknowledged. */
  lost: number;
}

export function tally(store: string, fault: string): Tally {
  const none = { asked: 0, done: 0, failed: 0, beyond: 0, unconsented: 0, twice: 0, acknowledged: 0, lost: 0 };
  return { store, fault, ...none };
}

const columns: readonly (readonly [keyof Tally, string])[] = [
  ["store", "store"],
  ["fault", "fault"],
  ["asked", "asked"],
  ["done", "done"],
  ["failed", "calls failed"],
  ["beyond", "beyond limit"],
  ["unconsented", "no consent"],
  ["twice", "twice"],
  ["acknowledged", "acknowledged"],
  ["lost", "lost"],
];

/** A table of what came of each fault. */
export function faultReport(tallies: readonly Tally[]): string {
  const rows = [columns.map(([, title]) => title), ...tallies.map((one) => columns.map(([key]) => String(one[key])))];
  const widths = columns.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  const lines = rows.map((row) =>
    row.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join("  "),
  );
  return lines.join("\n");
}
