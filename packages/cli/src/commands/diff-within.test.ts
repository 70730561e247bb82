import { expect, test } from "vitest";
import { compared, shop } from "../fixtures/compared.ts";

const consented = (text: string) => text.replace("legitimate_interest", "consent");
const apart = (text: string) => text.replace("sms within phone", "sms");
const parents = (...names: readonly string[]) =>
  shop
    .replace("purpose marketing", ["marketing", "profiling"].map((name) => `purpose ${name}`).join("\n"))
    .replace("recipient customer", `purpose ads within ${names.join(", ")}\nrecipient customer`)
    .replace("purposes marketing", "purposes ads");

test.each([
  ["objections on another channel", shop, apart(shop), "objections on `shop.phone` reach `shop.sms` on one side only"],
  ["consents on another channel", consented(shop), apart(consented(shop)), "consents on `shop.phone` reach `shop.sms`"],
  [
    "a parent that is gone",
    consented(parents("marketing", "profiling")),
    consented(parents("marketing")).replace("purpose profiling\n", ""),
    "it takes other consents to cover `shop.ads`",
  ],
  [
    "objections by a parent that is gone",
    parents("marketing", "profiling"),
    parents("marketing").replace("purpose profiling\n", ""),
    "objections to `shop.profiling` reach `shop.ads` on one side only",
  ],
  [
    "a condition for another purpose",
    shop
      .replace("under legitimate_interest", "under contract unless objection for service")
      .replace("purpose marketing", "purpose marketing\npurpose care\npurpose service"),
    shop
      .replace("under legitimate_interest", "under contract unless objection for service")
      .replace("purpose marketing", "purpose marketing\npurpose care\npurpose service within care"),
    "objections to `shop.care` reach `shop.service` on one side only",
  ],
])("says that %s may decide otherwise, whichever side is the older", async (_what, one, other, note) => {
  for (const [base, head] of [
    [one, other],
    [other, one],
  ] as const) {
    const { diff, failing } = await compared(base, head);
    expect(diff.notes.join("\n")).toContain(note);
    expect({ equal: diff.equal, failing }).toEqual({ equal: false, failing: [true, true] });
  }
});

test.each([
  ["asks for no consent", shop.replace("legitimate_interest", "contract"), "sms within phone", "sms"],
  ["is for other channels", shop.replace("channels sms", "channels mail"), "sms within phone", "sms"],
  ["has a channel more below", shop, "channel mail", "channel fax within phone reaches customer\nchannel mail"],
  ["has a purpose more below", shop, "recipient customer", "purpose news within marketing\nrecipient customer"],
  [
    "has other purposes within each other",
    shop.replace("recipient", "purpose a\npurpose b\nrecipient"),
    "e b",
    "e b within a",
  ],
])("says nothing of what is within what where the policy %s", async (_what, base, from, to) => {
  const { diff } = await compared(base, base.replace(from, to));
  expect(diff).toMatchObject({ narrowed: [], duties: [], notes: [] });
});
