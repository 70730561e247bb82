/**
 * A fact or an attribute that is not known, said aloud. It helps no allow and stops no denial; leaving it out means the
 * same, but reads like something forgotten. One value for all copies of this package in a process.
 */
export const unknown: unique symbol = Symbol.for("scruple.unknown") as typeof unknown;
export type Unknown = typeof unknown;
