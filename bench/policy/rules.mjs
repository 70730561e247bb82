import { categories, isSpecial, recipients, regions } from "./vocabulary.mjs";

/**
 * Rules as a privacy team writes them. A rule is
 * `{ name, effect, operations, data, for, on, to, under, when, unless, after, duties, told, because, except }`;
 * what it leaves out is absent. `when` and `unless` are lists of atoms that hold together, see atoms.mjs.
 */

/** Nine rules for an interaction, over its own three sources and the categories that they hold. */
export function interactionRules(dice, interaction, count) {
  const makers = [seenAllow, consented, guarded, recent, shared, exceptedAllow, remembered, explicitly, limited];
  return Array.from({ length: count }, (_, index) => {
    const make = makers[index % makers.length];
    return { name: `r${index + 1}_${make.name}`, ...make(dice, interaction) };
  });
}

/** Denials that hold in every interaction. The first is about all special data, the others about one source or field. */
export function globalRules(dice, sources, count) {
  return Array.from({ length: count }, (_, index) => ({
    name: `guardrail_${index + 1}`,
    effect: "deny",
    ...(index === 0
      ? { operations: ["disclose"], data: [{ kind: "special" }], to: ["household", "public"] }
      : guardrail(dice, dice.one(sources))),
    because: "What we promised to every customer.",
  }));
}

function guardrail(dice, source) {
  const field = { kind: "field", name: `${source.name}.${dice.one(source.fields).name}` };
  return dice.one([
    { operations: ["disclose"], data: [{ kind: "source", name: source.name }], to: ["partners", "public"] },
    { operations: ["use"], data: [field], for: ["advertising"], except: [{ when: [{ fact: "explicit" }] }] },
    { operations: ["use"], data: [field], when: [{ fact: "age", op: "<", value: 16 }] },
    {
      operations: ["collect"],
      data: [{ kind: "source", name: source.name }],
      when: [{ fact: "region", op: "=", value: "us" }],
    },
  ]);
}

const ownField = (dice, { sources }) => {
  const source = dice.one(sources);
  return { kind: "field", name: `${source.name}.${dice.one(source.fields).name}` };
};
const ownSource = (dice, { sources }) => ({ kind: "source", name: dice.one(sources).name });
/** A category that the interaction's sources hold, or the one above it. */
const ownCategory = (dice, { sources }) => {
  const { category } = dice.one(dice.one(sources).fields);
  return { kind: "category", name: dice.chance(0.4) ? categories.upwards(category).at(-1) : category };
};
const plainCategory = (dice, interaction) => {
  const found = ownCategory(dice, interaction);
  return isSpecial(found.name) ? { kind: "category", name: "preference" } : found;
};
const adult = (dice) => ({ fact: "age", op: ">=", value: dice.one([16, 18, 18, 21]) });
const somePurpose = (dice, { purposes }) => (dice.chance(0.5) ? { for: [dice.one(purposes)] } : {});
const someChannel = (dice, { channels }) => (dice.chance(0.4) ? { on: dice.some(channels, 2) } : {});

function seenAllow(dice, interaction) {
  return {
    effect: "allow",
    operations: ["disclose"],
    data: [ownSource(dice, interaction)],
    under: dice.one(["contract", "contract", "legitimate_interest"]),
    told: "We show you what you told us.",
  };
}
function consented(dice, interaction) {
  return {
    effect: "allow",
    operations: ["use", "disclose"],
    data: [plainCategory(dice, interaction), plainCategory(dice, interaction)],
    ...somePurpose(dice, interaction),
    under: "consent",
    when: [adult(dice)],
    duties: dice.chance(0.5) ? ["record_contact"] : [],
    told: "We use this because you agreed to it.",
  };
}
function guarded(dice, interaction) {
  return {
    effect: "deny",
    operations: ["use"],
    data: [ownCategory(dice, interaction)],
    ...someChannel(dice, interaction),
    when: dice.one([
      [{ fact: "age", op: "<", value: 18 }],
      [{ fact: "region", op: "=", value: dice.one(regions) }],
      [
        { fact: "member", not: true },
        { fact: "region", op: "in", value: ["eu", "uk"] },
      ],
    ]),
    because: "We do not do this to people whom it could harm.",
  };
}
function recent(dice, interaction) {
  return {
    effect: "allow",
    operations: ["use"],
    data: [ownSource(dice, interaction), ownField(dice, interaction)],
    under: "legitimate_interest",
    when: [{ fact: "dataAge", op: "<=", value: dice.one([30, 90, 365]) }],
    told: "We look at what you did lately.",
  };
}
function shared(dice, interaction) {
  return {
    effect: "deny",
    operations: ["disclose"],
    data: [ownSource(dice, interaction)],
    to: dice.some(recipients.names, 2),
    because: "It is not for them.",
    except: [
      { when: [{ fact: "consent" }] },
      ...(dice.chance(0.5) ? [{ for: [dice.one(interaction.purposes)], to: ["staff"] }] : []),
    ],
  };
}
function exceptedAllow(dice, interaction) {
  return {
    effect: "allow",
    operations: ["collect", "use", "disclose"],
    data: [ownSource(dice, interaction), plainCategory(dice, interaction)],
    ...someChannel(dice, interaction),
    under: "contract",
    unless: [{ fact: "region", op: "=", value: "other" }],
    except: [
      { on: [dice.one(interaction.channels)], when: [{ fact: "time", op: "between", value: ["20:00", "08:00"] }] },
    ],
  };
}
function remembered(dice, interaction) {
  return {
    effect: "allow",
    operations: ["disclose"],
    data: [ownField(dice, interaction)],
    to: ["customer", "staff"],
    under: "legitimate_interest",
    when: [{ any: [{ fact: "member" }, { fact: "dataAge", op: "<=", value: 30 }] }],
    told: "We remember this so that you need not repeat it.",
  };
}
function explicitly(dice, interaction) {
  return {
    effect: "allow",
    operations: ["use", "disclose"],
    data: [{ kind: "special" }],
    for: [dice.one(interaction.purposes)],
    under: "explicit consent",
    when: [adult(dice)],
  };
}
function limited(dice, interaction) {
  if (interaction.startedBy === "company") {
    return {
      effect: "deny",
      operations: ["use"],
      data: [{ kind: "any" }],
      after: { count: dice.one([1, 2, 3]), unit: "week" },
    };
  }
  return {
    effect: "deny",
    operations: ["disclose"],
    data: [{ kind: "any" }],
    to: ["public"],
    unless: [{ fact: "groupSize", op: ">=", value: 1000 }],
    because: "Only a crowd is ever described in public.",
  };
}
