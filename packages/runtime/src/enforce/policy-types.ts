/**
 * What an emitted `.guard.d.ts` says of its policy: names, once each. The calls are made of it by the types of this package, so
 * that what is emitted grows with what a policy says and not with what can be asked of it.
 */
export interface PolicyTypes {
  /** Every field, with the levels of its precision; `never` where it has none. */
  readonly fields: object;
  /** The types of the attributes of the subject that conditions ask for, and of facts. */
  readonly subject: object;
  readonly facts: object;
  /** By the name of each duty that rules bind to, its arguments. */
  readonly duties: object;
  /** What denials that hold in every interaction refuse. */
  readonly refused: Refusals;
  /** By name, what is said of each: `InteractionTypes`. */
  readonly interactions: object;
  /** By name, the calls of each: an `InteractionGuard`, with what its rules say as documentation. */
  readonly guards: object;
}

export interface InteractionTypes {
  /** What a call does that does not say; `never` where it has to say. */
  readonly operation: string;
  readonly purpose: string;
  readonly refused: Refusals;
  /** By name, those that could ever be allowed. */
  readonly operations: object;
}

/** What an operation of an interaction could ever be allowed with. */
export interface OperationTypes {
  readonly data: string;
  readonly for: string;
  readonly on: string;
  readonly to: string;
  readonly at: string;
  /** Facts, and attributes of the subject, that an answer depends on. */
  readonly facts: string;
  readonly subject: string;
  /** Where not everything goes with everything, what goes together. */
  readonly cases?: Case;
}

/** A union: fields, purposes, channels, recipients and levels that go together; null is a call that names none. */
export type Case = readonly [
  fields: string,
  purposes: string,
  channels: string,
  recipients: string | null,
  levels: string | null,
];

/** Where a call says that it happens. `unknown`: it does not say. */
export interface Place {
  readonly for: unknown;
  readonly on: unknown;
  readonly to: unknown;
  readonly at: unknown;
}

/** The fields that could be allowed in a place. */
export type FieldsAt<T, L extends Place> = T extends { readonly cases: infer C }
  ? CaseAt<C, L>
  : T extends { readonly data: infer D }
    ? D
    : never;
type CaseAt<C, L extends Place> = C extends readonly [infer Fields, infer For, infer On, infer To, infer At]
  ? [For & L["for"]] extends [never]
    ? never
    : [On & L["on"]] extends [never]
      ? never
      : [To & L["to"]] extends [never]
        ? never
        : [At & L["at"]] extends [never]
          ? never
          : Fields
  : never;

/** A union: which operations on which fields, for which purposes on which channels, are refused, and why. */
export type Refusals = readonly [
  operations: string,
  fields: string,
  purposes: string,
  channels: string,
  reason: string,
];

/** Nothing is of this type. The compiler says it where something is refused, with the reason. */
export interface Refused<Reason extends string> {
  readonly refused: Reason;
  readonly never: never;
}

/** What a policy says of an interaction. */
export type InteractionOf<P extends PolicyTypes, N extends string> = P["interactions"] extends {
  readonly [K in N]: infer I extends InteractionTypes;
}
  ? I
  : never;

/** What the interaction says of an operation; `never` where that can never be allowed. */
export type OperationOf<P extends PolicyTypes, N extends string, O extends string> = InteractionOf<
  P,
  N
>["operations"] extends { readonly [K in O]: infer Types extends OperationTypes }
  ? Types
  : never;

export type OperationsIn<P extends PolicyTypes, N extends string> = Extract<
  keyof InteractionOf<P, N>["operations"],
  string
>;

/** Why a field is refused: what denials say, or that nothing allows it, at all or in this place. */
export type ReasonFor<
  P extends PolicyTypes,
  N extends string,
  O extends string,
  F,
  L extends Place,
> = F extends keyof P["fields"]
  ? [Says<P, N, O, F, L>] extends [never]
    ? `no rule of \`${N}\` ever allows to ${O} it${F extends OperationOf<P, N, O>["data"] ? `${Where<L>}${Level<L["at"], P["fields"][F]>}` : ""}`
    : Says<P, N, O, F, L>
  : "there is no such field";

type Where<L extends Place> =
  `${Named<" for", L["for"]>}${Named<" on", L["on"]>}${[L["to"]] extends [null] ? " to all whom it reaches" : Named<" to", L["to"]>}`;
type Level<At, Levels> = [At] extends [null]
  ? [Levels] extends [never]
    ? ""
    : " at its finest level"
  : Named<" at", At>;
type Named<Before extends string, Name> = Name extends string ? `${Before} \`${Name}\`` : "";

type Says<P extends PolicyTypes, N extends string, O extends string, F, L extends Place> = Hit<
  P["refused"] | InteractionOf<P, N>["refused"],
  O,
  F,
  Extract<OperationOf<P, N, O>["for"], L["for"]>,
  Extract<OperationOf<P, N, O>["on"], L["on"]>
>;

type Hit<R, O, F, Purposes, Channels> = R extends readonly [
  infer Operations,
  infer Fields,
  infer For,
  infer On,
  infer Reason extends string,
]
  ? O extends Operations
    ? F extends Fields
      ? [Extract<Purposes, For>] extends [never]
        ? never
        : [Extract<Channels, On>] extends [never]
          ? never
          : Reason
      : never
    : never
  : never;

/** What requests may leave out, as it is told where nothing is: all of it, but for what the policy says is optional. */
export type Told<T, Optional = never> = {
  readonly [K in keyof T as K extends Optional ? never : K]-?: Exclude<T[K], null | undefined>;
} & { readonly [K in keyof T as K extends Optional ? K : never]?: Exclude<T[K], null | undefined> };
