import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { pseudonym } from "@scruple/audit";
import { together } from "@scruple/signals";
import { sqliteStores } from "@scruple/stores/sqlite";

/** @import { AuditEntry, Permissions, Receipt } from "@scruple/runtime/enforce" */

/** How many entries of the audit trail a page shows. */
const shown = 12;

/**
 * What stands behind the guard of an application: its stores in one SQLite file, the latest of what goes to the audit
 * trail, and what the browser of the person being served says about consent.
 *
 * @param {{ folder: string, name: string, clock: import("./clock.js").Clock }} options
 */
export async function openBehind({ folder, name, clock }) {
  const stores = await sqliteStores(join(folder, `${name}.db`), { clock: clock.now });
  /** @type {(Receipt & AuditEntry)[]} */
  const latest = [];
  const audit = {
    /** @param {AuditEntry} entry */
    append: async (entry) => {
      const receipt = await stores.audit.append(entry);
      latest.unshift({ ...receipt, ...entry });
      latest.length = Math.min(latest.length, shown);
      return receipt;
    },
    read: () => stores.audit.read(),
  };
  /** What is said while one request is answered. @type {AsyncLocalStorage<Partial<Permissions>>} */
  const said = new AsyncLocalStorage();
  const permissions = {
    /** @param {string} subject */
    read: async (subject) => together(await stores.permissions.read(subject), said.getStore() ?? {}),
  };
  return {
    guarding: {
      stores: { permissions, limits: stores.limits, audit },
      now: clock.now,
      pseudonym: pseudonym(randomBytes(32)),
    },
    register: stores.permissions,
    audit,
    latest,
    said,
    close: () => stores.close(),
  };
}
