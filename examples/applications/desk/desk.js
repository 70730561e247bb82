import { dated } from "@scruple/runtime/enforce";
import airlineDesk from "../generated/airline.desk.guard.js";
import { outcome, revealed } from "../lib/answers.js";
import { application, body, key, person } from "../lib/application.js";
import { openBehind } from "../lib/behind.js";
import { Clock } from "../lib/clock.js";
import { passengers } from "./passengers.js";

const listening = { type: "boolean" };
const ofDate = ({ value, since }) => dated(value, since);

/**
 * The airline's desk at the gate.
 *
 * @param {object} options
 * @param {string} options.folder where the stores are kept
 * @param {typeof airlineDesk} [options.guardOf] what makes the guard, for those who measure it
 * @param {Clock} [options.clock]
 * @param {ReturnType<typeof passengers>} [options.people]
 */
export async function desk({ folder, guardOf = airlineDesk, clock = new Clock(), people = passengers(clock) }) {
  const behind = await openBehind({ folder, name: "desk", clock });
  const sent = [];
  const contacts = [];
  /** How often somebody was looked for on the web. */
  let searches = 0;
  const guard = guardOf({
    ...behind.guarding,
    subject: (id) => people.get(id),
    duties: { record_contact: ({ subject, receipt }) => contacts.push({ subject, entry: receipt.index }) },
  });
  const choices = [{ purpose: "direct_marketing", channel: "email" }];
  const app = await application({ page: "desk.html", behind, clock, people, choices, sent });

  app.post("/api/greet", { schema: body({ person, listening }) }, async (request) => {
    const { person: id, listening: others } = request.body;
    const { seat, complaint } = people.get(id);
    const shown = await guard.boarding_greeting.show(
      { subject: id, on: "staff_device", facts: { within_earshot: others } },
      { "bookings.seat_preference": () => ofDate(seat), "complaints.complaint": () => ofDate(complaint) },
    );
    return revealed(shown);
  });

  // In TypeScript, this call would not compile: nothing may ever be collected at a gate.
  app.post("/api/picture", { schema: body({ person, key }) }, async (request) => {
    const { person: id, key: once } = request.body;
    const result = await guard.boarding_greeting.act(
      { subject: id, on: "staff_device", operation: "collect", facts: {}, key: once },
      {
        "image_search.photo": () => {
          searches += 1;
          return `https://pictures.example/${id}`;
        },
      },
      ({ "image_search.photo": photo }) => photo,
    );
    return { ...outcome(result, (photo) => ({ photo })), searches };
  });

  app.post("/api/offer", { schema: body({ person, key }) }, async (request) => {
    const { person: id, key: once } = request.body;
    const { email, journeys } = people.get(id);
    const result = await guard.offer_email.act(
      { subject: id, on: "email", operation: "disclose", facts: {}, key: once },
      { "bookings.email": () => dated(email, clock.now()), "bookings.travel_history": () => ofDate(journeys) },
      ({ "bookings.email": to, "bookings.travel_history": places }) => {
        const mail = { to, what: `Places like ${places}`, at: clock.now() };
        sent.push(mail);
        return mail;
      },
    );
    return outcome(result, (mail) => ({ sent: mail }));
  });
  return app;
}
