/**
 * 0: false, 2: unknown, 3: true. The upper bit says that it may hold, the lower that it does, so that by Kleene's tables
 * `and` and `or` are those of the bits.
 */
export type Kleene = number;
export type Condition = () => Kleene;

/** Bits of a number that JavaScript keeps small: of slots that are needed, of elements of a set. */
export const wordSize = 31;

/**
 * Where conditions find what every policy knows, as numbers of which NaN is unknown; the facts that a policy's conditions
 * ask for follow.
 */
export const slot = {
  /** Counts pieces of data, from request to request. */
  round: 0,
  /** NaN where the lists are unknown. */
  consents: 1,
  objections: 2,
  /** `data.age`, in seconds; of a pair, that of the older. */
  age: 3,
  /** Of a pair, the age of what comes first and of what it is joined with. */
  first: 4,
  second: 5,
  time: 6,
  /** Not NaN where the request has the fact `data.age`, of whatever value. */
  aged: 7,
  /** Whether the company started the interaction. */
  outbound: 8,
  /** The interaction's last day as YYYYMMDD. */
  until: 9,
  /** The first of those that follow. */
  declared: 10,
} as const;

/** The names of those slots in `missing`. */
export const slotNames: readonly string[] =
  "round consents objections data.age data.age data.age local_time aged outbound until".split(" ");

/** Reads facts from an object into their slots, those that are needed. @returns the first key that is not declared */
export type Reader = (object: Record<string, unknown>) => string | undefined;

/** Puts one fact into its slot. */
export type DirectReader = (
  subject: Readonly<Record<string, unknown>>,
  facts: Readonly<Record<string, unknown>>,
) => void;

/** Whether there is one to a purpose, or without it to that of the request. */
export type Asked = (purpose?: number) => Kleene;

export interface Code {
  /** Leaves refer to them from 1; 0 is always true. */
  readonly conditions: readonly Condition[];
  readonly subject: Reader;
  readonly facts: Reader;
  /** By the slot of a fact, but for the age: reads it from the subject or the facts, whatever else these have. */
  readonly direct: Readonly<Record<number, DirectReader>>;
  /** Lets go of the texts that it has read, where it compares some with each other. */
  readonly forget?: () => void;
}

/**
 * What of a policy is code.
 *
 * @param facts By slot, as numbers. Booleans are 0 and 1, one-of values their place, sets bits.
 * @param needed A bit for each slot that counts for the request at hand, 31 to a number.
 */
export type PolicyCode = (
  facts: Float64Array,
  needed: Int32Array,
  consent: Asked,
  explicit: Asked,
  objection: Asked,
) => Code;
