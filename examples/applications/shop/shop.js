import { createRequire } from "node:module";
import { dated } from "@scruple/runtime/enforce";
import { gpcReader } from "@scruple/signals";
import shopCounter from "../generated/shop.counter.guard.js";
import { outcome, revealed } from "../lib/answers.js";
import { application, body, key, person } from "../lib/application.js";
import { openBehind } from "../lib/behind.js";
import { Clock } from "../lib/clock.js";
import { customers } from "./customers.js";

const model = createRequire(import.meta.url)("../generated/shop.counter.model.json");
const ofDate = ({ value, since }) => dated(value, since);

/** What coupons can be chosen by, and where it comes from. */
const chosenBy = {
  goods: ["receipts.goods", ({ goods }) => ofDate(goods)],
  pharmacy: ["receipts.pharmacy_goods", ({ pharmacy }) => ofDate(pharmacy)],
  score: ["due_date_score.score", ({ pharmacy }) => dated("likely", pharmacy.since)],
};

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
  const sent = [];
  const guard = guardOf({
    ...behind.guarding,
    subject: (id) => people.get(id),
    // The letter says itself what it was chosen by; see below.
    duties: { name_the_reason: () => {} },
  });
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
  app.post("/api/letter", { schema: body({ person, by, key }) }, async (request) => {
    const { person: id, by: what, key: once } = request.body;
    const customer = people.get(id);
    const [field, load] = chosenBy[what];
    const result = await guard.coupon_letter.act(
      { subject: id, on: "post", operation: "disclose", facts: {}, key: once },
      { [field]: () => load(customer), "members.postal_address": () => dated(customer.address, clock.now()) },
      ({ [field]: goods, "members.postal_address": to }) => {
        const letter = { to, what: `Coupons, since you often buy ${goods}`, at: clock.now() };
        sent.push(letter);
        return letter;
      },
    );
    return outcome(result, (letter) => ({ sent: letter }));
  });

  app.post("/api/offer", { schema: body({ person, key }) }, async (request) => {
    const { person: id, key: once } = request.body;
    const { email, goods } = people.get(id);
    const result = await guard.offer_email.act(
      { subject: id, on: "email", operation: "disclose", facts: {}, key: once },
      { "members.email": () => dated(email, clock.now()), "receipts.goods": () => ofDate(goods) },
      ({ "members.email": to, "receipts.goods": bought }) => {
        const mail = { to, what: `This week: ${bought}`, at: clock.now() };
        sent.push(mail);
        return mail;
      },
    );
    return outcome(result, (mail) => ({ sent: mail }));
  });

  app.post("/api/front-page", { schema: body({ person }) }, async (request) => {
    const { person: id } = request.body;
    const { goods } = people.get(id);
    const loaders = { "receipts.goods": () => ofDate(goods) };
    const show = async (purpose) =>
      revealed(await guard.front_page.show({ subject: id, for: purpose, on: "web", facts: {} }, loaders));
    const [suggestions, adverts] = await Promise.all([show("recommendations"), show("targeted_advertising")]);
    return { suggestions, adverts, asksNotToBeFollowed: gpc(request.headers["sec-gpc"]).length > 0 };
  });
  return app;
}
