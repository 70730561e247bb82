import { channelOf, channels, day, purposes, recipients, regions } from "./vocabulary.mjs";

/**
 * Requests as an application would send them: mostly about what the interaction's rules name, sometimes about something
 * else, now and then with a fact left out. Every one is an object of its own, as JSON.parse makes it.
 */
export function makeRequests(dice, { sources, interactions, flat }, count) {
  const byInteraction = grouped(flat.rules);
  const request = (_, index) => {
    const interaction = dice.one(interactions);
    const purpose = dice.chance(0.04) ? dice.one(purposes.names) : within(dice, purposes, interaction.purposes);
    const channel = dice.chance(0.03) ? dice.one(channels.names) : within(dice, channels, interaction.channels);
    const reached = recipients.names.filter((name) => recipients.narrow(name, channelOf(channel).reaches));
    const rules = byInteraction.get(interaction.name);
    const sent = {
      id: `r${index}`,
      interaction: interaction.name,
      operation: dice.one(["use", "use", "use", "disclose", "disclose", "disclose", "collect"]),
      data: dice.chance(0.1)
        ? [...new Set([someField(dice, rules, interaction, sources), someField(dice, rules, interaction, sources)])]
        : someField(dice, rules, interaction, sources),
      purpose,
      channel,
      ...(dice.chance(0.25) ? { recipient: dice.one(reached) } : {}),
      subject: known(dice, {
        id: () => `p-${dice.below(100_000)}`,
        age: () => (dice.chance(0.1) ? 8 + dice.below(10) : 18 + dice.below(70)),
        region: () => dice.one(["eu", "eu", "eu", ...regions]),
        member: () => dice.chance(0.5),
      }),
      facts: known(dice, {
        "data.age": () => dice.below(dice.one([20, 20, 60, 400])) * day + dice.below(day),
        local_time: () => time(dice.chance(0.85) ? 9 * 60 + dice.below(11 * 60) : dice.below(24 * 60)),
        group_size: () => (dice.chance(0.5) ? 1 : dice.below(3000) + 1),
        today: () => "2026-11-21",
      }),
      ...known(dice, {
        consents: () =>
          choices(dice, purpose, channel, 0.75).map((choice) => ({ ...choice, explicit: dice.chance(0.5) })),
        objections: () => choices(dice, purpose, channel, 0.06),
      }),
    };
    return JSON.parse(JSON.stringify(sent));
  };
  return Array.from({ length: count }, request);
}

function grouped(rules) {
  const groups = new Map();
  for (const rule of rules) {
    if (!groups.has(rule.interaction)) groups.set(rule.interaction, []);
    groups.get(rule.interaction).push(rule);
  }
  return groups;
}

function within(dice, tree, named) {
  return dice.one(tree.names.filter((name) => tree.narrow(name, named)));
}

function someField(dice, rules, interaction, sources) {
  if (dice.chance(0.8)) {
    const allows = rules.filter((rule) => rule.effect === "allow" && rule.fields.length > 0);
    if (allows.length > 0) return dice.one(dice.one(allows).fields);
  }
  const source = dice.chance(0.8) ? dice.one(interaction.sources) : dice.one(sources);
  return `${source.name}.${dice.one(source.fields).name}`;
}

/** Each entry, but a few are left out. */
function known(dice, makers) {
  return Object.fromEntries(
    Object.entries(makers).flatMap(([key, make]) => (dice.chance(0.03) ? [] : [[key, make()]])),
  );
}

function time(minutes) {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}

/** Up to four consents or objections; with the given probability one of them bears on the request. */
function choices(dice, purpose, channel, probability) {
  const others = Array.from({ length: dice.below(3) }, () => ({
    purpose: dice.one(purposes.names),
    channel: dice.one(channels.names),
  }));
  if (!dice.chance(probability)) return others;
  return [
    ...others,
    {
      purpose: dice.one([...purposes.upwards(purpose), purpose, purpose]),
      channel: dice.chance(0.3) ? "any" : dice.one(channels.upwards(channel)),
    },
  ];
}
