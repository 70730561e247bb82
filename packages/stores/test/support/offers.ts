import { compile } from "@scruple/compiler";
import type { Stores } from "@scruple/runtime/enforce";
import { guardOf, type SendOffer } from "./offers-guard.ts";

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

/** What decides whether offers may be sent. */
export const model = (() => {
  const program = compile([{ path: "policies/offers.scruple", text }]);
  const model = program.model("shop.offers");
  if (model === null) throw new Error(JSON.stringify(program.diagnostics));
  return model;
})();

/** A guard over stores. @param now milliseconds since 1970 */
export function offers(stores: Stores, now?: () => number): SendOffer {
  return guardOf(model, stores, now);
}

export const consent = { purpose: "marketing", channel: "any" } as const;
