import type { Id } from "@scruple/model";
import type { CellOf } from "./cell-of.ts";
import type { Datum, Route } from "./datum.ts";

/** What to keep of the requests of a cell. */
export interface Kept {
  readonly data?: (datum: Datum) => boolean;
  readonly purposes?: (purpose: Id) => boolean;
  readonly routes?: (route: Route) => boolean;
}

/** Some of the requests of a cell, as a cell: of what is kept of its data, the first; null where nothing is left. */
export function narrowed(cell: CellOf, keep: Kept): CellOf | null {
  const purposes = keep.purposes ? cell.purposes.filter(keep.purposes) : cell.purposes;
  const routes = keep.routes ? cell.routes.filter(keep.routes) : cell.routes;
  if (purposes.length === 0 || routes.length === 0) return null;
  const datum = keep.data ? cell.first(keep.data) : cell.first();
  return datum === null ? null : cell.part([datum], purposes, routes);
}
