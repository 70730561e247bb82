import type { Unknown } from "../index.ts";
import type { ActDetails, Outcome } from "./act.ts";
import type { DutyOccasion } from "./behind.ts";
import type { Dated } from "./dated.ts";
import type { Denial } from "./denial.ts";
import type { Observer } from "./observer.ts";
import type { Sealed } from "./sealed.ts";
import type { AuditEntry, Consent, Objection, Receipt, Stores } from "./stores.ts";

/**
 * What an emitted `.guard.d.ts` says of its policy. The types here make the calls of it; the emitted ones are names alone, so
 * that they grow with what a policy says and not with what can be asked of it.
 */
export interface PolicyTypes {
  /** All fields, with their documentation, and the levels of those that have some. */
  readonly fields: object;
  /** Attributes of the subject, and facts, with the types of their values. */
  readonly subject: object;
  readonly facts: object;
  /** By name, the arguments of each that rules bind to. */
  readonly duties: object;
  /** By name; in each, the operations that could ever be allowed in it. */
  readonly interactions: object;
}

/** What an operation of an interaction could ever be allowed with: unions of names. */
export interface OperationTypes {
  readonly data: string;
  readonly for: string;
  readonly on: string;
  readonly to: string;
  readonly at: string;
  /** Facts that an answer depends on. */
  readonly facts: string;
}

/** A name that cannot be given here, for a reason that the compiler shows. */
export interface Refused<Reason extends string> {
  readonly refused: Reason & never;
}

export type Loader<T = unknown> = () => T;
/** What is inside. */
export type Opened<T> = T extends Sealed<infer Inner> | Dated<infer Inner> ? Opened<Inner> : T;
type Loads<L> = L extends Loader<infer T> ? Opened<Awaited<T>> : never;

type OperationsOf<I> = Extract<keyof I, string>;
type Of<I, O> = O extends keyof I ? (I[O] extends OperationTypes ? I[O] : never) : never;
type IsOne<T extends string, Whole extends string = T> = T extends string
  ? [Whole] extends [T]
    ? true
    : false
  : never;

type FactsOf<P extends PolicyTypes, N extends string> = {
  readonly [F in keyof P["facts"] as F extends N ? F : never]: P["facts"][F] | Unknown;
};
type FactsClause<P extends PolicyTypes, N extends string> = [N] extends [never]
  ? { readonly facts?: { readonly [name: string]: never } }
  : { readonly facts: FactsOf<P, N> };
type PurposeClause<N extends string> = IsOne<N> extends true ? { readonly for?: N } : { readonly for: N };

/** What every call says. */
export type CallOf<P extends PolicyTypes, O extends OperationTypes> = {
  /** The id of the person; null for data about nobody in particular. */
  readonly subject: string | null;
  /** The channel. */
  readonly on: O["on"];
  /** The recipient; left out, all that the channel reaches. */
  readonly to?: O["to"];
  /** The precision; left out, the finest. */
  readonly at?: O["at"];
} & PurposeClause<O["for"]> &
  FactsClause<P, O["facts"]>;

type OperationClause<I, O> =
  IsOne<OperationsOf<I>> extends true ? { readonly operation?: O } : { readonly operation: O };

type LoadersOf<O extends OperationTypes> = { readonly [F in O["data"]]?: Loader };

export interface Shown<L> {
  readonly values: { readonly [F in keyof L]?: Loads<L[F]> };
  /** Why a field is not among the values. */
  readonly withheld: { readonly [F in keyof L]?: Denial };
  readonly precision: { readonly [F in keyof L]?: string };
  readonly receipts: readonly Receipt[];
}

/** The calls of one interaction. */
export interface InteractionGuard<P extends PolicyTypes, I> {
  /** Discloses fields: runs the loaders of those that are allowed, and says why others are withheld. */
  show<const L extends LoadersOf<Of<I, "disclose">>>(
    call: CallOf<P, Of<I, "disclose">> & { readonly key?: string },
    loaders: L,
  ): Promise<Shown<L>>;
  /**
   * Acts on the world with data: holds limits, loads, acts, does the duties, writes the audit trail; all or nothing.
   *
   * @throws what a loader, the action or a duty throws
   */
  act<const L extends LoadersOf<Of<I, O>>, Value, O extends OperationsOf<I> = OperationsOf<I>>(
    call: CallOf<P, Of<I, O>> & OperationClause<I, O> & { readonly key: string },
    loaders: L,
    action: (values: { readonly [F in keyof L]: Loads<L[F]> }, details: ActDetails) => Value,
  ): Promise<Outcome<Awaited<Value>>>;
}

export type GuardOf<P extends PolicyTypes> = {
  readonly [N in keyof P["interactions"]]: InteractionGuard<P, P["interactions"][N]>;
};

type Handlers<D> = { readonly [N in keyof D]: (occasion: DutyOccasion<D[N]>) => unknown };
type Attributes<P extends PolicyTypes> = { readonly [A in keyof P["subject"]]: P["subject"][A] | Unknown };

/** What a guard is made of. */
export type Options<P extends PolicyTypes> = {
  readonly stores: Stores;
  /** Reads what is known of a person. Attributes that no condition asks for are not looked at. */
  subject(id: string): Attributes<P> | null | undefined | Promise<Attributes<P> | null | undefined>;
  /** Milliseconds since 1970, or a date; left out, the clock of the machine. */
  now?(): number | Date;
  /**
   * A keyed hash of the subjects and keys that the audit trail tells of. Left out, it is keyed anew in each process: a trail
   * then tells persons apart within it, and no further.
   */
  pseudonym?(text: string): string | Promise<string>;
  readonly observe?: Observer;
} & (keyof P["duties"] extends never ? { readonly duties?: object } : { readonly duties: Handlers<P["duties"]> });

/** A small world for tests. */
export interface InMemoryOptions<P extends PolicyTypes> {
  /** A date, or a text that `Date` reads; left out, the clock of the machine. */
  readonly now?: string | number | Date;
  readonly consents?: readonly (Consent & { readonly subject: string })[];
  readonly objections?: readonly (Objection & { readonly subject: string })[];
  readonly subjects?: Readonly<Record<string, { readonly [A in keyof P["subject"]]?: P["subject"][A] | Unknown }>>;
  /** Left out, duties are noted: see `obliged`. */
  readonly duties?: Partial<Handlers<P["duties"]>>;
  readonly observe?: Observer;
}

/** What a guard in a small world tells beside its calls. */
export interface InMemoryWorld<P extends PolicyTypes> {
  /** How many uses of a limit count now. @param rule The path of a rule with `after`. */
  spent(rule: string, subject: string, channel?: string): Promise<number>;
  /** Moves the clock on. */
  advance(seconds: number): void;
  /** The duties that nobody handles, in the order in which they were to be done. */
  readonly obliged: readonly (DutyOccasion & { readonly duty: keyof P["duties"] })[];
  /** The audit trail. */
  readonly entries: readonly AuditEntry[];
  readonly stores: Stores;
}

export interface Factory<P extends PolicyTypes> {
  /** @throws TypeError where something is missing that it cannot do without, a handler of a duty for one */
  (options: Options<P>): GuardOf<P>;
  /** A guard with stores in memory, for tests. */
  inMemory(options?: InMemoryOptions<P>): GuardOf<P> & InMemoryWorld<P>;
}
