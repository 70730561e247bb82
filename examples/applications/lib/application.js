import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import { verifyChain } from "@scruple/audit";
import fastify from "fastify";

const text = { type: "string", minLength: 1, maxLength: 100 };
/** What a request may say, and nothing else. @param {Record<string, object>} properties */
export const body = (properties) => ({
  body: { type: "object", required: Object.keys(properties), additionalProperties: false, properties },
});
export const person = text;
/** By it, what is asked for twice (a double click, a lost answer) is done once. */
export const key = text;

/**
 * What a request says, which the schema of its route has let through.
 *
 * @param {import("fastify").FastifyRequest} request
 * @returns {any}
 */
export const asked = ({ body }) => body;

/**
 * A web server with the pages, and with what both applications have: the people, their consents, the clock and the audit
 * trail.
 *
 * @param {object} options
 * @param {string} options.page the file in `web` that is the application
 * @param {Awaited<ReturnType<typeof import("./behind.js").openBehind>>} options.behind
 * @param {import("./clock.js").Clock} options.clock
 * @param {ReadonlyMap<string, { name: string, about: string }>} options.people
 * @param {{ purpose: string, channel: string }[]} options.choices what a person may agree to
 * @param {object[]} options.sent what has left the house
 * @param {(headers: import("node:http").IncomingHttpHeaders) => Partial<import("@scruple/runtime/enforce").Permissions>} [options.signals]
 */
export async function application({ page, behind, clock, people, choices, sent, signals = () => ({}) }) {
  const app = fastify({ ajv: { customOptions: { coerceTypes: false, removeAdditional: false } } });
  app.addHook("onRequest", (request, reply, done) => {
    reply.header("content-security-policy", "default-src 'self'; frame-ancestors 'none'");
    behind.said.run(signals(request.headers), done);
  });
  app.addHook("preHandler", async (request, reply) => {
    const { person: who } = /** @type {{ person?: string }} */ ({
      .../** @type {object} */ (request.query),
      .../** @type {object} */ (request.body),
    });
    if (who !== undefined && !people.has(who))
      return reply.code(404).send({ message: "There is nobody of that name." });
  });
  await app.register(fastifyStatic, { root: join(import.meta.dirname, "../web"), index: page });

  app.get("/api/people", async () =>
    Promise.all(
      Array.from(people, async ([id, { name, about }]) => {
        const { consents } = await behind.register.read(id);
        /** @param {{ purpose: string, channel: string }} choice */
        const has = ({ purpose, channel }) =>
          consents.some((one) => one.purpose === purpose && one.channel === channel);
        return { id, name, about, choices: choices.map((choice) => ({ ...choice, given: has(choice) })) };
      }),
    ),
  );
  app.post(
    "/api/consent",
    { schema: body({ person, purpose: text, channel: text, given: { type: "boolean" } }) },
    async (request, reply) => {
      const { person: id, purpose, channel, given } = asked(request);
      if (!choices.some((choice) => choice.purpose === purpose && choice.channel === channel))
        return reply.code(400).send({ message: "Nobody was asked that." });
      await behind.register[given ? "give" : "withdraw"](id, { purpose, channel });
      return { given };
    },
  );
  app.get("/api/now", async () => ({ now: new Date(clock.now()).toISOString() }));
  app.post("/api/later", { schema: body({ days: { type: "integer", minimum: 1, maximum: 366 } }) }, async (request) => {
    clock.advance(asked(request).days);
    return { now: new Date(clock.now()).toISOString() };
  });
  app.get("/api/trail", async () => ({ entries: behind.latest, sent: sent.slice(-10).reverse() }));
  app.get("/api/trail/verified", async () => {
    const { entries, breaches } = await verifyChain(behind.audit.read());
    return { entries, breaches };
  });
  app.addHook("onClose", async () => behind.close());
  return app;
}
