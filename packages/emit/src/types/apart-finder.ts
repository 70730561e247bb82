import type { CellOf, DataClass, InteractionPartition, Node } from "@scruple/analysis";
import { type Id, requestedLevel } from "@scruple/model";
import type { Apart } from "./apart.ts";
import type { Levels } from "./levels.ts";
import type { Region, Spots } from "./spots.ts";

/** Of each class, its fields. */
type Lists = readonly (readonly Id[])[];

/** Finds the data and the places of cells that are decided in ways which conflict. */
export class ApartFinder {
  private readonly partition: InteractionPartition;
  private readonly spots: Spots;
  private readonly cells: readonly CellOf[];
  /** What a call can ask for; null: it does not say. */
  private readonly levels: readonly (string | null)[];
  /** What was found, by its classes: what is apart anyhow is not found again. */
  private readonly known = new Set<string>();
  private readonly numbers = new Map<DataClass, number>();

  constructor(partition: InteractionPartition, spots: Spots, cells: readonly CellOf[]) {
    this.partition = partition;
    this.spots = spots;
    this.cells = cells;
    this.levels = [null, ...new Set([...partition.world.fields.values()].flatMap(({ levels }) => levels))];
  }

  find(conflicts: readonly (readonly Node[])[], nodeOf: (cell: CellOf) => Node | null): readonly Apart[] {
    const byNode = new Map<Node, CellOf[]>();
    for (const cell of this.cells) {
      const node = nodeOf(cell);
      if (node === null) continue;
      const list = byNode.get(node);
      if (list === undefined) byNode.set(node, [cell]);
      else list.push(cell);
    }
    const found = new Map<string, { readonly classes: readonly DataClass[]; readonly region: Region }>();
    for (const conflict of conflicts) {
      for (const cells of this.together(conflict.map((node) => byNode.get(node) ?? []))) {
        const classes = cells.map((cell) => cell.class).sort((a, b) => this.numberOf(a) - this.numberOf(b));
        const name = classes.map((one) => this.numberOf(one)).join();
        const one = found.get(name) ?? { classes, region: this.spots.empty() };
        found.set(name, one);
        const { purposes, routes } = shared(cells);
        this.spots.add(one.region, purposes, routes);
      }
    }
    const fresh = [...found.values()].flatMap(({ classes, region }) => {
      const name = `${classes.map((one) => this.numberOf(one)).join()} ${region.join()}`;
      return this.known.has(name) || this.known.add(name) === undefined ? [] : [{ classes, region }];
    });
    return fresh.flatMap(({ classes, region }) => {
      const boxes = this.spots.cover([region]).map(({ box }) => box);
      return this.named(classes).flatMap((one) => boxes.map((box) => ({ ...box, ...one })));
    });
  }

  /** One cell of each list, where some request can be of all. */
  private *together(
    lists: readonly (readonly CellOf[])[],
    chosen: readonly CellOf[] = [],
  ): Generator<readonly CellOf[]> {
    const [list, ...rest] = lists;
    if (list === undefined) yield chosen;
    else
      for (const cell of list) {
        const { purposes, routes } = shared([...chosen, cell]);
        if (purposes.length > 0 && routes.length > 0) yield* this.together(rest, [...chosen, cell]);
      }
  }

  /** Each of the classes with the others, by level and by what they are joined with. */
  private named(classes: readonly DataClass[]): readonly Pick<Apart, "fields" | "others" | "with" | "levels">[] {
    const joined = classes[0]?.isPairs ? [...this.partition.world.fields.keys()] : [null];
    const found = new Map<
      string,
      { readonly lists: Lists; readonly with: Id[] | null; readonly levels: Levels | null }
    >();
    for (const other of joined) {
      const byLists = new Map<string, { readonly lists: Lists; readonly levels: Set<string | null> }>();
      for (const level of this.levels) {
        const lists = classes.map((one) => this.fieldsAt(one, other, level));
        if (lists.some(({ length }) => length === 0)) continue;
        const name = JSON.stringify(lists);
        const same = byLists.get(name) ?? { lists, levels: new Set() };
        byLists.set(name, same);
        same.levels.add(level);
      }
      for (const [name, { lists, levels }] of byLists) {
        const key = `${name} ${[...levels].join()}`;
        const same = found.get(key);
        if (same?.with) same.with.push(other as Id);
        else
          found.set(key, {
            lists,
            with: other === null ? null : [other],
            levels: levels.size === this.levels.length ? null : levels,
          });
      }
    }
    return [...found.values()].flatMap(({ lists, ...at }) =>
      lists.map((fields, index) => ({ ...at, fields, others: lists.filter((_, other) => other !== index) })),
    );
  }

  /** The fields of a class, or of its pairs with a field, where a call asks for a level. */
  private fieldsAt({ places, data }: DataClass, joined: Id | null, asked: string | null): readonly Id[] {
    const { ground } = this.partition;
    if (joined === null) {
      const all = (places ?? []).map(
        (place) => ground.places[place] as { readonly field: Id; readonly level: string | null },
      );
      return all.flatMap(({ field, level }) => (this.readsAlike(field, asked, level) ? [field] : []));
    }
    return data.flatMap(({ field, with: other, level }) => {
      const isOf = field === joined || other === joined;
      if (!isOf || ![field, other as Id].every((one) => this.readsAlike(one, asked, level))) return [];
      return field === joined ? [other as Id] : [field];
    });
  }

  /** Whether a field comes at the same level where two are asked for. */
  private readsAlike(field: Id, one: string | null, other: string | null): boolean {
    const levels = this.partition.world.fields.get(field)?.levels ?? [];
    return requestedLevel(levels, one) === requestedLevel(levels, other);
  }

  private numberOf(one: DataClass): number {
    const number = this.numbers.get(one) ?? this.numbers.size;
    this.numbers.set(one, number);
    return number;
  }
}

function shared([first, ...others]: readonly CellOf[]): Pick<CellOf, "purposes" | "routes"> {
  const { purposes, routes } = first as CellOf;
  return {
    purposes: purposes.filter((one) => others.every((other) => other.purposes.includes(one))),
    routes: routes.filter((one) => others.every((other) => other.routes.includes(one))),
  };
}
