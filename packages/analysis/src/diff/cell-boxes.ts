import { type Operation, operations } from "@scruple/model";
import { type Box, mergeBoxes, Sets } from "./boxes.ts";
import type { StaticCell, StaticSpace } from "./static-cells.ts";

/** Some static combinations, as a product. */
export interface Area {
  /** Indices of places. */
  readonly interactions: readonly number[];
  readonly operations: readonly Operation[];
  readonly data: readonly number[];
  /** Pairs of data, for `combine`: any of the one side with any of the other. */
  readonly pairs: readonly Pair[];
  readonly purposes: readonly number[];
  readonly routes: readonly number[];
  /** How many combinations it covers. A pair counts both ways round. */
  readonly count: number;
}
export type Pair = readonly [readonly number[], readonly number[]];

/** All that is in some lists. Cells share lists, so each is looked through once. */
class Gathered {
  readonly all = new Set<number>();
  private readonly lists = new Set<readonly number[]>();

  add(list: readonly number[]): void {
    if (this.lists.has(list)) return;
    this.lists.add(list);
    for (const one of list) this.all.add(one);
  }
}

/** Turns cells into products, as few as a simple search finds. */
export class CellBoxes {
  private readonly space: StaticSpace;
  private readonly sets = new Sets();
  /** One value each: a pair goes by a number behind those of data. */
  private readonly pairs: { readonly pair: Pair; readonly count: number }[] = [];
  private readonly pairIds = new Map<string, number>();
  private readonly interactionIds: ReadonlyMap<string, number>;

  constructor(space: StaticSpace) {
    this.space = space;
    this.interactionIds = new Map(space.places.interactions.map((id, index) => [id, index]));
  }

  /** @param cells that do not overlap */
  merged(cells: readonly StaticCell[]): readonly Area[] {
    return mergeBoxes(
      cells.map((cell) => this.boxOf(cell)),
      this.sets,
    ).map((box) => this.areaOf(box));
  }

  /** All that some cells name, as if it were a product; the count is that of the cells. */
  around(cells: readonly StaticCell[]): Area {
    const [interactions, named, pairs] = [new Set<number>(), new Set<Operation>(), new Set<number>()];
    const [data, purposes, routes] = [new Gathered(), new Gathered(), new Gathered()];
    let count = 0;
    for (const cell of cells) {
      interactions.add(this.interactionIds.get(cell.interaction)!);
      named.add(cell.operation);
      let ofData = cell.data.length;
      if (cell.with === null) data.add(cell.data);
      else {
        const id = this.pairId([cell.data, cell.with]);
        pairs.add(id);
        ofData = this.pairOf(id).count;
      }
      purposes.add(cell.purposes);
      routes.add(cell.routes);
      count += ofData * cell.purposes.length * cell.routes.length;
    }
    return {
      interactions: [...interactions],
      operations: [...named],
      data: [...data.all],
      purposes: [...purposes.all],
      pairs: [...pairs].map((id) => this.pairOf(id).pair),
      routes: [...routes.all],
      count,
    };
  }

  /** One of the cells that an area was made of. */
  cellIn(area: Area, cells: readonly StaticCell[]): StaticCell {
    // Cells do not overlap, so the least place of the area is in one of them alone, and that lies wholly inside.
    const corner = [area.interactions, area.operations, area.data, area.purposes, area.routes].map(([first]) => first);
    const found = cells.find((cell) => {
      if (this.interactionIds.get(cell.interaction) !== corner[0] || cell.operation !== corner[1]) return false;
      if (!cell.purposes.includes(corner[3] as number) || !cell.routes.includes(corner[4] as number)) return false;
      if (cell.with !== null)
        return area.pairs.some((pair) => this.pairId(pair) === this.pairId([cell.data, cell.with!]));
      return cell.data.includes(corner[2] as number);
    });
    if (found === undefined) throw new Error("An area has none of the cells that it was made of.");
    return found;
  }

  private boxOf({ interaction, operation, data, with: joined, purposes, routes }: StaticCell): Box {
    const { sets } = this;
    return [
      sets.single(this.interactionIds.get(interaction)!),
      sets.single(operations.indexOf(operation)),
      joined === null ? sets.of(data) : sets.single(this.pairId([data, joined])),
      sets.of(purposes),
      sets.of(routes),
    ];
  }

  private areaOf(box: Box): Area {
    const [interactions, named, data, purposes, routes] = box.map((id) => this.sets.values(id)) as [
      ...[readonly number[], readonly number[], readonly number[], readonly number[], readonly number[]],
    ];
    const single = data.filter((value) => value < this.space.places.data.length);
    const pairs = data.slice(single.length).map((id) => this.pairOf(id));
    const ofData = pairs.reduce((sum, { count }) => sum + count, single.length);
    return {
      interactions,
      purposes,
      routes,
      data: single,
      operations: named.map((index) => operations[index]!),
      pairs: pairs.map(({ pair }) => pair),
      count: interactions.length * named.length * ofData * purposes.length * routes.length,
    };
  }

  private pairOf(id: number): { readonly pair: Pair; readonly count: number } {
    return this.pairs[id - this.space.places.data.length]!;
  }
  private pairId(pair: Pair): number {
    const key = pair.map((side) => [...side].sort((a, b) => a - b).join()).join("+");
    const known = this.pairIds.get(key);
    if (known !== undefined) return known;
    const id = this.space.places.data.length + this.pairs.push({ pair, count: this.countOf(pair) }) - 1;
    this.pairIds.set(key, id);
    return id;
  }

  private countOf([ones, others]: Pair): number {
    const { data, levels } = this.space.places;
    const isSame = ones.length === others.length && ones.every((one) => others.includes(one));
    let count = 0;
    for (const one of ones) {
      for (const other of others) if (levels.askedFor(data[one]!, data[other]!) !== undefined) count++;
    }
    return isSame ? count : 2 * count;
  }
}
