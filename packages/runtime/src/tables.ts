import type { PolicyCode } from "./code.ts";

/**
 * A policy as a guard carries it, written by `@scruple/emit` and by nobody else. **Digits** are lists of natural numbers
 * in a string; see digits.ts. Names stand in the order of their indexes, parents before children, parted by spaces.
 */
export interface Tables {
  readonly policy: string;
  readonly hash: string;
  /** The policies whose names a request may give. */
  readonly policies: readonly string[];
  /** Fields by source: `bookings seat meal/complaints complaint`. */
  readonly fields: string;
  /** Digits: run, owner, … A source's owner. */
  readonly fieldOwners: string;
  /** Scales of levels from fine to coarse: `exact city country`. */
  readonly scales: readonly string[];
  /** Digits: run, scale, … For each field 0, or 1 + an index into `scales`. */
  readonly fieldScales: string;
  readonly purposes: Hierarchy;
  readonly channels: Hierarchy;
  readonly recipients: Hierarchy;
  /** Digits: for each channel the length of a list of recipients, and the list. */
  readonly reaches: string;
  /**
   * Digits: for fields, purposes, channels, recipients and interactions each a count, and as many distances from the ends of their
   * names, where the characters stand that tell them apart.
   */
  readonly tellers: string;
  /** The names of the facts in the slots behind the built-in ones; "" for a further word of a set. */
  readonly facts: readonly string[];
  readonly code: PolicyCode;
  /** Digits: the seconds with which conditions compare `data.age`. */
  readonly ages: string;
  /**
   * Digits: for each interaction the operations that could ever be allowed in it, by bits in the order collect, infer, use,
   * disclose, combine; and 1 + the index of its only purpose, or 0 where it has several.
   */
  readonly sites: string;
  /** Digits: for each condition the count of the slots of the facts that stand in it, and the slots. */
  readonly conditionSlots: string;
  /** Digits: run, kind, … What rules tell apart only by what it is, and not by its name, is of a kind. */
  readonly kinds: string;
  /**
   * Digits: dimension, then run, class, … The last class runs to the end. Or 5 + dimension, the count of what follows, run,
   * class, … over the kinds, and what is of another class than its kind: gap, class, …
   */
  readonly maps: readonly string[];
  /** Digits: for each kind of interaction, the diagrams over the rules that hold in every one of them. */
  readonly shared: readonly string[];
  /** What more than one rule says. */
  readonly texts: readonly string[];
  /** Lists of duties that rules bind to. */
  readonly duties: readonly (readonly (readonly [name: string, args: Readonly<Record<string, unknown>>])[])[];
  /** The rules outside interactions and the implied denials. */
  readonly rules: readonly RuleEntry[];
  readonly interactions: readonly InteractionEntry[];
}

export interface Hierarchy {
  readonly names: string;
  /** Digits: run, owner, … 0: not to be named; else 1 + 2 × index into `policies`, + 1 if also bare. */
  readonly owners: string;
  /** Digits: for each the number of its parents, and the parents. */
  readonly parents: string;
}

/** A name alone is an allow that says nothing further. Trailing empty parts are left out. */
export type RuleEntry =
  | string
  | readonly [
      name: string,
      /** 0: allow, 1: deny, 2: deny after a number of acts, 3: quiet. */
      effect: 0 | 1 | 2 | 3,
      because?: Text,
      told?: Text,
      basis?: Text,
      /** 0, or 1 + an index into `duties`. */
      duties?: number,
      /** Effect 2: count, seconds, and 1 if each channel has its own. Effect 3: minutes of the day, from and to. */
      numbers?: readonly number[],
    ];

/** A text; 0: none; else 1 + an index into `texts`. */
export type Text = string | number;

export type InteractionEntry = readonly [
  name: string,
  /** Index into `shared`. */
  kind: number,
  /** Whether the company started it: 1, 0, or null for unknown. */
  outbound: 0 | 1 | null,
  /** The last day, as the number YYYYMMDD; 0 where there is none. */
  until: number,
  /** Digits: the maps of its purposes and of its channels (class 1: within bounds), then the diagrams; see diagram.ts. */
  diagrams: string,
  ...rules: RuleEntry[],
];
