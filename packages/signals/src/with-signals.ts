import type { PermissionStore, Permissions } from "@scruple/runtime/enforce";

/**
 * What is known of a person, with all that signals say besides. An objection from anywhere stands, whoever else reports a
 * consent.
 *
 * @param known What it leaves out is unknown and stays so: a guard then denies whatever an objection in a signal would stop.
 * @param said What these leave out, they say nothing of.
 */
export function together(known: Permissions, ...said: readonly Partial<Permissions>[]): Permissions {
  return {
    consents: joined(
      known.consents,
      said.map(({ consents = [] }) => consents),
    ),
    objections: joined(
      known.objections,
      said.map(({ objections = [] }) => objections),
    ),
  };
}

/** A store that knows besides what the person's browser says now. What it holds is not changed. */
export function withSignals(store: PermissionStore, ...said: readonly Partial<Permissions>[]): PermissionStore {
  return { read: async (subject) => together(await store.read(subject), ...said) };
}

/** Undefined, which is unknown to a guard, where one of them is no list: applications are not always what their types say. */
function joined<One>(known: readonly One[], said: readonly (readonly One[])[]): readonly One[] {
  const lists = [known, ...said];
  // A gap in a list is something that nobody can read, and no list without it.
  return lists.every(Array.isArray) ? lists.flatMap((list) => [...list]) : (undefined as never);
}
