import { rootCount } from "./diagram.ts";

/**
 * Where the parts of an interaction stand among its numbers: whether the company started it (3, 0, or 2 for unknown),
 * its last day as YYYYMMDD, the maps in which class 1 is within its bounds, and the roots of the diagrams of its own rules
 * and of those that hold in every interaction of its kind.
 */
export const part = {
  outbound: 0,
  until: 1,
  purposes: 2,
  channels: 3,
  own: 4,
  shared: 4 + rootCount,
  count: 4 + 2 * rootCount,
} as const;
