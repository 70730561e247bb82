import type { Id, Rule, World } from "@scruple/model";
import type { DecisionSpace } from "../space/decision-space.ts";
import { inheritedSensitivity, unboundedRetention, vagueCategories } from "./declarations.ts";
import type { LintFinding } from "./finding.ts";
import { type Group, OutsideQuestions } from "./outside-questions.ts";
import type { Witnesses } from "./witnesses.ts";

/** What is to be said of data if anything of it is allowed somewhere, and what has to be asked of interactions for that and for the rules outside. */
export class Outside {
  readonly questions: OutsideQuestions;
  private readonly space: DecisionSpace;
  /** Findings with the fields of which one has to be allowed. */
  private readonly told: ReadonlyMap<LintFinding, Group>;

  /** @param rules Those of the policy, by path. */
  constructor(space: DecisionSpace, rules: ReadonlyMap<string, Rule>) {
    this.space = space;
    this.told = new Map(findingsOfData(space));
    this.questions = new OutsideQuestions(space, [...this.told.values()], rules);
  }

  /** What is said of data, once there is nothing left to ask. */
  ofData(all: readonly Witnesses[]): readonly LintFinding[] {
    const allowed = new Set<Id>();
    for (const [place, { field }] of this.space.ground.places.entries())
      if (all.some((witnesses) => witnesses.allowed[place] === 1)) allowed.add(field);
    return [...this.told].filter(([, group]) => group.some((field) => allowed.has(field))).map(([finding]) => finding);
  }
}

function findingsOfData({ world, ground }: DecisionSpace): readonly (readonly [LintFinding, Group])[] {
  const fields = new Set(ground.places.map(({ field }) => field));
  const ofFields = [...inheritedSensitivity(world, fields), ...vagueCategories(world, fields)];
  return [
    ...ofFields.map((finding) => [finding, [declared(finding)]] as const),
    ...unboundedRetention(world, fields).map((finding) => [finding, fieldsOf(world, declared(finding))] as const),
  ];
}

function declared({ at }: LintFinding): Id {
  if (at.kind !== "declaration") throw new Error("It is said of a declaration.");
  return at.id;
}

function fieldsOf(world: World, source: Id): Group {
  return world.sources.get(source)!.fields.map(({ id }) => id);
}
