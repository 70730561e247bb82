import { type Diagram, TooLarge } from "./diagram.ts";
import type { Item } from "./items.ts";

/**
 * One diagram where that stays small, as it does for the rules of most interactions; else as many as it takes, each over
 * some of the rules. So a guard grows with the number of rules, however they overlap.
 *
 * @param build Throws a `TooLarge` where the diagram takes more than `mostNumbers`.
 */
export function layersOf(
  items: readonly Item[],
  build: (items: readonly Item[], mostNumbers: number) => Diagram,
): readonly Diagram[] {
  const rules = items.filter(({ parent }) => parent === null);
  const mostNumbers = rules.length > 1 ? 4_000 + 60 * rules.length : Number.POSITIVE_INFINITY;
  try {
    return [build(items, mostNumbers)];
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
  }
  // Rules about few data stay together: their requests are told apart by the field alone.
  const breadth = ({ data }: Item) => data?.selected.members.length ?? 0;
  const sorted = [...rules].sort((a, b) => breadth(a) - breadth(b) || a.id - b.id);
  const middle = Math.ceil(sorted.length / 2);
  return [sorted.slice(0, middle), sorted.slice(middle)].flatMap((half) => {
    const kept = new Set<Item>(half);
    const among = items.filter((item) => {
      if (item.parent !== null && kept.has(item.parent)) kept.add(item);
      return kept.has(item);
    });
    return layersOf(among, build);
  });
}
