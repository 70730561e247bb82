import type { Context } from "../context.ts";
import type { FactSpace } from "../fact-space.ts";
import { type Node, TRUE } from "../node-store.ts";
import type { Area, CellBoxes } from "./cell-boxes.ts";
import type { Kind, Leave, Region } from "./cell-regions.ts";
import { regionWords, unsaid } from "./region-words.ts";
import type { StaticCell } from "./static-cells.ts";

/** Regions that one entry tells of. */
export interface MergedRegion {
  readonly kind: Kind;
  readonly bound: Region["bound"];
  /** Under which facts: one of these holds. */
  readonly when: readonly string[];
  /** Null: exactly then. Else as far as the unchanged rules leave the change to show, or under facts that are not told. */
  readonly given: Leave | "varied" | null;
  readonly causes: readonly string[];
  /** More than one where they make no product. */
  readonly areas: readonly Area[];
  /** One of the regions, and one of its cells. */
  readonly region: Pick<Region, "where" | "contextFor">;
  readonly cell: StaticCell;
}

/** Exactly said, a region may take as many alternatives as these more than what changed. */
const fewAlternatives = 3;
/** Where all that a rule allows or denies has changed, as many regions are told apart. */
const mostTold = 6;
/** So many products are told one by one, where they can be told exactly. */
const fewAreas = 3;

/**
 * Regions with the same changes, for the same reasons, are one: what the unchanged rules make of them may differ from interaction to
 * interaction, and is not repeated. Where they all come to the same, or where nothing else is to be said, they are told exactly.
 */
export function mergeRegions(regions: Iterable<Region>, boxes: CellBoxes): readonly MergedRegion[] {
  const words = new Words();
  const groups = new Map<string, Region[]>();
  for (const region of regions) {
    const when = words.of(region.context, region.change);
    const whole = when.at(-1) === unsaid ? region.problem.change : "";
    const key = JSON.stringify([region.kind, region.bound, region.leave, when, region.causes, whole]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [region]);
    else group.push(region);
  }
  return [...groups.values()].flatMap((group) => parted(group, words).flatMap((part) => areasOf(part, boxes)));
}

type Part = Pick<MergedRegion, "when"> & { readonly given: Leave | null; readonly regions: readonly Region[] };

function parted(regions: readonly Region[], words: Words): readonly Part[] {
  const [first] = regions as [Region];
  const change = words.of(first.context, first.change);
  const isAlways = first.change === TRUE;
  const most = isAlways ? mostTold : 1;
  const byText = new Map<string, { when: readonly string[]; regions: Region[] }>();
  for (const region of regions) {
    const when = words.of(region.context, region.where);
    const key = when.join("\n");
    const known = byText.get(key) ?? { when, regions: [] };
    known.regions.push(region);
    byText.set(key, known);
    const isLong = when.length > change.length + fewAlternatives || when.at(-1) === unsaid;
    if (byText.size > most || (isLong && !isAlways)) return [{ when: change, given: first.leave, regions }];
  }
  return [...byText.values()].map((one) => ({ ...one, given: null }));
}

function areasOf({ when, given, regions }: Part, boxes: CellBoxes): readonly MergedRegion[] {
  const owners = new Map<StaticCell, Region>();
  for (const region of regions) for (const cell of region.problem.cells) owners.set(cell, region);
  const cells = [...owners.keys()];
  const areas = boxes.merged(cells);
  const made = (some: readonly Area[]): MergedRegion => {
    const cell = boxes.cellIn(some[0]!, cells);
    const region = owners.get(cell)!;
    return { kind: region.kind, bound: region.bound, causes: region.causes, when, given, areas: some, region, cell };
  };
  return given === null && areas.length <= fewAreas ? areas.map((one) => made([one])) : [made(areas)];
}

/** Regions of facts in the words of a policy, each looked for once: they are the same words whatever the occasion. */
class Words {
  private readonly known = new WeakMap<FactSpace, Map<Node, readonly string[]>>();

  of(context: Context, node: Node): readonly string[] {
    const known = this.known.get(context.space) ?? new Map<Node, readonly string[]>();
    this.known.set(context.space, known);
    const found = known.get(node);
    if (found !== undefined) return found;
    const words = regionWords(context, node);
    known.set(node, words);
    return words;
  }
}
