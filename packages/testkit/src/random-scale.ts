/** From how many to how many, ends included. */
export type Span = readonly [number, number];

/** How much there is of everything in a random policy. */
export interface Scale {
  readonly twoPolicies: number;
  readonly categories: Span;
  readonly purposes: Span;
  readonly recipients: Span;
  readonly channels: Span;
  readonly sources: Span;
  /** In each source. */
  readonly fields: Span;
  readonly conditions: Span;
  readonly interactions: Span;
  /** In each interaction. */
  readonly rules: Span;
  readonly outside: Span;
  /** Of what an interaction is for, and over which channels. */
  readonly bounds: Span;
  /** How likely something is within others, within how many at most, and among how many of those declared last. */
  readonly parents: { readonly chance: number; readonly most: number; readonly last: number };
  /** How much less often than usual something depends on the time: quiet hours, how long data is kept, what ends. */
  readonly timed: number;
  /** How likely a rule selects everything, so that conditions meet. */
  readonly broad: number;
  /** Boolean facts, values of an attribute and members of a set beyond the usual ones: so many of each. */
  readonly more: number;
  /** Conditions speak of so few kinds of facts, with so few values, that all requests can be tried; null for all kinds. */
  readonly kinds: Span | null;
}

const usual: Scale = {
  twoPolicies: 0.4,
  categories: [3, 6],
  purposes: [2, 5],
  recipients: [1, 4],
  channels: [1, 4],
  sources: [1, 5],
  fields: [1, 4],
  conditions: [0, 3],
  interactions: [1, 3],
  rules: [1, 7],
  outside: [0, 4],
  bounds: [1, 3],
  parents: { chance: 0.5, most: 2, last: Number.POSITIVE_INFINITY },
  timed: 1,
  broad: 0,
  more: 0,
  kinds: null,
};

export const scales = {
  /** Every request can be tried. */
  few: {
    ...usual,
    twoPolicies: 0,
    categories: [2, 3],
    purposes: [1, 2],
    recipients: [1, 4],
    channels: [1, 2],
    sources: [1, 2],
    fields: [1, 2],
    conditions: [0, 1],
    interactions: [1, 2],
    rules: [1, 4],
    outside: [0, 2],
    bounds: [1, 2],
    timed: 0.3,
    kinds: [1, 2],
  },
  usual,
  /** More of everything than a word has bits, in deep hierarchies. */
  many: {
    ...usual,
    categories: [32, 40],
    purposes: [32, 40],
    recipients: [32, 36],
    channels: [32, 36],
    sources: [8, 12],
    fields: [3, 6],
    conditions: [2, 6],
    interactions: [1, 2],
    rules: [24, 40],
    outside: [4, 12],
    bounds: [2, 8],
    parents: { chance: 0.85, most: 3, last: 5 },
    broad: 0.6,
    more: 36,
  },
} as const satisfies Record<string, Scale>;

/** Most policies have a little of everything; one in forty has many of everything. */
export function scaleOf(seed: number): Scale {
  return seed % 40 === 39 ? scales.many : scales.usual;
}
