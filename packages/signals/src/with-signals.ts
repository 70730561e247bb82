import type { PermissionStore, Permissions } from "@scruple/runtime/enforce";

/** All that several sources say. An objection from anywhere stands, whoever else reports a consent. */
export function together(...said: readonly Partial<Permissions>[]): Permissions {
  return {
    consents: said.flatMap(({ consents = [] }) => consents),
    objections: said.flatMap(({ objections = [] }) => objections),
  };
}

/** A store that knows besides what the person's browser says now. What it holds is not changed. */
export function withSignals(store: PermissionStore, ...said: readonly Partial<Permissions>[]): PermissionStore {
  return { read: async (subject) => together(await store.read(subject), ...said) };
}
