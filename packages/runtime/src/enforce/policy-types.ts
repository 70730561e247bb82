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
  /** By name. */
  readonly interactions: object;
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
}

/** A union: which operations on which fields, for which purposes, are refused, and why. */
export type Refusals = readonly [operations: string, fields: string, purposes: string, reason: string];

/** Nothing is of this type. The compiler says it where something is refused, with the reason. */
export interface Refused<Reason extends string> {
  readonly refused: Reason;
  readonly never: never;
}

/** What the interaction says of an operation; `never` where that can never be allowed. */
export type OperationOf<I, O extends string> = I extends { readonly operations: { readonly [K in O]: infer Types } }
  ? Types extends OperationTypes
    ? Types
    : never
  : never;

export type OperationsIn<I> = I extends InteractionTypes ? Extract<keyof I["operations"], string> : never;

/** Why a field is refused: what denials say, or that nothing allows it. */
export type ReasonFor<P extends PolicyTypes, I, N extends string, O extends string, F> = F extends keyof P["fields"]
  ? [Says<P, I, O, F>] extends [never]
    ? `no rule of \`${N}\` ever allows to ${O} it`
    : Says<P, I, O, F>
  : "there is no such field";

type Says<P extends PolicyTypes, I, O extends string, F> = I extends InteractionTypes
  ? Hit<P["refused"] | I["refused"], O, F, OperationOf<I, O>["for"]>
  : never;

type Hit<R, O, F, Purposes> = R extends readonly [
  infer Operations,
  infer Fields,
  infer For,
  infer Reason extends string,
]
  ? O extends Operations
    ? F extends Fields
      ? [Extract<Purposes, For>] extends [never]
        ? never
        : Reason
      : never
    : never
  : never;

/** What requests may leave out, as it is told where nothing is: all of it, but for what the policy says is optional. */
export type Told<T, Optional = never> = {
  readonly [K in keyof T as K extends Optional ? never : K]-?: Exclude<T[K], null | undefined>;
} & { readonly [K in keyof T as K extends Optional ? K : never]?: Exclude<T[K], null | undefined> };
