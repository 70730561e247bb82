import type { World } from "@scruple/model";
import { wireFacts } from "../wire-facts.ts";
import { smallestWitness } from "../witness.ts";
import type { DataPlace } from "./asked-levels.ts";
import type { MergedRegion } from "./merge-regions.ts";
import type { Naming } from "./naming.ts";
import { firstOf, type StaticSpace } from "./static-cells.ts";

/** A request of a region, with the fewest facts under which it is in there. */
export function witnessOf(
  { region, cell }: Pick<MergedRegion, "region" | "cell">,
  space: StaticSpace,
  naming: Naming,
): Record<string, unknown> {
  const { data, with: joined, purpose, route } = firstOf(space.places, cell);
  const context = region.contextFor(purpose);
  const assignment = smallestWitness(context.space, region.where);
  if (assignment === null) throw new Error("There is a region without a request.");
  const { ages, subject, facts, consents, objections } = wireFacts(context, assignment);
  const piece = (place: DataPlace, age: number | null | undefined) =>
    age === null || age === undefined
      ? naming.nameOf("fields", place.field)
      : { field: naming.nameOf("fields", place.field), age };
  const precision = space.places.levels.askedFor(data, joined) ?? null;
  return {
    interaction: naming.nameOf("interactions", cell.interaction),
    operation: cell.operation,
    data: piece(data, ages?.data),
    ...(joined === null ? {} : { with: piece(joined, ages?.with) }),
    purpose: naming.nameOf("purposes", purpose),
    channel: naming.nameOf("channels", route.channel),
    ...(route.recipient === null ? {} : { recipient: naming.nameOf("recipients", route.recipient) }),
    ...(precision === null ? {} : { precision }),
    ...(Object.keys(subject).length === 0 ? {} : { subject }),
    ...(Object.keys(facts).length === 0 ? {} : { facts }),
    ...(consents === undefined ? {} : { consents }),
    ...(objections === undefined ? {} : { objections }),
  };
}

/** A request without what a model does not declare: facts, attributes, and consents to what it does not know. */
export function strippedFor(world: World, request: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result: Record<string, unknown> = { ...request };
  const only = (key: "subject" | "facts", prefix: string) => {
    if (request[key] === undefined) return;
    result[key] = Object.fromEntries(
      Object.entries(request[key] as object).filter(
        ([name]) => world.facts.has(prefix + name) || (prefix !== "" && name === "id"),
      ),
    );
  };
  only("subject", "subject.");
  only("facts", "");
  for (const key of ["consents", "objections"] as const) {
    const list = request[key] as readonly { readonly purpose: string; readonly channel: string }[] | undefined;
    if (list === undefined) continue;
    result[key] = list.filter(
      ({ purpose, channel }) =>
        (purpose === "any" || world.names.purposes.has(purpose)) &&
        (channel === "any" || world.names.channels.has(channel)),
    );
  }
  return result;
}
