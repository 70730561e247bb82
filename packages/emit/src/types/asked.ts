import type { Ground, InteractionPartition, Item, PlaceSet, Route, RuleItem } from "@scruple/analysis";
import type { FactName, Id, Operation, World } from "@scruple/model";
import { factsOf } from "./asked-facts.ts";
import type { Levels, Scales } from "./levels.ts";
import { type Box, Spots } from "./spots.ts";

/** Where a rule, or an exception to it, asks for facts. */
export interface Asked {
  readonly operations: ReadonlySet<Operation>;
  /** Null: whatever it is. */
  readonly data: readonly Id[] | null;
  /** What the data is joined with; null where that is nothing to it. */
  readonly with: readonly Id[] | null;
  readonly box: Box;
  /** Null: whatever the level. */
  readonly levels: Levels | null;
  readonly facts: readonly FactName[];
}

/** What is selected of some dimensions; of pairs, one piece by each of two sets, in any of these ways. */
interface Reach {
  readonly alone: PlaceSet;
  readonly pairs: readonly (readonly [one: PlaceSet, other: PlaceSet])[];
  readonly purposes: readonly Id[];
  readonly routes: readonly Route[];
}

/** Some fields, at some levels; null: all, at any. */
interface Part {
  readonly fields: readonly Id[] | null;
  readonly levels: Levels | null;
}

/**
 * Where rules ask for facts: what each of them selects, and each exception within that, as the model reads them. So a place
 * asks for what the rules that select it mention, and for nothing else.
 */
export class Asking {
  private readonly ground: Ground;
  private readonly world: World;
  private readonly scales: Scales;
  private readonly all: PlaceSet;
  private readonly routes: readonly Route[];

  constructor(world: World, ground: Ground, scales: Scales) {
    this.world = world;
    this.ground = ground;
    this.scales = scales;
    this.all = new Uint8Array(ground.places.length).fill(1);
    this.routes = ground.routesOf(ground);
  }

  /** Of what stands outside interactions, or is implied there: what holds everywhere, or else where the company started. */
  outside(operations: readonly Operation[], isOutboundOnly: boolean): readonly Asked[] {
    const { purposes, items } = this.ground;
    const meant = items.filter(({ implied }) => (implied?.[0]?.outboundOnly ?? false) === isOutboundOnly);
    return this.of(meant, operations, purposes, this.routes);
  }
  /** All that could be named where something bears on every interaction. */
  get everything(): Box {
    const { purposes, channels } = this.ground;
    return { purposes, channels, recipients: [...new Set(this.routes.map(({ recipient }) => recipient))] };
  }

  /** Of the rules of an interaction. */
  inside(partition: InteractionPartition, operations: readonly Operation[]): readonly Asked[] {
    const items = Array.from(partition.ownRoots(), (root) => partition.root(root).item);
    return this.of(items, operations, partition.purposes, partition.routes);
  }

