import type { Value } from "@scruple/model";
import { classCount, classOf, type Domain, exampleOf, interval, type LineDomain } from "./domain.ts";
import { numberOf, valueAt } from "./line.ts";
import type { Relation } from "./pair.ts";

/** Two of a list of facts, by their places in it. */
export type Link = readonly [number, number];

/** What is known of several facts of which each is compared with some other. */
export interface ChainCombination {
  /** The class of each, null where it is unknown. */
  readonly classes: readonly (number | null)[];
  /** How the two of each link stand to each other, null unless both are known. */
  readonly relations: readonly (Relation | null)[];
  /** Values that make it true; undefined for unknown. */
  readonly values: readonly (Value | undefined)[];
}

/** An upper bound of the number of combinations, found without making them. */
export function mostInChain(domains: readonly Domain[], links: readonly Link[]): number {
  return domains.reduce((product, domain) => product * (classCount(domain) + 1), 1) * 3 ** links.length;
}

/** Every feasible combination, those with an unknown first. */
export function chainCombinations(domains: readonly Domain[], links: readonly Link[]): readonly ChainCombination[] {
  const found: ChainCombination[] = [];
  const choices = domains.map((domain) => [null, ...Array(classCount(domain)).keys()]);
  const relationsOf = (classes: readonly (number | null)[], [i, j]: Link): readonly (Relation | null)[] => {
    if (classes[i] === null || classes[j] === null) return [null];
    return domains[i]!.kind === "line" ? ["<", "=", ">"] : ["=", "!="];
  };
  for (const classes of product(choices)) {
    for (const relations of product(links.map((link) => relationsOf(classes, link)))) {
      const values = solved(domains, classes, links, relations);
      if (values !== null) found.push({ classes, relations, values });
    }
  }
  const isOpen = ({ classes }: ChainCombination) => classes.includes(null);
  return [...found.filter(isOpen), ...found.filter((one) => !isOpen(one))];
}

function product<T>(choices: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return choices.reduce<readonly (readonly T[])[]>(
    (rows, some) => rows.flatMap((row) => some.map((one) => [...row, one])),
    [[]],
  );
}

type Solver = (
  domains: readonly Domain[],
  classes: readonly (number | null)[],
  links: readonly Link[],
  relations: readonly (Relation | null)[],
) => readonly (Value | undefined)[] | null;

/** Values of some classes that stand to each other as they are to; null where there are none. */
const solved: Solver = (domains, classes, links, relations) =>
  domains[0]!.kind === "line"
    ? (onLine("ordinary", domains, classes, links, relations) ?? onLine("least", domains, classes, links, relations))
    : among(domains, classes, links, relations);

/**
 * Differences of whole numbers: each number is pushed up, from where it starts, as far as those below it ask. Without a circle that
 * takes no more rounds than there are numbers.
 */
function onLine(
  start: "ordinary" | "least",
  ...[domains, classes, links, relations]: Parameters<Solver>
): ReturnType<Solver> {
  const lines = domains as readonly LineDomain[];
  const numbers = lines.map((domain, i) => {
    const index = classes[i] ?? 0;
    return start === "least" ? interval(domain, index)[0] : numberOf(domain.type, exampleOf(domain, index));
  });
  const raise = (i: number, least: number) => {
    if (numbers[i]! >= least) return false;
    numbers[i] = least;
    return true;
  };
  let isMoving = true;
  for (let round = 0; isMoving; round++) {
    if (round > numbers.length) return null;
    isMoving = false;
    for (const [at, [i, j]] of links.entries()) {
      const relation = relations[at];
      if (relation === "<" || relation === "=")
        isMoving = raise(j, numbers[i]! + (relation === "<" ? 1 : 0)) || isMoving;
      if (relation === ">" || relation === "=")
        isMoving = raise(i, numbers[j]! + (relation === ">" ? 1 : 0)) || isMoving;
    }
  }
  const fits = lines.every((domain, i) => classes[i] === null || numbers[i]! <= interval(domain, classes[i]!)[1]);
  return fits ? lines.map((domain, i) => (classes[i] === null ? undefined : valueAt(domain.type, numbers[i]!))) : null;
}

/** Names are themselves; texts that nobody mentions are the same where they have to be, and else each another. */
function among(...[domains, classes, links, relations]: Parameters<Solver>): ReturnType<Solver> {
  const isOther = (i: number) => {
    const domain = domains[i]!;
    return domain.kind === "names" && classes[i] === domain.values.length;
  };
  const groups = domains.map((_, i) => i);
  for (const [at, [i, j]] of links.entries()) {
    if (relations[at] !== "=" || !isOther(i) || !isOther(j)) continue;
    const [kept, gone] = [groups[i]!, groups[j]!];
    for (const [index, group] of groups.entries()) if (group === gone) groups[index] = kept;
  }
  const values = domains.map((domain, i) => {
    const index = classes[i] ?? null;
    if (index === null) return undefined;
    return isOther(i)
      ? unmentioned(domain, `${exampleOf(domain, index)}${"!".repeat(groups[i]!)}`)
      : exampleOf(domain, index);
  });
  const holds = ([i, j]: Link, relation: Relation | null | undefined) =>
    relation === null || (relation === "=") === (values[i] === values[j]);
  return links.every((link, at) => holds(link, relations[at])) ? values : null;
}

/** Facts that are compared have the same names mentioned, so this gives the same for all of them. */
function unmentioned(domain: Domain, first: string): string {
  let text = first;
  while (classOf(domain, text) !== classCount(domain) - 1) text += "?";
  return text;
}
