import type { FastifyReply, FastifyRequest, RouteGenericInterface } from "fastify";
import { type Bound, bind, interactionOf, type PlaceOf, type Subject } from "./bind.ts";
import { oneGuard } from "./one-guard.ts";
import { answerOf, headersOf } from "./problem-details.ts";

export type { ProblemDetails } from "./problem-details.ts";

/**
 * Guards the routes of a Fastify application.
 *
 * ```ts
 * const at = guarded(guard, (request) => request.session.passenger);
 * app.get("/greeting", at("greeting", { on: "desk" }, async (request) => {
 *   const { values } = await request.guard.show({}, { "bookings.seat": () => db.seat(request.session.passenger) });
 *   return values;
 * }));
 * ```
 *
 * A `PolicyViolation`, and what `act` returned where it was not done, become a 400, 403, 429 or 503 with problem details.
 *
 * @param subject whom the data is about: the id, or null for nobody in particular; what it throws, the application handles,
 *   as it does the error of a request that comes to a second guarded route
 */
export function guarded<G extends object>(guard: G, subject: (request: FastifyRequest) => Subject | Promise<Subject>) {
  return <
    N extends keyof G & string,
    const P extends PlaceOf<G[N]>,
    Route extends RouteGenericInterface = RouteGenericInterface,
  >(
    interaction: N,
    place: P,
    handler: (request: FastifyRequest<Route> & { guard: Bound<G[N], P> }, reply: FastifyReply) => unknown,
  ) => {
    // What is misspelt is told when the application starts.
    interactionOf(guard, interaction);
    return async (request: FastifyRequest<Route>, reply: FastifyReply): Promise<unknown> => {
      const answer = await answerOf(async () => {
        const whom = await subject(request as FastifyRequest);
        const bound = bind(interactionOf(guard, interaction), place, whom) as Bound<G[N], P>;
        oneGuard(request, interaction);
        return handler(Object.assign(request, { guard: bound }), reply);
      });
      if ("value" in answer) return answer.value;
      return reply.code(answer.problem.status).headers(headersOf(answer.problem)).send(JSON.stringify(answer.problem));
    };
  };
}
