import { sha256 } from "../keyed-hash.ts";
import type { AuditEntry, AuditTrail, Receipt } from "../stores.ts";

/**
 * An audit trail in the memory of one process: for tests, which can look into it. Its hashes are chained as those of
 * trails that last.
 */
export class InMemoryAudit implements AuditTrail {
  readonly entries: AuditEntry[] = [];
  private last: Promise<Receipt> = Promise.resolve({ index: -1, hash: `sha256:${"0".repeat(64)}` });

  async append(entry: AuditEntry): Promise<Receipt> {
    const text = canonical(entry);
    const index = this.entries.push(entry) - 1;
    this.last = this.last.then(async ({ hash }) => ({
      index,
      hash: await sha256(`${hash}\n${index}\n${text}`),
    }));
    return this.last;
  }
}

/** JSON with the keys of objects in order. @throws TypeError for numbers that JSON does not have */
function canonical(entry: AuditEntry): string {
  return JSON.stringify(entry, (key, value) => {
    if (typeof value === "number" && !Number.isSafeInteger(value))
      throw new TypeError(`\`${key}\` is no whole number.`);
    return typeof value !== "object" || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
