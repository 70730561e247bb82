import { lastPart, policyOf } from "./ids.ts";
import type { Id, Model } from "./model.ts";

/** How the names in a request, and in a test, come to ids. */
export interface RequestNames {
  readonly interactions: ReadonlyMap<string, Id>;
  readonly fields: ReadonlyMap<string, Id>;
  readonly purposes: ReadonlyMap<string, Id>;
  readonly channels: ReadonlyMap<string, Id>;
  readonly recipients: ReadonlyMap<string, Id>;
}

/**
 * A name of the policy or of one that it uses directly may be given qualified; bare, it is the policy's own, else that of
 * the one used policy that declares it. What two used policies declare has to be qualified.
 */
export function requestNames(model: Model): RequestNames {
  const table = (ids: readonly Id[]) => resolveNames(model, ids, policyOf, lastPart);
  return {
    interactions: table(model.interactions.map(({ id }) => id)),
    fields: resolveNames(
      model,
      model.sources.flatMap((source) => source.fields.map(({ id }) => id)),
      (id) => policyOf(policyOf(id)),
      (id) => `${lastPart(policyOf(id))}.${lastPart(id)}`,
    ),
    purposes: table(model.purposes.map(({ id }) => id)),
    channels: table(model.channels.map(({ id }) => id)),
    recipients: table(model.recipients.map(({ id }) => id)),
  };
}

/**
 * The bare name of a field names its source first: where two used policies declare a source of one name, its fields have
 * to be qualified, and where the policy declares one, its own is meant, whichever fields it has.
 */
function resolveNames(
  model: Model,
  ids: readonly Id[],
  policy: (id: Id) => string,
  bare: (id: Id) => string,
): ReadonlyMap<string, Id> {
  const names = new Map<string, Id>();
  const owners = new Map<string, Set<string>>();
  const visible = ids.filter((id) => policy(id) === model.policy || model.uses.includes(policy(id)));
  const first = (id: Id) => bare(id).split(".")[0] as string;
  for (const id of visible) {
    names.set(id, id);
    owners.set(first(id), (owners.get(first(id)) ?? new Set()).add(policy(id)));
  }
  for (const id of visible) {
    const declaring = owners.get(first(id)) as ReadonlySet<string>;
    const owner = declaring.has(model.policy) ? model.policy : declaring.size === 1 ? policy(id) : null;
    if (owner === policy(id)) names.set(bare(id), id);
  }
  return names;
}
