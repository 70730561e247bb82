import { basisAtoms, negated } from "./atoms.mjs";
import { categories, channelOf, channels, isSpecial, purposes, recipients, routes } from "./vocabulary.mjs";

/**
 * The same rules with every hierarchy expanded: what any engine can be told. A flat rule is `{ path, interaction,
 * effect, operations, refs, fields, purposes, routes, notStartedBy, atoms, exceptions }`. Null selects all: `any` is a
 * word of denials alone here. `refs` are the data as named, each with the fields that it comes to in this rule's
 * reading; `fields` are all of them. An allow holds where all atoms are true and no exception that fits may be true; a
 * denial holds where no atom is false and no exception that fits is true. What else a rule says (`under`, `after`, `duties`,
 * `told`, `because`) is as it was. Limits, which a request alone cannot exceed, stand apart, in `limits`.
 */
export function flatten({ sources, interactions, guardrails }) {
  const fields = sources.flatMap((source) =>
    source.fields.map((field) => ({ id: `${source.name}.${field.name}`, source, ...field })),
  );
  const refFields = memoized((ref, reading) =>
    reading === "narrow" ? narrowFields(fields, ref) : wideFields(fields, ref),
  );
  const rules = [...impliedRules(sources, fields), ...guardrails.map((rule) => flatRule(rule, null, refFields))];
  const limits = [];
  for (const interaction of interactions) {
    for (const rule of interaction.rules) (rule.after ? limits : rules).push(flatRule(rule, interaction, refFields));
  }
  return {
    rules,
    limits,
    fields: fields.map(({ id }) => id),
    interactions: interactions.map(({ name, startedBy, purposes: named, channels: on }) => ({
      name,
      startedBy,
      purposes: purposes.names.filter((purpose) => purposes.narrow(purpose, named)),
      routes: routes.filter(({ channel }) => channels.narrow(channel, on)).map(({ key }) => key),
    })),
  };
}

function flatRule(rule, interaction, refFields) {
  const reading = rule.effect === "allow" ? "narrow" : "wide";
  const opposite = rule.effect === "allow" ? "wide" : "narrow";
  const refs = rule.data.map((ref) => ({ key: `${reading}:${refKey(ref)}`, fields: refFields(ref, reading) }));
  const { under, after, duties, told, because } = rule;
  return {
    path: interaction === null ? rule.name : `${interaction.name}.${rule.name}`,
    interaction: interaction?.name ?? null,
    effect: rule.effect,
    operations: operationsOf(rule),
    refs,
    fields: rule.data.some((ref) => ref.kind === "any") ? null : [...new Set(refs.flatMap((ref) => ref.fields))],
    ...selection(rule, reading),
    notStartedBy: null,
    atoms: atomsOf(rule),
    exceptions: (rule.except ?? []).map((exception) => ({
      ...selection(exception, opposite),
      atoms: atomsOf(exception),
    })),
    ...{ under, after, duties, told, because },
  };
}

/** Who may disclose may use; who may not use may not disclose. */
function operationsOf({ effect, operations }) {
  if (effect === "allow" && operations.includes("disclose")) return [...new Set([...operations, "use"])];
  if (effect === "deny" && operations.includes("use")) return [...new Set([...operations, "disclose"])];
  return operations;
}

function atomsOf(rule) {
  return [...basisAtoms(rule.under), ...(rule.when ?? []), ...(rule.unless ?? []).map(negated)];
}

function selection(rule, reading) {
  const reached = (names) => (recipient) => recipients[reading](recipient, names);
  const toRoute = ({ channel, reached: all }) =>
    channels[reading](channel, rule.on ?? null) &&
    (rule.to === undefined || (reading === "narrow" ? all.every(reached(rule.to)) : all.some(reached(rule.to))));
  return {
    purposes: rule.for ? purposes.names.filter((purpose) => purposes[reading](purpose, rule.for)) : null,
    routes: rule.on || rule.to ? routes.filter(toRoute).map(({ key }) => key) : null,
  };
}

const refKey = (ref) => (ref.name === undefined ? ref.kind : `${ref.kind}:${ref.name}`);

function memoized(compute) {
  const known = new Map();
  return (ref, reading) => {
    const key = `${reading}:${refKey(ref)}`;
    if (!known.has(key)) known.set(key, compute(ref, reading));
    return known.get(key);
  };
}

/** Special fields are covered by their own name, their category or `special` alone. */
function narrowFields(fields, { kind, name }) {
  const selects = {
    field: ({ id }) => id === name,
    source: ({ source, category }) => source.name === name && !isSpecial(category),
    any: ({ category }) => !isSpecial(category),
    special: ({ category }) => isSpecial(category),
    category: ({ category }) => categories.within(category, [name]),
  }[kind];
  return fields.filter(selects).map(({ id }) => id);
}

/** A denial reaches what is derived from what it names, too. Sources are derived from base sources only. */
function wideFields(fields, { kind, name }) {
  const named = {
    field: ({ id }) => id === name,
    source: ({ source }) => source.name === name,
    any: () => true,
    special: ({ category }) => isSpecial(category),
    category: ({ category }) => categories.within(category, [name]),
  }[kind];
  const direct = new Set(fields.filter(named).map(({ id }) => id));
  const from = ({ source }) =>
    source.derivedFrom.some((ref) =>
      ref.kind === "field"
        ? direct.has(ref.name)
        : fields.some((field) => field.source.name === ref.name && direct.has(field.id)),
    );
  return fields.filter((field) => direct.has(field.id) || from(field)).map(({ id }) => id);
}

/** Quiet channels and old data count as denials, named after what declares them. */
function impliedRules(sources, fields) {
  const denial = { interaction: null, effect: "deny", routes: null, notStartedBy: null, exceptions: [] };
  const except = (names) =>
    names.length === 0 ? null : purposes.names.filter((purpose) => !purposes.narrow(purpose, names));
  const quiet = channels.names.flatMap((name) => {
    const { quiet: hours } = channelOf(name);
    if (hours === null) return [];
    return {
      ...denial,
      path: `${name}.quiet`,
      quiet: [minutesOf(hours.from), minutesOf(hours.to)],
      because: `\`${name}\` is quiet from ${hours.from} to ${hours.to}.`,
      operations: ["collect", "use", "disclose"],
      refs: [],
      fields: null,
      purposes: except(hours.exceptFor),
      routes: routes.filter(({ channel }) => channels.within(channel, [name])).map(({ key }) => key),
      notStartedBy: "customer",
      atoms: [{ fact: "time", op: "between", value: [hours.from, hours.to] }],
    };
  });
  const kept = sources.flatMap((source) => {
    if (source.keep === null) return [];
    const own = fields.filter((field) => field.source === source).map(({ id }) => id);
    return {
      ...denial,
      path: `${source.name}.keep`,
      because: `\`${source.name}\` may be kept for ${age(source.keep.days)} at most, and this is older or of unknown age.`,
      operations: ["use", "disclose"],
      refs: [{ key: `kept:${source.name}`, fields: own }],
      fields: own,
      purposes: except(source.keep.exceptFor),
      atoms: [{ fact: "dataAge", op: ">", value: source.keep.days }],
    };
  });
  return [...quiet, ...kept];
}

function minutesOf(time) {
  const [hours, minutes] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** Days as years or months, where they are. */
function age(days) {
  const [count, unit] =
    days % 365 === 0 ? [days / 365, "year"] : days % 30 === 0 ? [days / 30, "month"] : [days, "day"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
