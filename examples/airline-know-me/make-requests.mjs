// Writes requests.jsonl: a day of three hundred requests. The same seed gives the same day, byte for byte.
import { writeFileSync } from "node:fs";

const COUNT = 300;
const TODAY = "2026-11-21";

/** Mulberry32: a small generator with a fixed seed, so that the day can be made again anywhere. */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = randomFrom(20261120);
const below = (bound) => Math.floor(random() * bound);
const pick = (list) => list[below(list.length)];
const chance = (probability) => random() < probability;

const passengers = Array.from({ length: 60 }, (_, index) => {
  const consents = [];
  if (chance(0.45))
    consents.push({ purpose: "direct_marketing", channel: pick(["email", "any"]), explicit: chance(0.5) });
  if (chance(0.3)) consents.push({ purpose: "catering", channel: "any", explicit: true });
  if (chance(0.12)) consents.push({ purpose: "assistance", channel: "any", explicit: true });
  if (chance(0.25)) consents.push({ purpose: "customer_care", channel: "any", explicit: chance(0.8) });
  if (chance(0.3)) consents.push({ purpose: "authentication", channel: "face_gate", explicit: chance(0.97) });
  const objections = [];
  if (chance(0.12)) objections.push({ purpose: pick(["direct_marketing", "marketing", "any"]), channel: "any" });
  if (chance(0.06)) objections.push({ purpose: "customer_care", channel: pick(["in_person", "any"]) });
  const subject = { id: `p-${String(index + 1).padStart(3, "0")}`, region: pick(["eu", "eu", "uk", "us", "other"]) };
  // Some bookings were made by others, who did not say how old the passenger is.
  if (chance(0.85)) subject.age = chance(0.12) ? 3 + below(15) : 18 + below(70);
  if (chance(0.7)) subject.member = chance(0.5);
  return { subject, consents, objections };
});

/** What the systems ask, how often, and what they know when they ask. */
const scenes = [
  [20, () => greeting("disclose", "bookings.seat_preference")],
  [14, () => greeting("disclose", { field: "complaints.complaint", age: `${1 + below(900)} days` })],
  [5, () => greeting("use", { field: "complaints.complaint", age: `${1 + below(500)} days` })],
  [
    6,
    () => ({
      ...greeting("disclose", { field: "portraits.photo", age: `${1 + below(420)} days` }),
      channel: "crew_tablet",
    }),
  ],
  [4, () => greeting("collect", "image_search.photo")],
  [3, () => greeting("disclose", ["bookings.seat_preference", "bookings.meal_request"])],
  [10, () => cabin("catering", "bookings.meal_request")],
  [4, () => cabin("assistance", "bookings.wheelchair")],
  [2, () => ({ ...cabin("catering", "pregnancy_score.score"), operation: "infer" })],
  [8, () => act("gate_passage", "use", "gate_templates.face", "authentication", "face_gate")],
  [12, () => act("disruption_message", "use", ["bookings.flight", "bookings.email"], "service_message", "email")],
  [
    5,
    () =>
      act(
        "disruption_message",
        "disclose",
        "bookings.flight",
        "service_message",
        pick(["private_push", "mobile_call"]),
      ),
  ],
  [16, () => act("offer_email", "use", ["bookings.travel_history", "bookings.email"], "direct_marketing", "email")],
  [3, () => act("offer_email", "use", ["bookings.meal_request", "bookings.email"], "direct_marketing", "email")],
  [
    2,
    () => ({
      ...act("offer_email", "combine", "bookings.travel_history", "direct_marketing", "email"),
      with: "bookings.meal_request",
    }),
  ],
  [
    7,
    () =>
      act(
        "complaint_call",
        "disclose",
        { field: "complaints.complaint", age: `${1 + below(800)} days` },
        "complaint_handling",
        pick(["support_desktop", "mobile_call"]),
      ),
  ],
  [4, () => act("complaint_call", "disclose", "bookings.flight", "complaint_handling", "support_desktop")],
];

function act(interaction, operation, data, purpose, channel) {
  return { interaction, operation, data, purpose, channel };
}

function greeting(operation, data) {
  const request = act(
    "boarding_greeting",
    operation,
    data,
    "customer_care",
    pick(["in_person", "in_person", "staff_device", "crew_tablet"]),
  );
  // A tablet that does not know who is near says nothing about it.
  return chance(0.85) ? { ...request, facts: { within_earshot: chance(0.35) } } : request;
}

function cabin(purpose, data) {
  const request = act("cabin_service", "disclose", data, purpose, pick(["crew_tablet", "in_person"]));
  return { ...request, facts: { within_earshot: chance(0.2) } };
}

const weights = scenes.reduce((sum, [weight]) => sum + weight, 0);
function scene() {
  let left = below(weights);
  for (const [weight, make] of scenes) {
    left -= weight;
    if (left < 0) return make();
  }
  throw new Error("the weights do not add up");
}

/** Who ordered a meal, or enrolled for the gate, is mostly the one whom such a request is about. */
function passengerFor(purpose) {
  const willing = passengers.filter(({ consents }) => consents.some((consent) => consent.purpose === purpose));
  return willing.length > 0 && chance(0.65) ? pick(willing) : pick(passengers);
}

const minutes = Array.from({ length: COUNT }, () => 4 * 60 + below(18 * 60)).sort((a, b) => a - b);
const clock = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

const lines = minutes.map((minute, index) => {
  const { facts, ...asked } = scene();
  const { subject, consents, objections } = passengerFor(asked.purpose);
  const request = {
    id: `r${String(index + 1).padStart(3, "0")}`,
    ...asked,
    subject,
    facts: { ...facts, local_time: clock(minute), today: TODAY },
  };
  // Now and then the consent service does not answer in time: what it would have said is unknown.
  return JSON.stringify(chance(0.97) ? { ...request, consents, objections } : request);
});

writeFileSync(new URL("requests.jsonl", import.meta.url), `${lines.join("\n")}\n`);
