/**
 * What an emitted `.guard.d.ts` says of its policy: names, once each. The calls are made of it by the types of this package, so
 * that what is emitted grows with what a policy says and not with what can be asked of it. Names are the shortest that requests may
 * give: qualified only where the bare ones would not be clear.
 */
export interface PolicyTypes {
  /** Every field, with the levels of its precision in a tuple, the finest first; `never` where it has none. */
  readonly fields: object;
  /** By channel, the recipients that it reaches. */
  readonly reaches: object;
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
  readonly asked: Asked;
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
  /** For `combine`, what data may be joined with. */
  readonly with?: string;
  /** Where not everything goes with everything, what goes together. */
  readonly cases?: Case;
  /** What is never allowed in one request. */
  readonly apart?: Apart;
  /** The same of data that is all of one age. */
  readonly apartAtOneAge?: Apart;
}

/**
 * A union: fields, purposes, channels, recipients and levels that go together, and for `combine` what the fields are joined with.
 * Null is a call that names none, and `unknown` all that stand beside it.
 */
export type Case = readonly [
  fields: unknown,
  purposes: unknown,
  channels: unknown,
  recipients: unknown,
  levels: unknown,
  joined?: unknown,
];

/** A union: fields, and where they are never allowed in one request with one of each of some others, which stand in a tuple. */
export type Apart = readonly [
  fields: unknown,
  purposes: unknown,
  channels: unknown,
  recipients: unknown,
  levels: unknown,
  others: readonly unknown[],
  joined?: unknown,
];

/** A union: for which calls, as a case says it, which facts are asked; attributes of the subject as `subject.age`. */
export type Asked = readonly [
  operations: unknown,
  fields: unknown,
  purposes: unknown,
  channels: unknown,
  recipients: unknown,
  levels: unknown,
  facts: string,
  joined?: unknown,
];

/** Where a call says that it happens. `unknown`: it does not say. */
export interface Place {
  readonly for: unknown;
  readonly on: unknown;
  readonly to: unknown;
  readonly at: unknown;
  /** For `combine`; null elsewhere. */
  readonly with: unknown;
}

/** The places of a call, one by one, where what it says is one of several. */
type Each<L extends Place> = Over<L["for"], L["on"], L["to"], L["at"], L["with"]>;
type Over<For, On, To, At, With> = For extends unknown
  ? On extends unknown
    ? To extends unknown
      ? At extends unknown
        ? With extends unknown
          ? { readonly for: For; readonly on: On; readonly to: To; readonly at: At; readonly with: With }
          : never
        : never
      : never
    : never
  : never;

/** The fields that could be allowed wherever a call may happen. */
export type FieldsAt<P extends PolicyTypes, T, L extends Place> = (
  Each<L> extends infer M
    ? M extends Place
      ? (fields: [FieldsIn<P, T, M>]) => void
      : never
    : never
) extends (fields: [infer Fields]) => void
  ? Fields
  : never;

/** The same in one place; also what is joined, which comes with the others. */
type FieldsIn<P extends PolicyTypes, T, M extends Place> =
  IsReached<P["reaches"], M> extends true
    ? T extends { readonly data: infer D }
      ? (T extends { readonly cases: infer C } ? CaseAt<C, M, D> : D) | Extract<M["with"], D>
      : never
    : never;
type IsReached<Reaches, M extends Place> = M["to"] extends string
  ? M["on"] extends keyof Reaches
    ? M["to"] extends Reaches[M["on"]]
      ? true
      : false
    : true
  : true;
type CaseAt<C, M extends Place, D> = C extends readonly [
  infer Fields,
  infer For,
  infer On,
  infer To,
  infer At,
  (infer With)?,
]
  ? IsAt<M, For, On, To, At, With> extends true
    ? unknown extends Fields
      ? D
      : Fields
    : never
  : never;

/** Whether a call may be where all of these are meant. */
type IsAt<L extends Place, For, On, To, At, With> = [For & L["for"]] extends [never]
  ? false
  : [On & L["on"]] extends [never]
    ? false
    : [To & L["to"]] extends [never]
      ? false
      : [At & L["at"]] extends [never]
        ? false
        : [With & L["with"]] extends [never]
          ? false
          : true;

/** What of the data of a call is never allowed with a field, in some place where the call may happen; quoted. */
export type ApartFrom<C, F, Others, L extends Place> = ApartAt<C, F, Others, Each<L>>;
type ApartAt<C, F, Others, M> = M extends Place
  ? C extends readonly [infer Fields, infer For, infer On, infer To, infer At, infer Each, (infer With)?]
    ? F extends Fields
      ? IsAt<M, For, On, To, At, With> extends true
        ? OneOfEach<Each, Others>
        : never
      : never
    : never
  : never;
/** `never` where there is not one of each. */
type OneOfEach<Each, Others> = Each extends readonly [infer First, ...infer Rest]
  ? Rest extends readonly []
    ? Quoted<Others & First>
    : `${Quoted<Others & First>} and ${OneOfEach<Rest, Others>}`
  : never;

/** The facts that are asked for some fields where a call may happen. */
export type AskedAt<R, O, F, L extends Place> = R extends readonly [
  infer Operations,
  infer Fields,
  infer For,
  infer On,
  infer To,
  infer At,
  infer Facts,
  (infer With)?,
]
  ? [Operations & O] extends [never]
    ? never
    : [Fields & F] extends [never]
      ? never
      : IsAt<L, For, On, To, At, With> extends true
        ? Facts
        : never
  : never;

export type LevelsIn<Scale> = Scale extends readonly string[] ? Scale[number] : never;

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

/** Why a field is refused: what denials say, or that nothing allows it, at all or in one of these places. */
export type ReasonFor<
  P extends PolicyTypes,
  N extends string,
  O extends string,
  F,
  L extends Place,
> = F extends keyof P["fields"] ? ReasonIn<P, N, O, F, Each<L>> : "there is no field of this short name";

type ReasonIn<
  P extends PolicyTypes,
  N extends string,
  O extends string,
  F extends keyof P["fields"],
  M,
> = M extends Place
  ? F extends FieldsIn<P, OperationOf<P, N, O>, M>
    ? never
    : IsReached<P["reaches"], M> extends false
      ? `${Quoted<M["on"]>} does not reach ${Quoted<M["to"]>}`
      : [Says<P, N, O, F, M>] extends [never]
        ? `no rule of \`${N}\` ever allows to ${O} it${F extends OperationOf<P, N, O>["data"] ? `${Where<M>}${Level<M["at"], P["fields"][F]>}` : ""}`
        : Says<P, N, O, F, M>
  : never;

type Where<L extends Place> =
  `${Named<" with", L["with"]>}${Named<" for", L["for"]>}${Named<" on", L["on"]>}${[L["to"]] extends [null] ? " to all whom it reaches" : Named<" to", L["to"]>}`;
type Level<At, Levels> = [At] extends [null]
  ? [Levels] extends [never]
    ? ""
    : " at its finest level"
  : Named<" at", At>;
type Named<Before extends string, Name> = Name extends string ? `${Before} ${Quoted<Name>}` : "";
type Quoted<Name> = Name extends string ? `\`${Name}\`` : "";

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
