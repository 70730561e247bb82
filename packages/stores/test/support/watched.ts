import type { Receipt, Stores } from "@scruple/runtime/enforce";
import type { Tally } from "./fault-report.ts";

/** The same stores, with a note of what the trail acknowledges, and of what fails. */
export function watched(stores: Stores, acknowledged: Pick<Receipt[], "push">, result: Tally): Stores {
  const call = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      return await answer;
    } catch (error) {
      result.failed += 1;
      throw error;
    }
  };
  return {
    permissions: { read: (subject) => call(stores.permissions.read(subject)) },
    limits: {
      reserve: (request) => call(stores.limits.reserve(request)),
      commit: (reservation) => call(stores.limits.commit(reservation)),
      release: (reservation) => call(stores.limits.release(reservation)),
      spent: (counter, per, now) => call(stores.limits.spent(counter, per, now)),
      forget: (subject) => call(stores.limits.forget(subject)),
    },
    audit: {
      append: async (entry) => {
        const receipt = await call(stores.audit.append(entry));
        acknowledged.push(receipt);
        return receipt;
      },
    },
  };
}
