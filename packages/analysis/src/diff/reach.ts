import { covered, type Id, overlapping, type World, within } from "@scruple/model";
import { Diagrams } from "../diagrams.ts";
import { FALSE, type Node, TRUE } from "../node-store.ts";
import { remembered } from "../remembered.ts";
import { purposesOf } from "../theory/purposes.ts";
import { TooLargeError } from "../too-large-error.ts";
import { askedTogether, type Permission } from "./asked-together.ts";
import { isSameContent } from "./same-content.ts";

type Dimension = "purposes" | "channels";

/**
 * What consents and objections reach in one model and not in the other, a sentence for each. Diagrams have them by purpose alone, as
 * those of `facts` are within each other, and take what is given on a request's channel to be given in both models: so what the
 * first model's own hierarchies make of them is not found. Where they come to the same, or nothing rests on it, nothing is said.
 *
 * @param facts The world in which conditions of both models are asked
 */
export function reachNotes(worlds: readonly [World, World], facts: World): readonly string[] {
  if (!isDeclaredOtherwise(worlds)) return [];
  const reach = new Reach(worlds, facts);
  const known = new Map<string, Notes>();
  const about = (one: Permission, channel: Id) =>
    remembered(known, `${one.kind} ${one.purpose} ${channel}`, () => notesAbout(reach, one, channel));
  const notes = new Set<string>();
  const isUntold = (one: Permission, channel: Id) =>
    Object.values(about(one, channel)).some((note) => note !== null && !notes.has(note));
  for (const { channel, asked } of askedTogether(worlds, isUntold)) {
    for (const one of asked[0]) {
      const { onChannel, forPurpose } = about(one, channel);
      if (onChannel !== null && asked[1].some((other) => isObjection(other) === isObjection(one))) notes.add(onChannel);
      if (forPurpose !== null) notes.add(forPurpose);
    }
  }
  return [...notes];
}

/** What there is to say where a permission is asked for; null where it reaches the same in both. */
type Notes = Readonly<Record<"onChannel" | "forPurpose", string | null>>;

function notesAbout(reach: Reach, one: Permission, channel: Id): Notes {
  const note = (dimension: Dimension, what: string) =>
    `The ${dimension} are within each other in another way than before: ${what}. What that decides otherwise is not listed.`;
  const onOneSide = (dimension: Dimension, what: string, ids: readonly Id[], to: Id) =>
    ids.length === 0
      ? null
      : note(dimension, `${what} ${ids.map((id) => `\`${id}\``).join(", ")} reach \`${to}\` on one side only`);
  const { kind, purpose } = one;
  if (isObjection(one))
    return {
      onChannel: onOneSide("channels", "objections on", reach.objectionsOn(channel), channel),
      forPurpose: onOneSide("purposes", "objections to", reach.objectionsTo(purpose), purpose),
    };
  const isAlike = kind === "explicit" || reach.isCoveredAlike(purpose);
  return {
    onChannel: onOneSide("channels", "consents on", reach.consentsOn(channel), channel),
    forPurpose: isAlike ? null : note("purposes", `it takes other consents to cover \`${purpose}\``),
  };
}

function isObjection({ kind }: Permission): boolean {
  return kind === "objection";
}

function isDeclaredOtherwise(worlds: readonly [World, World]): boolean {
  const [before, after] = worlds.map(({ model: { uses, purposes, channels } }) => [
    uses,
    [purposes, channels].map((list) => list.map(({ id, within: above }) => [id, above])),
  ]);
  return !isSameContent(before, after);
}

/** How far consents and objections reach in two models, each answer found once. */
class Reach {
  private readonly worlds: readonly [World, World];
  private readonly facts: World;
  private readonly known = new Map<string, readonly Id[]>();
  private readonly covered = new Map<Id, boolean>();

  constructor(worlds: readonly [World, World], facts: World) {
    this.worlds = worlds;
    this.facts = facts;
  }

  /** Channels of which a consent counts on a channel in one of the models alone. */
  consentsOn(channel: Id): readonly Id[] {
    return remembered(this.known, `consents on ${channel}`, () => {
      const [one, other] = this.worlds.map(
        ({ channels, names }) =>
          new Set([...names.channels.values()].filter((id) => covered(channels, [id]).has(channel))),
      ) as [Set<Id>, Set<Id>];
      return inOne(one, other);
    });
  }
  objectionsOn(channel: Id): readonly Id[] {
    return remembered(this.known, `on ${channel}`, () => this.overlapping("channels", this.worlds, channel));
  }
  objectionsTo(purpose: Id): readonly Id[] {
    const sides = [this.worlds[0], this.facts] as const;
    return remembered(this.known, `to ${purpose}`, () => this.overlapping("purposes", sides, purpose));
  }

  /** Of what is above, all that a model knows; of what is below, what both know: a name that is new or gone changes nothing else. */
  private overlapping(dimension: Dimension, sides: readonly [World, World], id: Id): readonly Id[] {
    const isCommon = (other: Id) => this.worlds.every(({ names }) => names[dimension].has(other));
    const [one, other] = sides.map((world) => {
      const below = within(world[dimension], [id]);
      const counts = (each: Id) => world.names[dimension].has(each) && (!below.has(each) || isCommon(each));
      return new Set([...overlapping(world[dimension], [id])].filter(counts));
    }) as [Set<Id>, Set<Id>];
    return inOne(one, other);
  }

  /** Whether a purpose is covered by the same sets of consents; where that is too much to find out, it is not. */
  isCoveredAlike(purpose: Id): boolean {
    return remembered(this.covered, purpose, () => {
      const diagrams = new Diagrams();
      const variables = new Map<Id, Node>();
      const given = (id: Id) =>
        remembered(variables, id, () =>
          diagrams.branch(diagrams.addVariable(2, 0), (value) => (value === 0 ? FALSE : TRUE)),
        );
      const cover = (world: World) => {
        const { above, parents, nameable } = purposesOf(world);
        const found = new Map<Id, Node>();
        for (const id of above(purpose)) {
          const over = parents(id).map((parent) => found.get(parent)!);
          const fromAbove = over.length > 0 ? diagrams.all(over) : FALSE;
          found.set(id, nameable.has(id) ? diagrams.or(given(id), fromAbove) : fromAbove);
        }
        return found.get(purpose)!;
      };
      try {
        return cover(this.worlds[0]) === cover(this.facts);
      } catch (error) {
        if (error instanceof TooLargeError) return false;
        throw error;
      }
    });
  }
}

function inOne(one: ReadonlySet<Id>, other: ReadonlySet<Id>): readonly Id[] {
  return [...[...one].filter((id) => !other.has(id)), ...[...other].filter((id) => !one.has(id))].sort();
}
