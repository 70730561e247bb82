import { type Request, readRequest, selectsChannel, selectsPurpose, type World } from "@scruple/model";

/** A request that rules are asked about; null for one with an error, or outside the bounds of its interaction. */
export function readInBounds(world: World, raw: unknown): Request | null {
  const request = readRequest(world, raw);
  if (!("pieces" in request)) return null;
  const { purposes, channels } = world.interactions.get(request.interaction)!;
  const isInBounds =
    selectsPurpose(world, purposes, request.purpose, "narrow") &&
    selectsChannel(world, channels, request.channel, "narrow");
  return isInBounds ? request : null;
}
