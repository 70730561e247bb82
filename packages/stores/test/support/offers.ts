import { compile } from "@scruple/compiler";
import { instantiate } from "@scruple/emit";
import { enforcement, type Stores } from "@scruple/runtime/enforce";

/** How many offers a person may get within a week. */
export const mostOffers = 3;

const text = `policy shop.offers

purpose marketing
recipient customer
channel mail reaches customer

category taste
source orders provided {
  history : taste
}

interaction offer started by company {
  purposes marketing
  channels mail
  deals: allow use orders under consent
  enough: deny use any after ${mostOffers} per week
}
`;

export type Outcome = { readonly done: true } | { readonly done: false; readonly denial: { readonly reason: string } };

/** Sends offers to people, each under a key, as the policy allows. */
export type SendOffer = (subject: string, key: string, send: () => void) => Promise<Outcome>;

/** A guard over stores. @param now milliseconds since 1970 */
export function offers(stores: Stores, now: () => number = Date.now): SendOffer {
  const { offer } = factory({ stores, subject: () => ({}), duties: {}, now }) as {
    readonly offer: { act(call: object, loaders: object, action: () => void): Promise<Outcome> };
  };
  return (subject, key, send) =>
    offer.act({ subject, on: "mail", facts: {}, key }, { "orders.history": () => "shoes" }, send);
}

const factory = (() => {
  const program = compile([{ path: "policies/offers.scruple", text }]);
  const model = program.model("shop.offers");
  if (model === null) throw new Error(JSON.stringify(program.diagnostics));
  return enforcement(instantiate(model)) as unknown as (options: object) => object;
})();

export const consent = { purpose: "marketing", channel: "any" } as const;
