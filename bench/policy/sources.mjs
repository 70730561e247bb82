import { categories, isSpecial, purposes } from "./vocabulary.mjs";

const nouns = (
  "bookings orders complaints sessions trips payments profiles visits calls reviews baskets searches streams claims " +
  "letters chats surveys refunds returns subscriptions"
).split(" ");
const places = "web shop store airport lounge desk app partner club card fleet depot hotel park studio".split(" ");
const origins = ["provided", "observed", "observed", "provided", "third_party", "public"];

/** Sources with four fields each; every fifth is derived from one of those before it. */
export function makeSources(dice, rules) {
  const count = Math.max(4, Math.min(200, Math.round(Math.sqrt(rules) * 2)));
  const plain = categories.leaves.filter(
    (category) => !isSpecial(category) && !categories.within(category, ["inferred"]),
  );
  const sensitive = categories.leaves.filter(isSpecial);
  const inferred = ["segment", "prediction"];
  const sources = [];
  for (let index = 0; index < count; index++) {
    const derived = index % 5 === 4;
    const words = derived ? [...inferred, ...dice.some(plain, 2)] : dice.some(plain, 3);
    if (!derived) words.push(dice.chance(0.3) ? dice.one(sensitive) : dice.one(plain));
    const name = `${places[index % places.length]}_${nouns[index % nouns.length]}${derived ? "_scores" : ""}_${index}`;
    const bases = sources.filter((source) => source.origin !== "derived");
    sources.push({
      name,
      origin: derived ? "derived" : origins[index % origins.length],
      derivedFrom: derived ? derivation(dice, dice.one(bases)) : [],
      collectedFor: [dice.one(purposes.names)],
      keep: dice.chance(0.4)
        ? { days: dice.one([90, 365, 730, 1095]), exceptFor: dice.chance(0.5) ? ["security"] : [] }
        : null,
      fields: words.map((category, at) => ({ name: `${category}_${at}`, category })),
    });
  }
  return sources;
}

function derivation(dice, base) {
  return dice.chance(0.5)
    ? [{ kind: "source", name: base.name }]
    : [{ kind: "field", name: `${base.name}.${dice.one(base.fields).name}` }];
}
