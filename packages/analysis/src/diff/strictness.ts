import type { Limit } from "@scruple/model";

/**
 * How duties and limits are not what they were: something that bound is gone or looser, or something binds that did not or is tighter.
 * `otherwise`: both, or it cannot be told, as where a duty has other arguments or a limit that counts anew.
 */
export type Strictness = "looser" | "tighter" | "otherwise";

/** Whether what one limit of a rule lets pass, another one of it does too. Windows roll. */
export function isAsTight(one: Limit, other: Limit): boolean {
  return one.count <= other.count && one.per >= other.per && (one.by === other.by || one.by === "subject");
}

/** Of what is said of several places. */
export function together(all: Iterable<Strictness>): Strictness {
  const distinct = new Set(all);
  const [first] = distinct;
  return distinct.size === 1 ? first! : "otherwise";
}
