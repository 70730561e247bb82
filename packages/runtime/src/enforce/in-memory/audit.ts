import { sha256 } from "../keyed-hash.ts";
import type { AuditEntry, AuditTrail, Receipt } from "../stores.ts";

/**
 * An audit trail in the memory of one process: for tests, which can look into it. Its hashes are chained as those of
 * trails that last.
 */
export class InMemoryAudit implements AuditTrail {
  readonly entries: AuditEntry[] = [];
  private last: Promise<Receipt> = Promise.resolve({ index: -1, hash: `sha256:${"0".repeat(64)}` });

  append(entry: AuditEntry): Promise<Receipt> {
    const index = this.entries.push(entry) - 1;
    this.last = this.last.then(async ({ hash }) => ({
      index,
      hash: await sha256(`${hash}\n${index}\n${canonical(entry)}`),
    }));
    return this.last;
  }
}

/** JSON with the keys of objects in order. */
function canonical(entry: AuditEntry): string {
  return JSON.stringify(entry, (_, value) =>
    typeof value !== "object" || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))),
  );
}
