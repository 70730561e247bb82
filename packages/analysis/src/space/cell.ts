import type { Act, Bearing, Expr, Id, Interaction, Operation } from "@scruple/model";
import type { Occasion } from "../context.ts";
import type { Datum, Route } from "./datum.ts";

/** A rule, or a denial that a declaration implies, that selects the requests of a cell. */
export interface SelectingRule {
  readonly rule: Bearing;
  /** Parts that all have to hold; the exceptions that select are in it. */
  readonly condition: readonly Expr[];
}

/**
 * Requests that the same rules select with the same exceptions, so that all of them are decided by the same conditions: each of
 * `data`, for each of `purposes`, over each of `routes`.
 */
export interface Cell {
  readonly interaction: Interaction;
  readonly operation: Operation;
  /** None is empty; of pairs each is there one way round. */
  readonly data: readonly Datum[];
  readonly purposes: readonly Id[];
  readonly routes: readonly Route[];
  /** Of its act, in the order of their paths. Denials that declarations imply may go by other names for other data. */
  readonly rules: readonly SelectingRule[];
  /** One of the requests: the first of everything. */
  readonly act: Act;
  readonly occasion: Occasion;
  /** The rules and exceptions that select, as a set of its partition. */
  readonly set: number;
  /** Cells of one interaction with the same key are decided alike. */
  readonly key: number | string;
}
