import { createRequire } from "node:module";
import { dated } from "@scruple/runtime/enforce";
import { gpcReader } from "@scruple/signals";
import { guarded } from "@scruple/web/fastify";
import shopCounter from "../generated/shop.counter.guard.js";
import { application, asked, body, key, person } from "../lib/application.js";
import { openBehind } from "../lib/behind.js";
import { Clock } from "../lib/clock.js";
import { revealed } from "../lib/revealed.js";
import { customers } from "./customers.js";

const model = createRequire(import.meta.url)("../generated/shop.counter.model.json");
/** @param {{ value: string, since: Date }} kept */
const ofDate = ({ value, since }) => dated(value, since);

/**
 * What coupons can be chosen by, and where it comes from. Two of the three can never be allowed in a letter, and do not compile;
 * this shop has them tried all the same.
 *
 * @type {Record<string, readonly [field: "receipts.goods", load: (customer: Customer) => unknown]>}
 */
const chosenBy = {
  goods: ["receipts.goods", ({ goods }) => ofDate(goods)],
  // @ts-expect-error
  pharmacy: ["receipts.pharmacy_goods", ({ pharmacy }) => ofDate(pharmacy)],
  // @ts-expect-error
  score: ["due_date_score.score", ({ pharmacy }) => dated("likely", pharmacy.since)],
};
/** @typedef {ReturnType<ReturnType<typeof customers>["get"]> & {}} Customer */

/**
 * The shop: its letters, its mails and its front page.
 *
 * @param {object} options
 * @param {string} options.folder where the stores are kept
 * @param {typeof shopCounter} [options.guardOf] what makes the guard, for those who measure it
 * @param {Clock} [options.clock]
 * @param {ReturnType<typeof customers>} [options.people]
 */
export async function shop({ folder, guardOf = shopCounter, clock = new Clock(), people = customers(clock) }) {
  const behind = await openBehind({ folder, name: "shop", clock });
  /** @type {{ to: string, what: string, at: number }[]} */
  const sent = [];
  /**
   * @param {string} to
   * @param {string} what
   */
  const send = (to, what) => {
    sent.push({ to, what, at: clock.now() });
    return { to, what };
  };
  const guard = guardOf({
    ...behind.guarding,
    subject: (id) => people.get(id),
    // The letter says itself what it was chosen by; see below.
    duties: { name_the_reason: () => {} },
  });
  // A route says where it happens; whom it is about comes with the request.
  const at = guarded(guard, (request) => asked(request).person);
  /** @param {import("fastify").FastifyRequest} request */
  const known = (request) => /** @type {Customer} */ (people.get(asked(request).person));
  const gpc = gpcReader(model);
  const choices = [
    { purpose: "direct_marketing", channel: "post" },
    { purpose: "direct_marketing", channel: "email" },
    { purpose: "recommendations", channel: "web" },
    { purpose: "targeted_advertising", channel: "web" },
  ];
  const app = await application({
    page: "shop.html",
    behind,
    clock,
    people,
    choices,
    sent,
    signals: (headers) => ({ objections: gpc(headers["sec-gpc"]) }),
  });

  const by = { type: "string", enum: Object.keys(chosenBy) };
  app.post(
    "/api/letter",
    { schema: body({ person, by, key }) },
    at("coupon_letter", { on: "post" }, async (request) => {
      const customer = known(request);
      const [field, load] = /** @type {(typeof chosenBy)[string] & {}} */ (chosenBy[asked(request).by]);
      const letter = await request.guard.act(
        { operation: "disclose", key: asked(request).key },
        { [field]: () => load(customer), "members.postal_address": () => dated(customer.address, clock.now()) },
        ({ [field]: goods, "members.postal_address": to }) => send(to, `Coupons, since you often buy ${goods}`),
      );
      return letter.done ? { sent: letter.value } : letter;
    }),
  );

  app.post(
    "/api/offer",
    { schema: body({ person, key }) },
    at("offer_email", { on: "email" }, async (request) => {
      const { email, goods } = known(request);
      const offer = await request.guard.act(
        { operation: "disclose", key: asked(request).key },
        { "members.email": () => dated(email, clock.now()), "receipts.goods": () => ofDate(goods) },
        ({ "members.email": to, "receipts.goods": bought }) => send(to, `This week: ${bought}`),
      );
      return offer.done ? { sent: offer.value } : offer;
    }),
  );

  app.post(
    "/api/front-page",
    { schema: body({ person }) },
    at("front_page", { on: "web" }, async (request) => {
      const { goods } = known(request);
      /** @param {"recommendations" | "targeted_advertising"} purpose */
      const show = async (purpose) =>
        revealed(await request.guard.show({ for: purpose }, { "receipts.goods": () => ofDate(goods) }));
      const [suggestions, adverts] = await Promise.all([show("recommendations"), show("targeted_advertising")]);
      return { suggestions, adverts, asksNotToBeFollowed: gpc(request.headers["sec-gpc"]).length > 0 };
    }),
  );
  return app;
}
