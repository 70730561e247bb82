import type { NextFunction, Request, RequestHandler, Response } from "express";
import { type Bound, bind, interactionOf, type PlaceOf, type Subject } from "./bind.ts";
import { oneGuard } from "./one-guard.ts";
import { answerOf, headersOf } from "./problem-details.ts";

export type { ProblemDetails } from "./problem-details.ts";

/**
 * Guards the routes of an Express application.
 *
 * ```ts
 * const at = guarded(guard, (request) => request.session.passenger);
 * app.get("/greeting", at("greeting", { on: "desk" }, async (request, response) => {
 *   const { values } = await request.guard.show({}, { "bookings.seat": () => db.seat(request.session.passenger) });
 *   response.json(values);
 * }));
 * ```
 *
 * A `PolicyViolation`, and what `act` returned where it was not done, become a 400, 403, 429 or 503 with problem details.
 *
 * @param subject whom the data is about: the id, or null for nobody in particular; what it throws, the application handles,
 *   as it does the error of a request that comes to a second guarded route
 */
export function guarded<G extends object>(guard: G, subject: (request: Request) => Subject | Promise<Subject>) {
  return <N extends keyof G & string, const P extends PlaceOf<G[N]>>(
    interaction: N,
    place: P,
    handler: (request: Request & { guard: Bound<G[N], P> }, response: Response, next: NextFunction) => unknown,
  ): RequestHandler => {
    // What is misspelt is told when the application starts.
    interactionOf(guard, interaction);
    return async (request, response, next) => {
      const answer = await answerOf(async () => {
        const bound = bind(interactionOf(guard, interaction), place, await subject(request)) as Bound<G[N], P>;
        oneGuard(request, interaction);
        return handler(Object.assign(request, { guard: bound }), response, next);
      });
      if ("problem" in answer) {
        response.status(answer.problem.status).set(headersOf(answer.problem)).send(JSON.stringify(answer.problem));
      }
    };
  };
}
