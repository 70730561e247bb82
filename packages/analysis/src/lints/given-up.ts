import { type Id, lastPart, type Rule } from "@scruple/model";
import type { CellOf } from "../space/cell-of.ts";
import { TooLargeError } from "../too-large-error.ts";
import { type LintFinding, ruleAt } from "./finding.ts";

/** What was too much to be known in an interaction. */
export class GivenUp {
  private readonly errors = new Map<string, TooLargeError>();

  /** Where it was not a condition that was too much, but what the rules of a cell decide together, all of them are to be named. */
  add(cell: CellOf, { limit, rules, what }: TooLargeError): void {
    const named = rules.length > 0 ? rules : cell.rules.map(({ rule }) => rule.path);
    const key = [...named].sort().join();
    if (!this.errors.has(key)) this.errors.set(key, new TooLargeError(limit, named, what));
  }

  /** Said at the rule at which it became too much, if that is one of the policy's. */
  findings(interaction: Id, rules: ReadonlyMap<string, Rule>): readonly LintFinding[] {
    return [...this.errors.values()].map((error): LintFinding => {
      const [first, ...others] = error.rules.filter((path) => rules.has(path)).slice(0, 5);
      return {
        lint: "too-complex",
        at: first === undefined ? { kind: "declaration", id: interaction } : ruleAt(first),
        words: [error.message, lastPart(interaction)],
        related: others.map((path) => ({ at: ruleAt(path), message: "Its condition is one of the largest." })),
      };
    });
  }
}
