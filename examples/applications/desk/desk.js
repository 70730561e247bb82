import { dated } from "@scruple/runtime/enforce";
import { guarded } from "@scruple/web/fastify";
import airlineDesk from "../generated/airline.desk.guard.js";
import { application, asked, body, key, person } from "../lib/application.js";
import { openBehind } from "../lib/behind.js";
import { Clock } from "../lib/clock.js";
import { revealed } from "../lib/revealed.js";
import { passengers } from "./passengers.js";

const listening = { type: "boolean" };
/** @param {{ value: string, since: Date }} kept */
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
  /** @type {object[]} */
  const contacts = [];
  /** How often somebody was looked for on the web. */
  let searches = 0;
  const guard = guardOf({
    ...behind.guarding,
    subject: (id) => people.get(id),
    duties: { record_contact: ({ subject, receipt }) => contacts.push({ subject, entry: receipt.index }) },
  });
  // A route says where it happens; whom it is about comes with the request.
  const at = guarded(guard, (request) => asked(request).person);
  /** @param {import("fastify").FastifyRequest} request */
  const known = (request) => /** @type {ReturnType<typeof people.get> & {}} */ (people.get(asked(request).person));
  const choices = [{ purpose: "direct_marketing", channel: "email" }];
  const app = await application({ page: "desk.html", behind, clock, people, choices, sent });

  app.post(
    "/api/greet",
    { schema: body({ person, listening }) },
    at("boarding_greeting", { on: "staff_device" }, async (request) => {
      const { seat, complaint } = known(request);
      const shown = await request.guard.show(
        { facts: { within_earshot: asked(request).listening } },
        { "bookings.seat_preference": () => ofDate(seat), "complaints.complaint": () => ofDate(complaint) },
      );
      return revealed(shown);
    }),
  );

  app.post(
    "/api/picture",
    { schema: body({ person, key }) },
    at("boarding_greeting", { on: "staff_device" }, async (request) => {
      const load = () => {
        searches += 1;
        return `https://pictures.example/${asked(request).person}`;
      };
      const found = await request.guard.act(
        // @ts-expect-error nothing may ever be collected at a gate, and this call shows what comes of trying it all the same
        { operation: "collect", key: asked(request).key },
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
      const { email, journeys } = known(request);
      const offer = await request.guard.act(
        { operation: "disclose", key: asked(request).key },
        { "bookings.email": () => dated(email, clock.now()), "bookings.travel_history": () => ofDate(journeys) },
        ({ "bookings.email": to, "bookings.travel_history": places }) => send(to, `Places like ${places}`),
      );
      return offer.done ? { sent: offer.value } : offer;
    }),
  );
  return app;
}
