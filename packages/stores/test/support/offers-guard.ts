import { instantiate } from "@scruple/emit";
import type { Model } from "@scruple/model";
import { enforcement, type Stores } from "@scruple/runtime/enforce";

export type Outcome = { readonly done: true } | { readonly done: false; readonly denial: { readonly reason: string } };

/** Sends offers to people, each under a key, as the policy allows. */
export type SendOffer = (subject: string, key: string, send: () => void) => Promise<Outcome>;

/** The guard of a model over stores. @param now milliseconds since 1970 */
export function guardOf(model: Model, stores: Stores, now: () => number = Date.now): SendOffer {
  const factory = enforcement(instantiate(model)) as unknown as (options: object) => object;
  const { offer } = factory({ stores, subject: () => ({}), duties: {}, now }) as {
    readonly offer: { act(call: object, loaders: object, action: () => void): Promise<Outcome> };
  };
  return (subject, key, send) =>
    offer.act({ subject, on: "mail", facts: {}, key }, { "orders.history": () => "shoes" }, send);
}
