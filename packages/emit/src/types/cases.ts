import type { Cell } from "@scruple/analysis";
import type { Id } from "@scruple/model";

/** Pieces of data, purposes, channels and recipients of which every combination could be allowed. */
export interface Case {
  readonly data: ReadonlySet<Id>;
  readonly purposes: ReadonlySet<Id>;
  readonly channels: ReadonlySet<Id>;
  /** Null stands for a request that names none. */
  readonly recipients: ReadonlySet<Id | null>;
}
const dimensions = ["data", "purposes", "channels", "recipients"] as const;

/** Beyond so many cells nothing is put together: what would come of it is too long to be of help. */
const mostCells = 256;

/** The combinations that could be allowed, put together from cells as they come. */
export class Cases {
  private cells = 0;
  private cases: readonly Case[] = [];

  add({ data, purposes, routes }: Cell): void {
    this.cells += 1;
    if (this.cells > mostCells) return;
    const fields = new Set(data.flatMap((one) => (one.with === null ? [one.field] : [one.field, one.with])));
    const reached = new Map<Id, Set<Id | null>>();
    for (const { channel, recipient } of routes) {
      const recipients = reached.get(channel);
      if (recipients === undefined) reached.set(channel, new Set([recipient]));
      else recipients.add(recipient);
    }
    const more = Array.from(reached, ([channel, recipients]) => ({
      ...{ data: fields, purposes: new Set(purposes), channels: new Set([channel]), recipients },
    }));
    this.cases = merged([...this.cases, ...more]);
  }

  /** Few of them, in a fixed order; null where there are too many to tell. */
  get all(): readonly Case[] | null {
    return this.cells > mostCells ? null : this.cases;
  }
}

/** As few as come of putting together those that differ in one dimension alone. */
function merged(cases: readonly Case[]): readonly Case[] {
  let before = cases;
  for (;;) {
    let after = before;
    for (const dimension of dimensions) after = mergedBy(after, dimension);
    if (after.length === before.length) return after;
    before = after;
  }
}

function mergedBy(cases: readonly Case[], dimension: (typeof dimensions)[number]): readonly Case[] {
  const groups = new Map<string, Case>();
  for (const one of cases) {
    const key = dimensions.map((other) => (other === dimension ? "" : [...one[other]].sort().join(" "))).join("|");
    const known = groups.get(key);
    const both = known === undefined ? one : { ...one, [dimension]: new Set([...known[dimension], ...one[dimension]]) };
    groups.set(key, both);
  }
  return [...groups.values()];
}
