import { interactionRules } from "./rules.mjs";

const verbs = "offer greet remind suggest confirm answer show invite warn refund".split(" ");
const topics = "upgrade flight cart trip ticket parcel stay playlist renewal recall claim voucher lounge seat".split(
  " ",
);
const themes = [
  { startedBy: "company", purposes: ["direct_marketing", "personalisation"], channels: ["email", "push", "post"] },
  { startedBy: "company", purposes: ["service_message", "customer_care"], channels: ["sms", "app", "phone"] },
  { startedBy: "customer", purposes: ["customer_care", "security"], channels: ["support_desktop", "phone", "web"] },
  { startedBy: "customer", purposes: ["service_provision", "recommendations"], channels: ["web", "app", "in_person"] },
  { startedBy: "company", purposes: ["customer_care", "booking"], channels: ["crew_tablet", "in_person", "email"] },
  { startedBy: "company", purposes: ["advertising", "analytics"], channels: ["partner_feed", "web", "public_page"] },
];

/** `count` interactions over three sources each, with `rules` rules shared out among them. */
export function makeInteractions(dice, sources, count, rules) {
  return Array.from({ length: count }, (_, index) => {
    const name = `${verbs[index % verbs.length]}_${topics[index % topics.length]}_${index}`;
    const interaction = { name, ...themes[index % themes.length], sources: dice.some(sources, 3) };
    const share = Math.floor((rules * (index + 1)) / count) - Math.floor((rules * index) / count);
    return { ...interaction, rules: interactionRules(dice, interaction, share) };
  });
}
