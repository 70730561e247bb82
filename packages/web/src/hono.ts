import type { Context, Env, Handler } from "hono";
import { type Bound, bind, interactionOf, type PlaceOf, type Subject } from "./bind.ts";
import { oneGuard } from "./one-guard.ts";
import { answerOf, headersOf, type NotDone } from "./problem-details.ts";

export type { ProblemDetails } from "./problem-details.ts";

/**
 * Guards the routes of a Hono application.
 *
 * ```ts
 * const at = guarded(guard, (context) => context.get("passenger"));
 * app.get("/greeting", at("greeting", { on: "desk" }, async (context) => {
 *   const { values } = await context.var.guard.show({}, { "bookings.seat": () => db.seat(context.get("passenger")) });
 *   return context.json(values);
 * }));
 * ```
 *
 * A `PolicyViolation`, and what `act` returned where it was not done, become a 400, 403, 429 or 503 with problem details.
 *
 * @param subject whom the data is about: the id, or null for nobody in particular; what it throws, the application handles,
 *   as it does the error of a request that comes to a second guarded route
 */
export function guarded<G extends object, E extends Env>(
  guard: G,
  subject: (context: Context<E>) => Subject | Promise<Subject>,
) {
  return <N extends keyof G & string, const P extends PlaceOf<G[N]>>(
    interaction: N,
    place: P,
    handler: (
      context: Context<E & { Variables: { guard: Bound<G[N], P> } }>,
    ) => Response | NotDone | Promise<Response | NotDone>,
  ): Handler<E> => {
    // What is misspelt is told when the application starts.
    interactionOf(guard, interaction);
    return async (context) => {
      const answer = await answerOf(async () => {
        const own = context as unknown as Context<E & { Variables: { guard: Bound<G[N], P> } }>;
        const bound = bind(interactionOf(guard, interaction), place, await subject(context)) as Bound<G[N], P>;
        oneGuard(context, interaction);
        own.set("guard", bound as never);
        return handler(own);
      });
      if ("value" in answer) return answer.value as Response;
      return new Response(JSON.stringify(answer.problem), {
        status: answer.problem.status,
        headers: headersOf(answer.problem),
      });
    };
  };
}
