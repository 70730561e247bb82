import type { Decision, Unknown } from "../index.ts";
import type { ActDetails, Outcome } from "./act.ts";
import type { Advice } from "./answer.ts";
import type { DutyOccasion } from "./behind.ts";
import type {
  ActClause,
  AskedFor,
  AskedToMinimize,
  CallOf,
  CheckedOf,
  DataFor,
  DefaultOperation,
  FieldsFor,
  HasFields,
  Loaders,
  LoadersFor,
  Loads,
  Minimizable,
  NamesIn,
  Opened,
  OperationClause,
  PlaceNames,
  PlaceSaid,
} from "./call-types.ts";
import type { Denial } from "./denial.ts";
import type { Observer } from "./observer.ts";
import type { LevelsIn, OperationOf, OperationsIn, PolicyTypes, Refused } from "./policy-types.ts";
import type { AuditEntry, Consent, Objection, Receipt, Stores } from "./stores.ts";

/** What was handed out, and why other fields were not. The objects have no prototype. */
export interface Shown<Values> {
  readonly values: Values;
  readonly withheld: { readonly [F in keyof Values]?: Denial };
  /** The level of those values that are coarser than the finest. */
  readonly precision: { readonly [F in keyof Values]?: string };
  /** Where the audit trail tells of it: an entry for all fields that were decided alike. */
  readonly receipts: readonly Receipt[];
}

/** The calls of one interaction. @typeParam G What is given already, by what it is, and not to be said by a call. */
export interface InteractionGuard<P extends PolicyTypes, N extends string, G extends object = object> {
  /** Discloses fields. Loaders run only for those that are allowed; what is withheld says why. */
  readonly show: [OperationOf<P, N, "disclose">] extends [never]
    ? Refused<`nothing may ever be disclosed in \`${N}\``>
    : Show<P, N, G>;
  /** An effect on the world: decides, holds limits, loads, acts, does the duties, and writes to the audit trail. */
  readonly act: [OperationsIn<P, N>] extends [never] ? Refused<`nothing is ever allowed in \`${N}\``> : Act<P, N, G>;
  /** Gives of a profile in hand what is allowed, at the finest level that is. */
  readonly minimize: Minimize<P, N, G>;
  /** Decides about fields together, all or nothing. Nothing is spent, and the answer is no permission for later. */
  readonly decide: Ask<P, N, G, Decision>;
  /** Returns where fields may be used together, and throws a `PolicyViolation` elsewhere. */
  readonly assert: Ask<P, N, G, Decision>;
  /** Whether it is worth offering: advice for a user interface, and no permission. Never rejects. */
  readonly preview: Ask<P, N, G, Advice>;
  /**
   * Fixes what is known at a call site, and leaves its conditions: for hot paths with everything at hand. What the check says
   * holds for that moment alone. It counts nothing and writes nothing.
   *
   * @throws TypeError where a name is unknown
   */
  readonly prepare: Prepare<P, N>;
}

type Prepare<P extends PolicyTypes, N extends string> = <
  const D extends string | readonly string[],
  O extends OperationsIn<P, N> = DefaultOperation<P, N>,
  On extends PlaceNames<N, OperationOf<P, N, O>>["on"] = never,
  For extends PlaceNames<N, OperationOf<P, N, O>>["for"] = never,
  To extends PlaceNames<N, OperationOf<P, N, O>>["to"] = never,
  At extends PlaceNames<N, OperationOf<P, N, O>>["at"] = never,
  With extends PlaceNames<N, OperationOf<P, N, O>>["with"] = never,
>(
  act: ActClause<P, N, O, On, For, To, At, With> & {
    readonly data: D & DataFor<P, N, O, D, PlaceSaid<object, On, For, To, At, With>>;
  },
) => (known: CheckedOf<P, N, AskedFor<P, N, O, NamesIn<D>, PlaceSaid<object, On, For, To, At, With>>>) => boolean;

/** @throws what a loader or a duty throws; nothing is handed out then, and nothing counts */
type Show<P extends PolicyTypes, N extends string, G extends object> = <
  const L extends Loaders,
  On extends PlaceNames<N, OperationOf<P, N, "disclose">>["on"] = never,
  For extends PlaceNames<N, OperationOf<P, N, "disclose">>["for"] = never,
  To extends PlaceNames<N, OperationOf<P, N, "disclose">>["to"] = never,
  At extends PlaceNames<N, OperationOf<P, N, "disclose">>["at"] = never,
>(
  call: CallOf<
    P,
    N,
    "disclose",
    G,
    On,
    For,
    To,
    At,
    never,
    AskedFor<P, N, "disclose", keyof L, PlaceSaid<G, On, For, To, At, never>>
  > & { readonly key?: string },
  loaders: LoadersFor<P, N, "disclose", L, PlaceSaid<G, On, For, To, At, never>, unknown>,
) => Promise<Shown<{ readonly [F in keyof L]?: Loads<L[F]> }>>;

/**
 * @throws what a loader, the action or a duty throws. Until the action has returned, what was held is free again; from then on it
 * counts, since what it counts was done
 */
type Act<P extends PolicyTypes, N extends string, G extends object> = <
  const L extends Loaders,
  Value,
  O extends OperationsIn<P, N> = DefaultOperation<P, N>,
  On extends PlaceNames<N, OperationOf<P, N, O>>["on"] = never,
  For extends PlaceNames<N, OperationOf<P, N, O>>["for"] = never,
  To extends PlaceNames<N, OperationOf<P, N, O>>["to"] = never,
  At extends PlaceNames<N, OperationOf<P, N, O>>["at"] = never,
  With extends PlaceNames<N, OperationOf<P, N, O>>["with"] = never,
