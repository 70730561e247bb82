import type { Unknown } from "../index.ts";
import type { Dated } from "./dated.ts";
import type {
  FieldsAt,
  InteractionOf,
  OperationOf,
  OperationsIn,
  OperationTypes,
  Place,
  PolicyTypes,
  ReasonFor,
  Refused,
} from "./policy-types.ts";
import type { Sealed } from "./sealed.ts";
import type { Consent, Objection } from "./stores.ts";

/** Gives the value of a field, with its date (`dated`) or sealed (`seal`) if there is one, at once or later. */
export type Loader<T = unknown> = () => T;
export type Loaders = { readonly [field: string]: Loader };

/** What is inside of what was sealed or dated. */
export type Opened<T> = T extends Sealed<infer Inner> | Dated<infer Inner> ? Opened<Inner> : T;
/** What a loader gives. */
export type Loads<L> = L extends Loader<infer T> ? Opened<Awaited<T>> : never;

/** Values of facts or attributes, or that they are unknown. */
export type Known<All, Names extends string> = {
  readonly [K in keyof All as K extends Names ? K : never]: All[K] | Unknown;
};

/** The facts of a call: those that its answer depends on, and none that it does not. The age may be left to loaders. */
export type FactsClause<P extends PolicyTypes, N extends string, Names extends string> = [Moment<Names>] extends [never]
  ? { readonly facts?: FactsOf<P, N, Names> }
  : { readonly facts: FactsOf<P, N, Names> };
/** Facts that only those who call can know. */
type Moment<Names> = Exclude<Names, "data.age" | "consents" | "objections">;
type FactsOf<P extends PolicyTypes, N extends string, Names extends string> = Known<P["facts"], Moment<Names>> & {
  readonly [K in keyof P["facts"] as K extends Moment<Names> ? never : K]?: K extends Names
    ? P["facts"][K] | Unknown
    : Refused<`no answer in \`${N}\` depends on it`>;
};

type PurposeClause<P extends PolicyTypes, N extends string, O extends OperationTypes, For> = [
  InteractionOf<P, N>["purpose"],
] extends [never]
  ? { readonly for: For }
  : InteractionOf<P, N>["purpose"] extends O["for"]
    ? { readonly for?: For }
    : { readonly for: For };

/** One of some names; what else is given is told why not. */
type Only<Names extends string, N extends string, Reason extends string> = Names | Refused<`\`${N}\` ${Reason}`>;
/** What a call may say of where it happens. */
export interface PlaceNames<N extends string, O extends OperationTypes> {
  readonly on: Only<O["on"], N, "allows nothing on such a channel">;
  readonly for: Only<O["for"], N, "is for no such purpose">;
  readonly to: Only<O["to"], N, "allows nothing to such a recipient">;
  readonly at: Only<O["at"], N, "allows nothing at such a level">;
}

/** What every call says, but for whom and what it knows. */
export type PlaceClause<P extends PolicyTypes, N extends string, O extends OperationTypes, On, For, To, At> = {
  /** The channel. */
  readonly on: On;
  /** The recipient, if it is one alone; left out, all that the channel reaches. */
  readonly to?: To;
  /** The level of precision; left out, the finest. */
  readonly at?: At;
} & PurposeClause<P, N, O, For>;

/** Where a call happens, by what it says and what was given before. A type that nothing has stands for what it does not say. */
export type PlaceSaid<G, On, For, To, At> = {
  readonly on: Said<On, G, "on", unknown>;
  readonly for: Said<For, G, "for", unknown>;
  readonly to: Said<To, G, "to", null>;
  readonly at: Said<At, G, "at", null>;
};
type Said<Name, G, K extends string, Unsaid> = [Name] extends [never]
  ? G extends { readonly [_ in K]: infer Given }
    ? Given
    : Unsaid
  : Name;

export type OperationClause<P extends PolicyTypes, N extends string, O> = [InteractionOf<P, N>["operation"]] extends [
  never,
]
  ? { readonly operation: O }
  : { readonly operation?: O };

/** A call, of an operation that it names or not, without what is given already. */
export type CallOf<P extends PolicyTypes, N extends string, O extends OperationTypes, G, On, For, To, At> = Less<
  PlaceClause<P, N, O, On, For, To, At> & WhomClause,
  keyof G
> &
  FactsClause<P, N, O["facts"]>;

type Less<T, Given extends PropertyKey> = [Given] extends [never] ? T : Omit<T, Given>;

export interface WhomClause {
  /** The id of the person; null for data about nobody in particular. */
  readonly subject: string | null;
}

/** What a prepared check asks for, of what its answer depends on; whoever has it at hand need not ask the stores. */
export type CheckedOf<P extends PolicyTypes, N extends string, O extends OperationTypes> = {
  /** The age of the data, in seconds or as `12 days`. */
  readonly dataAge?: P["facts"] extends { readonly "data.age": infer Age } ? Age | Unknown : never;
} & FactsClause<P, N, O["facts"]> &
  ([O["subject"]] extends [never]
    ? { readonly subject?: object }
    : { readonly subject: Known<P["subject"], O["subject"]> }) &
  ("consents" extends O["facts"]
    ? { readonly consents: readonly Consent[] | Unknown }
    : { readonly consents?: readonly Consent[] }) &
  ("objections" extends O["facts"]
    ? { readonly objections: readonly Objection[] | Unknown }
    : { readonly objections?: readonly Objection[] });

/** The field of a prepared act, or a list of them. */
export type DataFor<
  P extends PolicyTypes,
  N extends string,
  O extends string,
  D,
  L extends Place,
> = D extends readonly string[]
  ? FieldsFor<P, N, O, D, L>
  : D extends FieldsAt<OperationOf<P, N, O>, L>
    ? D
    : Refused<ReasonFor<P, N, O, D, L>>;

/** Names a field for each loader; where one is refused, says why. */
export type LoadersFor<P extends PolicyTypes, N extends string, O extends string, D, L extends Place> = {
  readonly [F in keyof P["fields"] as F extends FieldsAt<OperationOf<P, N, O>, L> ? F : never]?: Loader;
} & D & {
    readonly [F in keyof D]: F extends FieldsAt<OperationOf<P, N, O>, L>
      ? D[F] extends Loader<infer T>
        ? Sealing<Awaited<T>, F>
        : Loader
      : Refused<ReasonFor<P, N, O, F, L>>;
  };
/** What was sealed for one field is not that of another. */
type Sealing<T, F> =
  T extends Sealed<unknown, infer Field>
    ? F extends Field
      ? Loader
      : Refused<`it was sealed for \`${Field}\``>
    : Loader;

/** A list of fields; where one is refused, says why. */
export type FieldsFor<
  P extends PolicyTypes,
  N extends string,
  O extends string,
  D extends readonly string[],
  L extends Place,
> = D & {
  readonly [K in keyof D]: D[K] extends FieldsAt<OperationOf<P, N, O>, L> ? D[K] : Refused<ReasonFor<P, N, O, D[K], L>>;
};

/** An operation that a call may name, or the one that it stands for. */
export type DefaultOperation<P extends PolicyTypes, N extends string> = [InteractionOf<P, N>["operation"]] extends [
  never,
]
  ? OperationsIn<P, N>
  : InteractionOf<P, N>["operation"] & OperationsIn<P, N>;
