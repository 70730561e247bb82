import { type Act, pieceAges, type World } from "@scruple/model";
import type { Situation } from "./tried-requests.ts";

/** A request as it is written. Of a single piece the age is among the facts. */
export function writtenRequest(world: World, act: Act, { facts, consents, objections }: Situation) {
  const { interaction, operation, field, with: joined, purpose, channel, recipients, level } = act;
  const given = [...facts].filter(([name]) => !Object.values<string>(pieceAges).includes(name));
  const [age, other] = [facts.get(pieceAges.data), facts.get(pieceAges.with)];
  const isPart = (name: string) => name.startsWith("subject.");
  const about = ({ purpose: to }: { readonly purpose: string | null }) => ({ purpose: to ?? "any", channel: "any" });
  const isWhole = recipients === world.channelOf.get(channel)!.reaches;
  return {
    interaction: world.interactions.get(interaction)!.name,
    operation,
    purpose,
    channel,
    precision: level,
    data: joined === null ? field : { field, age: age ?? null },
    with: joined === null ? null : { field: joined, age: other ?? null },
    recipient: isWhole ? null : recipients[0]!,
    subject: Object.fromEntries(
      given.filter(([name]) => isPart(name)).map(([name, value]) => [name.slice("subject.".length), value]),
    ),
    facts: {
      ...Object.fromEntries(given.filter(([name]) => !isPart(name))),
      ...(joined === null && age !== undefined ? { "data.age": age } : {}),
    },
    ...(consents === undefined ? {} : { consents: consents.map((one) => ({ ...about(one), explicit: one.explicit })) }),
    ...(objections === undefined ? {} : { objections: objections.map(about) }),
  };
}
