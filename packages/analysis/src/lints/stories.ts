import type { Rule, World } from "@scruple/model";
import type { Node } from "../node-store.ts";
import type { CellOf } from "../space/cell-of.ts";
import type { Datum } from "../space/datum.ts";
import type { DecidedCell } from "../space/interaction-space.ts";
import { meaningsOf } from "../space/meanings.ts";
import type { Kept } from "../space/narrow.ts";
import { type AllowLint, isWeak, type Question } from "./left-open.ts";
import { everybody, household, type Reach, thirdParty } from "./reach.ts";
import type { UnlessConsent } from "./unless-consent.ts";

/** What is told of a rule that lets a part of a cell through. */
export interface Story {
  readonly lint: AllowLint;
  /** Where it is not the lint itself. */
  readonly question?: Question;
  /** Of which part of the cell it is told, and where in what is let through there. */
  readonly kept: Kept;
  readonly where: (decided: DecidedCell, through: Node) => Node;
  readonly words?: (cell: CellOf) => readonly string[];
  readonly isMeant?: (rule: Rule) => boolean;
}

export type Stories = Readonly<Record<"special" | "weak" | "third" | "household" | "public" | "experiment", Story>>;

export function storiesOf(world: World, reach: Reach, unless: UnlessConsent, leastGroupSize: number): Stories {
  const isSpecial = (field: string) => world.fields.get(field)!.special;
  const data = ({ field, with: other }: Datum) => isSpecial(field) || (other !== null && isSpecial(other));
  const unlessExplicit = ({ facts }: DecidedCell, through: Node) => unless.where(facts, through, "explicit");
  const everywhere = (_: DecidedCell, through: Node) => through;
  const crowd = groupOf(leastGroupSize);
  const { experiment } = meaningsOf(world);
  return {
    special: { lint: "special-without-explicit-consent", kept: { data }, where: unlessExplicit },
    weak: {
      lint: "no-basis",
      kept: { data },
      where: everywhere,
      words: () => ["weak"],
      question: "weak-basis",
      isMeant: isWeak,
    },
    third: {
      lint: "third-party-without-permission",
      where: unlessExplicit,
      kept: { routes: (route) => (reach.of(route) & thirdParty) !== 0 },
    },
    household: {
      lint: "household-exposure",
      where: everywhere,
      kept: { data, routes: (route) => (reach.of(route) & household) !== 0 },
    },
    public: {
      lint: "singling-out",
      words: () => [String(leastGroupSize)],
      kept: { routes: (route) => (reach.of(route) & everybody) !== 0 },
      where: ({ context, facts: { diagrams } }, through) =>
        diagrams.and(through, diagrams.not(diagrams.isTrue(context.expression(crowd)))),
    },
    experiment: {
      lint: "experiment-without-consent",
      where: unlessExplicit,
      kept: { purposes: (one) => experiment.has(one) },
    },
  };
}

/** The condition that somebody is one of so many. */
export function groupOf(least: number) {
  return { op: "compare", operator: ">=", fact: "group_size", value: least } as const;
}