>(
  call: CallOf<P, N, O, G, On, For, To, At, With, AskedFor<P, N, O, keyof L, PlaceSaid<G, On, For, To, At, With>>> &
    OperationClause<P, N, O> & { readonly key: string },
  loaders: LoadersFor<P, N, O, L, PlaceSaid<G, On, For, To, At, With>, keyof L>,
  action: ((values: { readonly [F in keyof L]: Loads<L[F]> }, details: ActDetails) => Value) & HasFields<L>,
) => Promise<Outcome<Awaited<Value>>>;

/** @throws what a generaliser or a duty throws; nothing is handed out then, and nothing counts */
type Minimize<P extends PolicyTypes, N extends string, G extends object> = <
  const T extends object,
  O extends OperationsIn<P, N> = DefaultOperation<P, N>,
  On extends PlaceNames<N, OperationOf<P, N, O>>["on"] = never,
  For extends PlaceNames<N, OperationOf<P, N, O>>["for"] = never,
  To extends PlaceNames<N, OperationOf<P, N, O>>["to"] = never,
  At extends PlaceNames<N, OperationOf<P, N, O>>["at"] = never,
  With extends PlaceNames<N, OperationOf<P, N, O>>["with"] = never,
>(
  call: CallOf<P, N, O, G, On, For, To, At, With, AskedToMinimize<P, N, O, T, PlaceSaid<G, On, For, To, At, With>>> &
    OperationClause<P, N, O> & { readonly key?: string },
  profile: T,
) => Promise<
  Shown<{
    readonly [F in Minimizable<P, N, O, T, PlaceSaid<G, On, For, To, At, With>> & keyof T]?: Minimal<P, T, F>;
  }>
>;
/** Of data with levels, what a generaliser makes. */
type Minimal<P extends PolicyTypes, T, F extends keyof T> = F extends keyof P["fields"]
  ? [P["fields"][F]] extends [never]
    ? Opened<Awaited<T[F]>>
    : unknown
  : never;

type Ask<P extends PolicyTypes, N extends string, G extends object, Answer> = <
  const D extends readonly string[],
  O extends OperationsIn<P, N> = DefaultOperation<P, N>,
  On extends PlaceNames<N, OperationOf<P, N, O>>["on"] = never,
  For extends PlaceNames<N, OperationOf<P, N, O>>["for"] = never,
  To extends PlaceNames<N, OperationOf<P, N, O>>["to"] = never,
  At extends PlaceNames<N, OperationOf<P, N, O>>["at"] = never,
  With extends PlaceNames<N, OperationOf<P, N, O>>["with"] = never,
>(
  call: CallOf<P, N, O, G, On, For, To, At, With, AskedFor<P, N, O, D[number], PlaceSaid<G, On, For, To, At, With>>> &
    OperationClause<P, N, O>,
  fields: D & FieldsFor<P, N, O, D, PlaceSaid<G, On, For, To, At, With>>,
) => Promise<Answer>;

/** What a policy's factory makes: the calls of each of its interactions. */
export type GuardOf<P extends PolicyTypes> = P["guards"];

type Handlers<D> = { readonly [N in keyof D]: (occasion: DutyOccasion<D[N]>) => unknown };
type Attributes<P extends PolicyTypes> = { readonly [A in keyof P["subject"]]: P["subject"][A] | Unknown };
type Generalisers<F> = {
  readonly [N in keyof F as [F[N]] extends [never] ? never : N]?: {
    readonly [L in LevelsIn<F[N]>]?: (value: never) => unknown;
  };
};

/** What a guard is made of. */
export type Options<P extends PolicyTypes> = {
  readonly stores: Stores;
  /** Reads what is known of a person. Attributes that no condition asks for are not looked at. */
  subject(id: string): Attributes<P> | null | undefined | Promise<Attributes<P> | null | undefined>;
  /** What makes a value as coarse as a level, by field and level. */
  readonly generalise?: Generalisers<P["fields"]>;
  /** Milliseconds since 1970, or a date; left out, the clock of the machine. */
  now?(): number | Date;
  /**
   * A keyed hash of the subjects and keys that the audit trail tells of. Left out, it is keyed anew in each process: a trail then
   * tells persons apart within one, and no further.
   */
  pseudonym?(text: string): string | Promise<string>;
  readonly observe?: Observer;
} & (keyof P["duties"] extends never
  ? { readonly duties?: object }
  : {
      /** Does what rules oblige those to who act on them. */
      readonly duties: Handlers<P["duties"]>;
    });

/** A small world for tests. */
export interface InMemoryOptions<P extends PolicyTypes> {
  /** A date, or a text that `Date` reads; left out, the clock of the machine. */
  readonly now?: string | number | Date;
  readonly consents?: readonly (Consent & { readonly subject: string })[];
  readonly objections?: readonly (Objection & { readonly subject: string })[];
  readonly subjects?: { readonly [id: string]: Partial<Attributes<P>> };
  /** Those left out are noted: see `obliged`. */
  readonly duties?: Partial<Handlers<P["duties"]>>;
  readonly generalise?: Generalisers<P["fields"]>;
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
  /** @throws TypeError where something is missing that it cannot do without, such as the handler of a duty */
  (options: Options<P>): GuardOf<P>;
  /** A guard with stores in memory, for tests. Where an interaction is named `spent`, say, `spent` counts and has its calls. */
  inMemory(options?: InMemoryOptions<P>): GuardOf<P> & InMemoryWorld<P>;
}
