import type { Id, RequestNames } from "@scruple/model";

/** The shortest name of each id that a request can name. */
export type ShortNames = { readonly [K in keyof RequestNames]: ReadonlyMap<Id, string> };

export function shortNames(names: RequestNames): ShortNames {
  const { interactions, fields, purposes, channels, recipients } = names;
  return {
    interactions: turned(interactions),
    fields: turned(fields),
    purposes: turned(purposes),
    channels: turned(channels),
    recipients: turned(recipients),
  };
}

function turned(names: ReadonlyMap<string, Id>): ReadonlyMap<Id, string> {
  const shortest = new Map<Id, string>();
  for (const [name, id] of names) {
    const known = shortest.get(id);
    if (known === undefined || name.length < known.length) shortest.set(id, name);
  }
  return shortest;
}
