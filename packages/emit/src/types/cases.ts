import type { Cell } from "@scruple/analysis";
import type { Id, World } from "@scruple/model";

/** Pieces of data, purposes, channels, recipients and levels of which every combination could be allowed. */
export interface Case {
  readonly data: ReadonlySet<Id>;
  readonly purposes: ReadonlySet<Id>;
  readonly channels: ReadonlySet<Id>;
  /** Null stands for a request that names none. */
  readonly recipients: ReadonlySet<Id | null>;
  /** Null stands for a request that names none, and gets the finest; `anyLevel` for data to which levels are nothing. */
  readonly levels: ReadonlySet<string | null>;
}
const dimensions = ["data", "purposes", "channels", "recipients", "levels"] as const;
export const anyLevel = "";

/** Beyond so many cells nothing is put together: what would come of it is too long to be of help, and takes too long. */
const mostCells = 64;

/** The combinations that could be allowed, from cells as they come; put together at the end, since that looks at all of them. */
export class Cases {
  private cells = 0;
  private readonly found: Case[] = [];

  add({ data, purposes, routes }: Cell, { fields }: World): void {
    this.cells += 1;
    if (this.cells > mostCells) return;
    const byLevels = new Map<string, { readonly data: Set<Id>; readonly levels: ReadonlySet<string | null> }>();
    for (const { field, with: joined, level } of data) {
      for (const one of joined === null ? [field] : [field, joined]) {
        const levels = levelsAt(fields.get(one)?.levels ?? [], level);
        const known = byLevels.get(levels.join());
        if (known === undefined) byLevels.set(levels.join(), { data: new Set([one]), levels: new Set(levels) });
        else known.data.add(one);
      }
    }
    const reached = new Map<Id, Set<Id | null>>();
    for (const { channel, recipient } of routes) {
      const recipients = reached.get(channel);
      if (recipients === undefined) reached.set(channel, new Set([recipient]));
      else recipients.add(recipient);
    }
    for (const [channel, recipients] of reached)
      for (const part of byLevels.values())
        this.found.push({ ...part, purposes: new Set(purposes), channels: new Set([channel]), recipients });
  }

  /** As few as there are kinds, in a fixed order; null where there are too many to tell. */
  get all(): readonly Case[] | null {
    return this.cells > mostCells ? null : merged(this.found);
  }

  /** At most so many: where it takes that, whatever the level; null where they are more even so. */
  atMost(count: number): readonly Case[] | null {
    const { all } = this;
    if (all === null || all.length <= count) return all;
    const coarse = merged(all.map((one) => ({ ...one, levels: new Set([anyLevel]) })));
    return coarse.length <= count ? coarse : null;
  }
}

/** The levels that a request may name for data of a scale, which a cell is about at one level. */
function levelsAt(scale: readonly string[], level: string | null): readonly (string | null)[] {
  const asked = level ?? scale[0];
  if (asked === undefined || !scale.includes(asked)) return [anyLevel];
  return asked === scale[0] ? [asked, null] : [asked];
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
