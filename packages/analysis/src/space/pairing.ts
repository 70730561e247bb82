import type { Id } from "@scruple/model";
import type { InteractionPartition } from "./interaction-partition.ts";
import type { PlaceSet, Selection } from "./place-sets.ts";

/** A rule or an exception with `with`, and what its two lists name. */
interface Joint {
  readonly number: number;
  readonly isNarrow: boolean;
  readonly lists: readonly [List, List];
}
interface List {
  readonly named: Selection;
  readonly fits: PlaceSet;
}

/**
 * What selects pairs, from what selects their pieces, as `selectsData` reads pairs: without `with`, both pieces if it is read narrowly and
 * either if widely; with it, one piece by each list.
 */
export class Pairing {
  private readonly partition: InteractionPartition;
  private readonly narrow: number;
  private readonly wide: number;
  private readonly joint: readonly Joint[];
  private readonly mask: number;

  /** @param mask Of what may select. */
  constructor(partition: InteractionPartition, mask: number) {
    this.partition = partition;
    this.mask = mask;
    const { sets, ground } = partition;
    const numbers = [...sets.members(mask)];
    const plain = numbers.filter((number) => partition.item(number).selector.with === null);
    this.narrow = sets.of(plain.filter((number) => partition.item(number).reading === "narrow"));
    this.wide = sets.of(plain.filter((number) => partition.item(number).reading === "wide"));
    this.joint = numbers
      .filter((number) => partition.item(number).selector.with !== null)
      .map((number) => {
        const { reading, selector } = partition.item(number);
        const [one, other] = [selector.data, selector.with].map((refs) => ({
          named: ground.placeSets.named(refs, reading),
          fits: ground.placeSets.fitting(refs, selector.level, reading),
        })) as [List, List];
        return { number, isNarrow: reading === "narrow", lists: [one, other] };
      });
  }

  /** Places of one kind make the same pairs with others; by `keep at most` each source is a kind of its own. */
  kindOf(place: number): string {
    const { partition, mask } = this;
    const set = partition.sets.both(partition.placeSet(place), mask);
    const lists = this.joint.flatMap(({ lists: both }) =>
      both.map(({ named: { direct, derived }, fits }) => `${direct[place]}${derived[place]}${fits[place]}`),
    );
    const kept = partition.sets.meet(set, partition.keeps) ? this.sourceOf(place) : "";
    return `${set} ${kept} ${lists.join("")}`;
  }

  /** What selects a pair, but for the exceptions to what does not. */
  setOf(one: number, other: number): number {
    const { sets } = this.partition;
    const [a, b] = [one, other].map((place) => this.partition.placeSet(place)) as [number, number];
    const narrow = sets.both(sets.both(a, b), this.narrow);
    const wide = sets.both(sets.either(a, b), this.wide);
    const joint = this.joint.filter((item) => selects(item, one, other) || selects(item, other, one));
    return sets.either(sets.either(narrow, wide), sets.of(joint.map(({ number }) => number)));
  }

  private sourceOf(place: number): Id {
    const { ground } = this.partition;
    return ground.world.fields.get(ground.places[place]!.field)!.source.id;
  }
}

/** One way round: this place by the first list, that one by the second. */
function selects({ isNarrow, lists: [first, second] }: Joint, one: number, other: number): boolean {
  const isNamed = ({ named: { direct, derived } }: List, place: number) => direct[place] === 1 || derived[place] === 1;
  if (!isNamed(first, one) || !isNamed(second, other)) return false;
  const [fits, fitsToo] = [first.fits[one] === 1, second.fits[other] === 1];
  return isNarrow ? fits && fitsToo : fits || fitsToo;
}
