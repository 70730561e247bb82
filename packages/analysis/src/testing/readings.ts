import { evaluate, type Moment } from "@scruple/model";
import type { CellDecision } from "../cell.ts";
import type { Diagrams } from "../diagrams.ts";
import { FALSE, TRUE } from "../node-store.ts";
import type { TestedCell } from "./cells.ts";
import type { Logic } from "./claims.ts";

/** Claims as diagrams. */
export function diagramLogic(diagrams: Diagrams, { rules }: CellDecision): Logic<number> {
  return {
    and: (list) => diagrams.all(list),
    or: (list) => diagrams.any(list),
    not: (one) => diagrams.not(one),
    isTrue: (index) => diagrams.isTrue(rules[index]!.condition),
    isFalse: (index) => diagrams.map(rules[index]!.condition, [TRUE, FALSE, FALSE]),
  };
}

/** Claims about one moment, by the reference evaluator. */
export function referenceLogic(cell: TestedCell, moment: Moment): Logic<boolean> {
  const outcomes = cell.rules.map(({ condition }) => evaluate({ op: "and", operands: condition }, moment));
  return {
    and: (list) => list.every(Boolean),
    or: (list) => list.some(Boolean),
    not: (one) => !one,
    isTrue: (index) => outcomes[index] === true,
    isFalse: (index) => outcomes[index] === false,
  };
}
