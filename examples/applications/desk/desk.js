import { dated } from "@scruple/runtime/enforce";
import { guarded } from "@scruple/web/fastify";
import airlineDesk from "../generated/airline.desk.guard.js";
import { application, body, key, person } from "../lib/application.js";
import { openBehind } from "../lib/behind.js";
import { Clock } from "../lib/clock.js";
import { revealed } from "../lib/revealed.js";
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
  const send = (to, what) => {
    sent.push({ to, what, at: clock.now() });
    return { to, what };
  };
  const contacts = [];
  /** How often somebody was looked for on the web. */
  let searches = 0;
  const guard = guardOf({
    ...behind.guarding,
    subject: (id) => people.get(id),
    duties: { record_contact: ({ subject, receipt }) => contacts.push({ subject, entry: receipt.index }) },
  });
  // A route says where it happens; whom it is about comes with the request.
  const at = guarded(guard, (request) => request.body.person);
  const choices = [{ purpose: "direct_marketing", channel: "email" }];
  const app = await application({ page: "desk.html", behind, clock, people, choices, sent });

  app.post(
    "/api/greet",
    { schema: body({ person, listening }) },
    at("boarding_greeting", { on: "staff_device" }, async (request) => {
      const { seat, complaint } = people.get(request.body.person);
      const shown = await request.guard.show(
        { facts: { within_earshot: request.body.listening } },
        { "bookings.seat_preference": () => ofDate(seat), "complaints.complaint": () => ofDate(complaint) },
      );
      return revealed(shown);
    }),
  );

  // In TypeScript, this call would not compile: nothing may ever be collected at a gate.
  app.post(
    "/api/picture",
    { schema: body({ person, key }) },
    at("boarding_greeting", { on: "staff_device" }, async (request) => {
      const load = () => {
        searches += 1;
        return `https://pictures.example/${request.body.person}`;
      };
      const found = await request.guard.act(
        { operation: "collect", facts: {}, key: request.body.key },
        { "image_search.photo": load },
        ({ "image_search.photo": photo }) => photo,
      );
      return found.done ? { photo: found.value } : found;
    }),
  );
  app.get("/api/searches", async () => ({ searches }));

  app.post(
    "/api/offer",
    { schema: body({ person, key }) },
    at("offer_email", { on: "email" }, async (request) => {
      const { email, journeys } = people.get(request.body.person);
      const offer = await request.guard.act(
        { operation: "disclose", facts: {}, key: request.body.key },
        { "bookings.email": () => dated(email, clock.now()), "bookings.travel_history": () => ofDate(journeys) },
        ({ "bookings.email": to, "bookings.travel_history": places }) => send(to, `Places like ${places}`),
      );
      return offer.done ? { sent: offer.value } : offer;
    }),
  );
  return app;
}
