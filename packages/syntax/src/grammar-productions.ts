import type { ISerializedGast } from "chevrotain";
import { Grammar } from "./grammar.ts";

/**
 * What the parser accepts, as chevrotain records it: one entry a rule. The grammar's text, its diagrams and its colouring
 * are made from it. Reported all the same are clauses out of order, out of place or twice: `checkTree` sees to those.
 */
export function grammarProductions(): readonly ISerializedGast[] {
  return new Grammar().getSerializedGastProductions();
}
