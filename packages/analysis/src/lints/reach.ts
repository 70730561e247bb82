import type { World } from "@scruple/model";
import { type Route, recipientsOf } from "../space/datum.ts";
import type { Ground } from "../space/ground.ts";
import { meaningsOf } from "../space/meanings.ts";

/** Whom a route reaches, as bits. */
export const [customer, household, everybody, thirdParty] = [1, 2, 4, 8] as const;

/** Whom routes reach, of those that lints ask for; routes are the same objects in all interactions of a ground. */
export class Reach {
  private readonly world: World;
  private readonly each: Map<Route, number>;
  private readonly together = new Map<readonly Route[], number>();

  constructor(ground: Ground) {
    this.world = ground.world;
    this.each = ground.remembered(Reach, () => new Map<Route, number>());
  }

  /** Whom any of some routes reaches. */
  ofAny(routes: readonly Route[]): number {
    let known = this.together.get(routes);
    if (known === undefined) {
      known = 0;
      for (const route of routes) known |= this.of(route);
      this.together.set(routes, known);
    }
    return known;
  }

  of(route: Route): number {
    const known = this.each.get(route) ?? reachedOver(this.world, route);
    this.each.set(route, known);
    return known;
  }
}

function reachedOver(world: World, route: Route): number {
  const recipients = recipientsOf(world, route);
  const meanings = meaningsOf(world);
  const some = (meant: ReadonlySet<string>, bit: number) => (recipients.some((one) => meant.has(one)) ? bit : 0);
  return (
    some(meanings.customer, customer) |
    some(meanings.household, household) |
    some(meanings.public, everybody) |
    some(meanings.thirdParty, thirdParty)
  );
}
