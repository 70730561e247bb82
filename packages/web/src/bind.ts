import type { InteractionGuard } from "@scruple/runtime/enforce";

/** What a route says of its calls: the channel, and what is fixed besides. */
export type PlaceOf<C> =
  C extends InteractionGuard<infer P, infer N>
    ? N extends keyof P["interactions"]
      ? P["interactions"][N] extends { readonly operations: infer Operations }
        ? Place<Operations[keyof Operations]>
        : never
      : never
    : never;
type Place<O> = {
  /** The channel. */
  readonly on: Member<O, "on">;
  /** The purpose. */
  readonly for?: Member<O, "for">;
  /** The recipient. */
  readonly to?: Member<O, "to">;
  /** The level of precision. */
  readonly at?: Member<O, "at">;
};
type Member<O, K extends string> = O extends { readonly [P in K]: infer Names } ? Names : never;

/**
 * The calls of an interaction for one person, in one place: what is given they do not say. What is prepared is for calls about
 * many people.
 */
export type Bound<C, Place extends object> =
  C extends InteractionGuard<infer P, infer N>
    ? Omit<InteractionGuard<P, N, Place & { readonly subject: Subject }>, "prepare">
    : never;

/** A person's id, or null for data about nobody in particular. */
export type Subject = string | null;

/** @throws TypeError where the guard has no such interaction */
export function interactionOf<G extends object, N extends keyof G & string>(guard: G, interaction: N): G[N] & object {
  const calls = guard[interaction];
  // In a small world, a part of it may have the calls of an interaction that bears its name.
  if ((typeof calls === "object" && calls !== null) || typeof calls === "function") return calls;
  const known = Object.keys(guard).map((name) => `\`${name}\``);
  throw new TypeError(`The guard has no interaction \`${interaction}\`; it has ${known.join(", ")}.`);
}

/** Puts in all calls of an interaction what is known already; a call that says otherwise is not heard. */
export function bind<C extends object, const P extends PlaceOf<C>>(calls: C, place: P, subject: Subject): Bound<C, P> {
  // Who cannot be told is not nobody: no id is empty, so every call is denied.
  const known = { ...(place as object), subject: subject === undefined ? "" : subject };
  const complete = (call: object) => {
    try {
      return { ...call, ...known };
    } catch {
      // Not the call itself: read once more it may say anything, and nothing of it would be bound.
      return unreadable;
    }
  };
  const methods = (Object.entries(calls) as [string, (...args: unknown[]) => unknown][])
    .filter(([name]) => name !== "prepare")
    .map(([name, method]) => [name, (call: object, ...rest: unknown[]) => method(complete(call), ...rest)]);
  return Object.freeze(Object.fromEntries(methods));
}

/** Denied by every guard, as a call that throws whenever it is read. */
const unreadable = Object.freeze({
  get subject(): never {
    throw new TypeError("The call could not be read.");
  },
});