  private of(
    items: readonly RuleItem[],
    wanted: readonly Operation[],
    purposes: readonly Id[],
    routes: readonly Route[],
  ): readonly Asked[] {
    const spots = new Spots(purposes, routes);
    const known = new Map<string, readonly Box[]>();
    const found: Asked[] = [];
    const boxesOf = (reach: Reach): readonly Box[] => {
      const isIn = <T>(all: readonly T[], some: readonly T[]) => all.map((one) => Number(some.includes(one))).join("");
      const key = `${isIn(purposes, reach.purposes)} ${isIn(routes, reach.routes)}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      const region = spots.empty();
      spots.add(region, reach.purposes, reach.routes);
      const boxes = spots.cover([region]).map(({ box }) => box);
      known.set(key, boxes);
      return boxes;
    };
    const visit = (item: Item, operations: readonly Operation[], within: Reach): void => {
      const reach = this.reached(item, within);
      const facts = factsOf(this.world, item);
      if (facts.length > 0) found.push(...this.asked(reach, operations, facts, boxesOf(reach)));
      for (const exception of item.exceptions) visit(exception, operations, reach);
    };
    for (const item of items) {
      const operations = wanted.filter((operation) => item.operations.has(operation));
      if (operations.length === 0 || item.expressions.length === 0) continue;
      const pairs: Reach["pairs"] = operations.includes("combine") ? [[this.all, this.all]] : [];
      visit(item, operations, { alone: this.all, pairs, purposes, routes });
    }
    return merged(found);
  }

  private reached(item: Item, within: Reach): Reach {
    const { ground } = this;
    const ways = within.pairs.length === 0 ? [] : this.pairsOf(item);
    return {
      alone: this.common(within.alone, ground.placeSets.alone(item)),
      pairs: within.pairs.flatMap(([one, other]) =>
        ways.map(([first, second]) => [this.common(one, first), this.common(other, second)] as const),
      ),
      purposes: within.purposes.filter((purpose) => ground.selectsPurpose(item, purpose)),
      routes: within.routes.filter((route) => ground.selectsRoute(item, route)),
    };
  }

  /** As `selectsData` reads pairs: without `with`, both pieces if it is read narrowly and either if widely; with it, one by each list. */
  private pairsOf(item: Item): Reach["pairs"] {
    const { selector, reading } = item;
    const { placeSets } = this.ground;
    if (selector.with === null) {
      const own = placeSets.alone(item);
      if (reading === "narrow") return [[own, own]];
      return [
        [own, this.all],
        [this.all, own],
      ];
    }
    const [one, other] = [selector.data, selector.with].map((refs) => ({
      named: placeSets.named(refs, reading).either,
      fits: placeSets.fitting(refs, selector.level, reading),
    })) as [Record<"named" | "fits", PlaceSet>, Record<"named" | "fits", PlaceSet>];
    const ways: Reach["pairs"] =
      reading === "narrow" || selector.level === null
        ? [[one.fits, other.fits]]
        : [
            [one.fits, other.named],
            [one.named, other.fits],
          ];
    return ways.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]);
  }

  private *asked(
    { alone, pairs }: Reach,
    operations: readonly Operation[],
    facts: readonly FactName[],
    boxes: readonly Box[],
  ): Generator<Asked> {
    const others = new Set(operations);
    others.delete("combine");
    for (const box of boxes) {
      for (const { fields, levels } of others.size > 0 ? this.parts(alone) : [])
        yield { operations: others, data: fields, with: null, box, levels, facts };
      for (const [one, other] of pairs)
        for (const here of this.parts(one))
          for (const there of this.parts(other)) {
            const levels = both(here.levels, there.levels);
            if (levels?.size === 0) continue;
            yield { operations: combining, data: here.fields, with: there.fields, box, levels, facts };
          }
    }
  }

  private common(a: PlaceSet, b: PlaceSet): PlaceSet {
    if (a === this.all || b === this.all) return a === this.all ? b : a;
    const found = a.slice();
    for (let i = 0; i < found.length; i++) found[i] = (a[i] as number) & (b[i] as number);
    return found;
  }

  private parts(places: PlaceSet): readonly Part[] {
    return places.every((place) => place === 1) ? [{ fields: null, levels: null }] : this.scales.parts(places);
  }
}

const combining: ReadonlySet<Operation> = new Set(["combine"]);

function both(a: Levels | null, b: Levels | null): Levels | null {
  if (a === null || b === null) return a ?? b;
  return new Set([...a].filter((level) => b.has(level)));
}

/** What asks the same at the same places of different data, together. */
function merged(all: readonly Asked[]): readonly Asked[] {
  const numbers = new Map<unknown, number>();
  const numberOf = (one: unknown) => {
    const number = numbers.get(one) ?? numbers.size;
    numbers.set(one, number);
    return number;
  };
  const found = new Map<string, Asked & { data: readonly Id[] | null }>();
  for (const one of all) {
    const { operations, data, with: joined, box, levels, facts } = one;
    const lists = [[...operations], facts, joined ?? [], levels ? [...levels] : []].join(" ");
    const key = `${data === null} ${joined === null} ${levels === null} ${lists} ${numberOf(box)}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { ...one });
    else if (data !== null) known.data = [...new Set([...(known.data ?? []), ...data])];
  }
  return [...found.values()];
}
