import type { Unknown } from "../index.ts";
import type { Dated } from "./dated.ts";
import type {
  ApartFrom,
  AskedAt,
  FieldsAt,
  InteractionOf,
  LevelsIn,
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
export type Opened<T> = T extends Sealed<infer Inner> | Dated<infer Inner> ? Opened<Awaited<Inner>> : T;
/** What a loader gives. */
export type Loads<L> = L extends Loader<infer T> ? Opened<Awaited<T>> : never;

/** Values of facts or attributes, or that they are unknown. */
export type Known<All, Names extends string> = {
  readonly [K in keyof All as K extends Names ? K : never]: All[K] | Unknown;
};

/** The facts of a call: those that its answer depends on, and none that it does not. The age may be left to loaders. */
export type FactsClause<P extends PolicyTypes, N extends string, Names extends string> = [Names] extends [AnyFacts]
  ? [Names] extends [never]
    ? { readonly facts?: FactsOf<P, N, never> }
    : { readonly facts?: { readonly [K in keyof P["facts"]]?: P["facts"][K] | Unknown } }
  : [Moment<Names>] extends [never]
    ? { readonly facts?: FactsOf<P, N, Names> }
    : { readonly facts: FactsOf<P, N, Names> };
/** What stands for the facts of a call of which a field is refused: that is what has to be said of it. */
type AnyFacts = "";
/** Facts that only those who call can know. */
type Moment<Names> = Exclude<Names, "data.age" | "consents" | "objections" | `subject.${string}`>;
type FactsOf<P extends PolicyTypes, N extends string, Names extends string> = Known<P["facts"], Moment<Names>> & {
  readonly [K in keyof P["facts"] as K extends Moment<Names> ? never : K]?: K extends Names
    ? P["facts"][K] | Unknown
    : Refused<`no answer in \`${N}\` depends on it here`>;
};

/** The facts that are asked for some fields in a place: for any, where none is named yet. */
export type AskedFor<P extends PolicyTypes, N extends string, O extends string, F, L extends Place> = [F] extends [
  never,
]
  ? AskedAt<InteractionOf<P, N>["asked"], O, unknown, L>
  : [F] extends [FieldsAt<P, OperationOf<P, N, O>, L>]
    ? AskedAt<InteractionOf<P, N>["asked"], O, F, L>
    : AnyFacts;

/** The fields of a profile that could be allowed at some level. */
export type Minimizable<P extends PolicyTypes, N extends string, O extends string, T, L extends Place> = Extract<
  keyof T,
  FieldsAt<P, OperationOf<P, N, O>, AtLevel<L, unknown>>
>;
type AtLevel<L extends Place, Level> = Omit<L, "at"> & { readonly at: Level };
/** The level that is asked for and those that are coarser; of data without levels, none. */
type LevelsFrom<Scale, At> = [Scale] extends [never]
  ? null
  : [At] extends [string]
    ? Scale extends readonly [infer First, ...infer Coarser]
      ? First extends At
        ? LevelsIn<Scale>
        : LevelsFrom<Coarser, At>
      : never
    : LevelsIn<Scale> | null;

/** The facts that are asked for these: at any of the levels. For any field, where the profile says none. */
export type AskedToMinimize<P extends PolicyTypes, N extends string, O extends string, T, L extends Place> = [
  Minimizable<P, N, O, T, L>,
] extends [never]
  ? AskedFor<P, N, O, never, AtLevel<L, unknown>>
  : AskedByEach<P, N, O, Minimizable<P, N, O, T, L>, L>;
type AskedByEach<P extends PolicyTypes, N extends string, O extends string, F, L extends Place> = F extends unknown
  ? AskedAt<InteractionOf<P, N>["asked"], O, F, AtLevel<L, LevelsFrom<ScaleOf<P["fields"], F>, L["at"]>>>
  : never;

type PurposeClause<P extends PolicyTypes, N extends string, O extends OperationTypes, For> = [
  InteractionOf<P, N>["purpose"],
] extends [never]
  ? { readonly for: For }
  : InteractionOf<P, N>["purpose"] extends O["for"]
    ? { readonly for?: For }
    : { readonly for: For };

/** One of some names, which are the shortest, so that editors list each thing once; what else is given is told why not. */
type Only<Names extends string, N extends string, Reason extends string> = Names | Refused<`\`${N}\` ${Reason}`>;
/** What a call may say of where it happens. */
export interface PlaceNames<N extends string, O extends OperationTypes> {
  readonly on: Only<O["on"], N, "allows nothing on a channel of this short name">;
  readonly for: Only<O["for"], N, "is for no purpose of this short name">;
  readonly to: Only<O["to"], N, "allows nothing to a recipient of this short name">;
  readonly at: Only<O["at"], N, "allows nothing at such a level">;
  readonly with: O extends { readonly with: infer Names extends string }
    ? Only<Names, N, "allows nothing to be joined with a field of this short name">
    : Refused<"only `combine` joins data">;
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
export type PlaceSaid<G, On, For, To, At, With> = {
  readonly on: Said<On, G, "on", unknown>;
  readonly for: Said<For, G, "for", unknown>;
  readonly to: Said<To, G, "to", null>;
  readonly at: Said<At, G, "at", null>;
  readonly with: [With] extends [never] ? null : With;
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

/** The field that the others are joined with, for `combine`. */
type JoinClause<O extends OperationTypes, With> = { readonly with?: With } & (O extends { readonly with: string }
  ? { readonly with: With }
  : unknown);

/** What a prepared act says of what it does, and where. */
export type ActClause<P extends PolicyTypes, N extends string, O extends string, On, For, To, At, With> = PlaceClause<
  P,
  N,
  OperationOf<P, N, O>,
  On,
  For,
  To,
  At
> &
  OperationClause<P, N, O> &
  JoinClause<OperationOf<P, N, O>, With>;

/** A call about some fields, without what is given already. It names its operation, or stands where only one can be. */
export type CallOf<
  P extends PolicyTypes,
  N extends string,
  O extends string,
  G,
  On,
  For,
  To,
  At,
  With,
  Facts extends string,
> = Less<PlaceClause<P, N, OperationOf<P, N, O>, On, For, To, At> & WhomClause, keyof G> &
  JoinClause<OperationOf<P, N, O>, With> &
  FactsClause<P, N, Facts>;

type Less<T, Given extends PropertyKey> = [Given] extends [never] ? T : Omit<T, Given>;

export interface WhomClause {
  /** The id of the person; null for data about nobody in particular. */
  readonly subject: string | null;
}

/** What a prepared check asks for, of what its answer depends on; whoever has it at hand need not ask the stores. */
export type CheckedOf<P extends PolicyTypes, N extends string, Facts extends string> = {
  /** The age of the data, in seconds or as `12 days`. */
  readonly dataAge?: P["facts"] extends { readonly "data.age": infer Age } ? Age | Unknown : never;
} & FactsClause<P, N, Facts> &
  ([AttributeIn<Facts>] extends [never]
    ? { readonly subject?: object }
    : { readonly subject: Known<P["subject"], AttributeIn<Facts>> }) &
  ("consents" extends Facts
    ? { readonly consents: readonly Consent[] | Unknown }
    : { readonly consents?: readonly Consent[] }) &
  ("objections" extends Facts
    ? { readonly objections: readonly Objection[] | Unknown }
    : { readonly objections?: readonly Objection[] });
type AttributeIn<Facts> = Facts extends `subject.${infer Attribute}` ? Attribute : never;

/** The field of a prepared act, or a list of them. */
export type DataFor<
  P extends PolicyTypes,
  N extends string,
  O extends string,
  D,
  L extends Place,
> = D extends readonly string[]
  ? FieldsFor<P, N, O, D, L>
  : D extends FieldsAt<P, OperationOf<P, N, O>, L>
    ? HasLevel<P, D, L> extends true
      ? D
      : Refused<NoLevel<L>>
    : Refused<ReasonFor<P, N, O, D, L>>;
export type NamesIn<D> = D extends readonly string[] ? D[number] : D;

/** Whether some of the data has the level that is asked for, if one is. */
type HasLevel<P extends PolicyTypes, F, L extends Place> = [L["at"]] extends [
  LevelsOf<P["fields"], F | L["with"]> | null,
]
  ? true
  : false;
type LevelsOf<Fields, F> = LevelsIn<ScaleOf<Fields, F>>;
type ScaleOf<Fields, F> = F extends keyof Fields ? Fields[F] : never;
type NoLevel<L extends Place> = `none of the data has the level \`${L["at"] & string}\``;

/**
 * Names a field for each loader; where one is refused, says why.
 *
 * @typeParam All The fields, where they are decided together: one has to have the level that is asked for. `unknown` where each is
 *   decided by itself, and each that has levels has to have it.
 */
export type LoadersFor<P extends PolicyTypes, N extends string, O extends string, D, L extends Place, All> = {
  readonly [F in keyof Pick<P["fields"], FieldsAt<P, OperationOf<P, N, O>, L> & keyof P["fields"]>]?: Loader;
} & D & {
    readonly [F in keyof D]: F extends FieldsAt<P, OperationOf<P, N, O>, L>
      ? IsAtLevel<P, F, L, All> extends true
        ? Together<
            D[F] extends Loader<infer T> ? Sealing<Awaited<T>, F> : Loader,
            ApartFrom<ApartIn<OperationOf<P, N, O>, "apart">, F, unknown extends All ? never : Exclude<keyof D, F>, L>
          >
        : Refused<NoLevel<L>>
      : Refused<ReasonFor<P, N, O, F, L>>;
  };
type IsAtLevel<P extends PolicyTypes, F, L extends Place, All> = unknown extends All
  ? [LevelsOf<P["fields"], F>] extends [never]
    ? true
    : HasLevel<P, F, L>
  : HasLevel<P, All, L>;
/** What was sealed for one field is not that of another. */
type Sealing<T, F> =
  T extends Sealed<unknown, infer Field>
    ? F extends Field
      ? Loader
      : Refused<`it was sealed for \`${Field}\``>
    : Loader;

/** A list of fields; where one is refused, says why. Of lists whose length nobody knows, each is taken by itself. */
export type FieldsFor<
  P extends PolicyTypes,
  N extends string,
  O extends string,
  D extends readonly string[],
  L extends Place,
> = D extends readonly []
  ? Refused<NoField>
  : {
      readonly [K in keyof D]: D[K] extends FieldsAt<P, OperationOf<P, N, O>, L>
        ? HasLevel<P, D[number], L> extends true
          ? number extends D["length"]
            ? D[K]
            : Together<
                D[K],
                ApartFrom<
                  ApartIn<OperationOf<P, N, O>, "apart" | "apartAtOneAge">,
                  D[K],
                  D[Exclude<keyof D & `${number}`, K>],
                  L
                >
              >
          : Refused<NoLevel<L>>
        : Refused<ReasonFor<P, N, O, D[K], L>>;
    };
type NoField = "it names no field";
/** What is asked of an action besides, so that it has something to act on. Without any, loaders are as good as unnamed. */
export type HasFields<L> = string extends keyof L
  ? Refused<NoField>
  : [keyof L] extends [never]
    ? Refused<NoField>
    : unknown;

/** A field that is allowed, or the reason where it never is with others of the call. Loaders tell ages of their own; names have one age. */
type Together<Allowed, Others> = [Others] extends [never]
  ? Allowed
  : Refused<`it is never allowed together with ${Others & string}`>;
type ApartIn<T, Names extends string> = { [K in keyof T as K & Names]: T[K] } extends infer All
  ? All[keyof All]
  : never;

/** An operation that a call may name, or the one that it stands for. */
export type DefaultOperation<P extends PolicyTypes, N extends string> = [InteractionOf<P, N>["operation"]] extends [
  never,
]
  ? OperationsIn<P, N>
  : InteractionOf<P, N>["operation"] & OperationsIn<P, N>;
