import type { Unknown } from "../index.ts";
import type { Dated } from "./dated.ts";
import type {
  InteractionTypes,
  OperationOf,
  OperationsIn,
  OperationTypes,
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

type PurposeClause<I, N extends string, O extends OperationTypes> = I extends InteractionTypes
  ? [I["purpose"]] extends [never]
    ? { readonly for: Only<O["for"], N, "is for no such purpose"> }
    : I["purpose"] extends O["for"]
      ? { readonly for?: Only<O["for"], N, "is for no such purpose"> }
      : { readonly for: Only<O["for"], N, "is for no such purpose"> }
  : never;

/** One of some names; what else is given is told why not. */
type Only<Names extends string, N extends string, Reason extends string> = Names | Refused<`\`${N}\` ${Reason}`>;

/** What every call says, but for whom and what it knows. */
export type PlaceClause<I, N extends string, O extends OperationTypes> = {
  /** The channel. */
  readonly on: Only<O["on"], N, "allows nothing on such a channel">;
  /** The recipient, if it is one alone; left out, all that the channel reaches. */
  readonly to?: Only<O["to"], N, "allows nothing to such a recipient">;
  /** The level of precision; left out, the finest. */
  readonly at?: Only<O["at"], N, "allows nothing at such a level">;
} & PurposeClause<I, N, O>;

export type OperationClause<I, O> = I extends InteractionTypes
  ? [I["operation"]] extends [never]
    ? { readonly operation: O }
    : { readonly operation?: O }
  : never;

/** A call, of an operation that it names or not, without what is given already. */
export type CallOf<
  P extends PolicyTypes,
  I,
  N extends string,
  O extends OperationTypes,
  Given extends PropertyKey = never,
> = Less<PlaceClause<I, N, O> & WhomClause, Given> & FactsClause<P, N, O["facts"]>;

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
export type DataFor<P extends PolicyTypes, I, N extends string, O extends string, D> = D extends readonly string[]
  ? FieldsFor<P, I, N, O, D>
  : D extends OperationOf<I, O>["data"]
    ? D
    : Refused<ReasonFor<P, I, N, O, D>>;

/** Names a field for each loader; where one is refused, says why. */
export type LoadersFor<P extends PolicyTypes, I, N extends string, O extends string, L> = {
  readonly [F in keyof P["fields"] as F extends OperationOf<I, O>["data"] ? F : never]?: Loader;
} & L & {
    readonly [F in keyof L]: F extends OperationOf<I, O>["data"]
      ? L[F] extends Loader<infer T>
        ? Sealing<Awaited<T>, F>
        : Loader
      : Refused<ReasonFor<P, I, N, O, F>>;
  };
/** What was sealed for one field is not that of another. */
type Sealing<T, F> =
  T extends Sealed<unknown, infer Field>
    ? F extends Field
      ? Loader
      : Refused<`it was sealed for \`${Field}\``>
    : Loader;

/** A list of fields; where one is refused, says why. */
export type FieldsFor<P extends PolicyTypes, I, N extends string, O extends string, D extends readonly string[]> = D & {
  readonly [K in keyof D]: D[K] extends OperationOf<I, O>["data"] ? D[K] : Refused<ReasonFor<P, I, N, O, D[K]>>;
};

/** An operation that a call may name, or the one that it stands for. */
export type DefaultOperation<I> = I extends InteractionTypes
  ? [I["operation"]] extends [never]
    ? OperationsIn<I>
    : I["operation"] & OperationsIn<I>
  : never;
