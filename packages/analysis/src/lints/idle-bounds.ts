import type { Id } from "@scruple/model";
import type { CellOf } from "../space/cell-of.ts";
import type { Cells, InteractionPartition } from "../space/interaction-partition.ts";

type Kind = "purposes" | "channels";

/** The purposes and channels that an interaction names, for as long as nothing has been allowed within them. */
export class IdleBounds {
  private readonly purposes: Map<Id, ReadonlySet<Id>>;
  private readonly channels: Map<Id, ReadonlySet<Id>>;

  constructor(partition: InteractionPartition) {
    this.purposes = new Map(within(partition, "purposes"));
    this.channels = new Map(within(partition, "channels"));
  }

  of(kind: Kind): readonly Id[] {
    return [...this[kind].keys()];
  }

  /** Whether cells are within one of them, as far as is known of them. */
  isAnyOf({ purposes, routes }: Pick<Cells, "purposes" | "routes">): boolean {
    for (const inside of this.purposes.values())
      if (purposes === null || purposes.some((one) => inside.has(one))) return true;
    for (const inside of this.channels.values())
      if (routes === null || routes.some(({ channel }) => inside.has(channel))) return true;
    return false;
  }

  /** Something of a cell is allowed, or may be. */
  take({ purposes, routes }: CellOf): void {
    for (const [bound, inside] of this.purposes)
      if (purposes.some((one) => inside.has(one))) this.purposes.delete(bound);
    for (const [bound, inside] of this.channels)
      if (routes.some(({ channel }) => inside.has(channel))) this.channels.delete(bound);
  }
}

/** Each bound with what a request can name that is it or within it. */
function within({ ground, world, interaction, purposes, routes }: InteractionPartition, kind: Kind) {
  return ground.remembered(`within ${kind} ${interaction[kind]}`, () => {
    const nameable = kind === "purposes" ? purposes : routes.map(({ channel }) => channel);
    return interaction[kind].map((bound) => {
      const inside = nameable.filter((one) => reaches(world[kind].parents, one, bound));
      return [bound, new Set(inside)] as const;
    });
  });
}

/** One is the other, or is within it. */
function reaches(parents: ReadonlyMap<Id, readonly Id[]>, from: Id, to: Id): boolean {
  const found = new Set([from]);
  for (const one of found) for (const parent of parents.get(one) ?? []) found.add(parent);
  return found.has(to);
}
