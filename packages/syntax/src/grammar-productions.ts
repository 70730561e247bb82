import type { ISerializedGast } from "chevrotain";
import { Grammar } from "./grammar.ts";

/** A rule of the grammar: its name, and its definition as chevrotain serialises it. */
export type Production = ISerializedGast & { readonly name: string };

/**
 * What the parser accepts, as chevrotain records it: one entry a rule. The grammar's text, its diagrams and its colouring
 * are made from it. Reported all the same are clauses out of order, out of place or twice: `checkTree` sees to those.
 */
export function grammarProductions(): readonly Production[] {
  return new Grammar("describe").getSerializedGastProductions() as Production[];
}
