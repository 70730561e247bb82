import type { World } from "@scruple/model";
import type { Cell } from "./cell.ts";
import { type Datum, type Route, recipientsOf } from "./datum.ts";

/** The part of a cell with some of its data, purposes or routes; null where nothing is left. */
export function narrowed(
  world: World,
  cell: Cell,
  keep: {
    readonly data?: (datum: Datum) => boolean;
    readonly purposes?: (purpose: string) => boolean;
    readonly routes?: (route: Route) => boolean;
  },
): Cell | null {
  const data = keep.data ? cell.data.filter(keep.data) : cell.data;
  const purposes = keep.purposes ? cell.purposes.filter(keep.purposes) : cell.purposes;
  const routes = keep.routes ? cell.routes.filter(keep.routes) : cell.routes;
  if (data.length === 0 || purposes.length === 0 || routes.length === 0) return null;
  const { field, with: other, level } = data[0]!;
  return {
    ...cell,
    ...{ data, purposes, routes },
    act: {
      ...{ ...cell.act, field, with: other, level, purpose: purposes[0]!, channel: routes[0]!.channel },
      recipients: recipientsOf(world, routes[0]!),
    },
    occasion: { ...cell.occasion, purpose: purposes[0]! },
  };
}
