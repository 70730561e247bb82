import { tree } from "./tree.mjs";

/** The words of a made-up company that travels, sells and streams. The same at every size of policy. */

export const purposes = tree({
  service_provision: null,
  delivery: "service_provision",
  payment: "service_provision",
  booking: "service_provision",
  service_message: "service_provision",
  customer_care: null,
  complaint_handling: "customer_care",
  feedback: "customer_care",
  marketing: null,
  direct_marketing: "marketing",
  newsletter: "direct_marketing",
  upgrade_offer: "direct_marketing",
  advertising: "marketing",
  targeted_advertising: "advertising",
  personalisation: null,
  recommendations: "personalisation",
  analytics: null,
  security: null,
  fraud_prevention: "security",
});

export const recipients = tree({
  customer: null,
  household: null,
  staff: null,
  crew: "staff",
  support_staff: "staff",
  partners: null,
  ad_networks: "partners",
  public: null,
});

const channelTable = {
  email: { parent: null, reaches: ["customer"] },
  sms: { parent: null, reaches: ["customer"], quiet: { from: "21:00", to: "08:00", exceptFor: ["service_provision"] } },
  app: { parent: null, reaches: ["customer"] },
  push: { parent: "app", reaches: ["customer"], quiet: { from: "22:00", to: "07:00", exceptFor: ["service_message"] } },
  web: { parent: null, reaches: ["customer"] },
  account_page: { parent: "web", reaches: ["customer"] },
  phone: { parent: null, reaches: ["customer", "household"], quiet: { from: "20:00", to: "09:00", exceptFor: [] } },
  post: { parent: null, reaches: ["customer", "household"] },
  in_person: { parent: null, reaches: ["customer"] },
  staff_device: { parent: null, reaches: ["staff"] },
  crew_tablet: { parent: "staff_device", reaches: ["crew"] },
  support_desktop: { parent: "staff_device", reaches: ["support_staff"] },
  partner_feed: { parent: null, reaches: ["partners"] },
  public_page: { parent: null, reaches: ["public"] },
};
export const channels = tree(
  Object.fromEntries(Object.entries(channelTable).map(([name, { parent }]) => [name, parent])),
);
export const channelOf = (name) => ({ quiet: null, ...channelTable[name] });

/** A channel with the recipient that a request names, or none, which stands for all that the channel reaches. */
export const routes = channels.names.flatMap((channel) => {
  const { reaches } = channelOf(channel);
  const reached = recipients.names.filter((recipient) => recipients.narrow(recipient, reaches));
  return [null, ...reached].map((recipient) => ({
    key: routeKey(channel, recipient),
    channel,
    recipient,
    reached: recipient === null ? reaches : [recipient],
  }));
});
export function routeKey(channel, recipient) {
  return `${channel}>${recipient ?? ""}`;
}

/** Only roots are special, and no plain category is above them. */
export const special = ["health", "belief"];
export const categories = tree({
  contact_point: null,
  email_address: "contact_point",
  phone_number: "contact_point",
  postal_address: "contact_point",
  behaviour: null,
  purchase_history: "behaviour",
  browsing: "behaviour",
  travel_history: "behaviour",
  viewing: "behaviour",
  preference: null,
  seat_preference: "preference",
  food_preference: "preference",
  spoken_language: "preference",
  location: null,
  residence: "location",
  movement: "location",
  financial: null,
  payment_card: "financial",
  income: "financial",
  communication: null,
  complaint_text: "communication",
  service_contact: "communication",
  demographic: null,
  age_band: "demographic",
  gender: "demographic",
  loyalty: null,
  device: null,
  image: null,
  inferred: null,
  segment: "inferred",
  prediction: "inferred",
  health: null,
  allergy: "health",
  pregnancy: "health",
  belief: null,
  religion: "belief",
});
export const isSpecial = (category) => categories.within(category, special);

/** Attributes and facts by the names that conditions give them. Ages of data are in seconds, times are HH:MM. */
export const regions = ["eu", "uk", "us", "other"];
export const day = 86_400;
