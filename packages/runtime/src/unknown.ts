declare const unknowable: unique symbol;

/** What `unknown` is; nothing else is. */
export interface Unknown {
  readonly [unknowable]: true;
}

/**
 * A fact or an attribute that is not known, said aloud: it helps no allow and stops no denial. Leaving it out means the same
 * to a guard, but reads like something forgotten. All copies of this package in a process have the same one.
 */
export const unknown: Unknown = Symbol.for("scruple.unknown") as unknown as Unknown;
