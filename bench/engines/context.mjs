import { channels, purposes, routeKey } from "../policy/vocabulary.mjs";

/**
 * What every peer is handed instead of the request: flat attributes, each absent where it is unknown. None of the peers
 * knows consents or hierarchies of purposes, so an application has to look them up before it asks; this is that
 * look-up, with all hierarchies expanded once.
 */
export function contextReader({ interactions }) {
  const startedBy = new Map(interactions.map(({ name, startedBy: who }) => [name, who]));
  const purposeCovers = new Map(purposes.names.map((name) => [name, new Set([...purposes.upwards(name), "any"])]));
  const channelCovers = new Map(channels.names.map((name) => [name, new Set([...channels.upwards(name), "any"])]));
  const purposeOverlaps = overlaps(purposes);
  const channelOverlaps = overlaps(channels);

  return (request) => {
    const { purpose, channel, subject, facts, consents, objections } = request;
    const context = {
      interaction: request.interaction,
      startedBy: startedBy.get(request.interaction),
      operation: request.operation,
      purpose,
      route: routeKey(channel, request.recipient),
    };
    if (typeof subject?.age === "number") context.age = subject.age;
    if (typeof subject?.region === "string") context.region = subject.region;
    if (typeof subject?.member === "boolean") context.member = subject.member;
    if (typeof facts?.["data.age"] === "number") context.dataAge = facts["data.age"];
    if (typeof facts?.local_time === "string") context.time = minutesOf(facts.local_time);
    if (typeof facts?.group_size === "number") context.groupSize = facts.group_size;
    if (Array.isArray(consents)) {
      const above = channelCovers.get(channel);
      const covering = purposeCovers.get(purpose);
      context.consent = consents.some((given) => above.has(given.channel) && covering.has(given.purpose));
      context.explicit = consents.some(
        (given) => given.explicit === true && given.purpose === purpose && above.has(given.channel),
      );
    }
    if (Array.isArray(objections)) {
      const ways = channelOverlaps.get(channel);
      const ends = purposeOverlaps.get(purpose);
      context.objection = objections.some((made) => ways.has(made.channel) && ends.has(made.purpose));
    }
    return context;
  };
}

function overlaps(tree) {
  return new Map(
    tree.names.map((name) => [name, new Set([...tree.names.filter((other) => tree.wide(name, [other])), "any"])]),
  );
}

/** Minutes since midnight. */
export function minutesOf(time) {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** The fields that a request names; all of them have to be allowed. */
export function fieldsOf({ data }) {
  return typeof data === "string" ? [data] : data;
}
