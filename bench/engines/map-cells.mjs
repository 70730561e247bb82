import { negated } from "../policy/atoms.mjs";
import { channels, day, purposes, routeKey } from "../policy/vocabulary.mjs";

/**
 * What hand-written guards share: the static part of a request becomes a string, and a Map leads from it to a cell, what
 * bears on it. A Map of every combination would be too large, so a cell is made when it is first asked for.
 *
 * @param rules flat ones
 * @param makeCell from the rules that bear on it, each with those of its exceptions that do, and whether that is inside the
 *   bounds of the interaction
 * @returns a function from a request and a field to its cell, undefined for names that are not declared
 */
export function mapCells({ interactions, fields }, rules, makeCell) {
  const boundsOf = new Map(interactions.map((interaction) => [interaction.name, interaction]));
  const declaredFields = new Set(fields);
  const byInteraction = new Map(interactions.map(({ name }) => [name, []]));
  const everywhere = [];
  for (const rule of rules) {
    const entry = { ...rule, fields: rule.fields && new Set(rule.fields) };
    (rule.interaction === null ? everywhere : byInteraction.get(rule.interaction)).push(entry);
  }
  const cells = new Map();

  function addCell(key, interaction, operation, field, purpose, route) {
    const bounds = boundsOf.get(interaction);
    if (bounds === undefined || !declaredFields.has(field)) return undefined;
    const isInside = bounds.purposes.includes(purpose) && bounds.routes.includes(route);
    const fits = (list, name) => list === null || list.includes(name);
    const selects = (rule) =>
      rule.operations.includes(operation) &&
      (rule.fields === null || rule.fields.has(field)) &&
      fits(rule.purposes, purpose) &&
      fits(rule.routes, route) &&
      rule.notStartedBy !== bounds.startedBy;
    const bearing = isInside ? [...byInteraction.get(interaction), ...everywhere].filter(selects) : [];
    const borne = bearing.map((rule) => ({
      rule,
      exceptions: rule.exceptions.filter((other) => fits(other.purposes, purpose) && fits(other.routes, route)),
    }));
    const cell = { ...makeCell(borne, isInside), reach: reachOf(purpose, route) };
    cells.set(key, cell);
    return cell;
  }

  return ({ interaction, operation, purpose, channel, recipient: named }, field) => {
    const recipient = named ?? "";
    const key = `${interaction}|${operation}|${field}|${purpose}|${channel}>${recipient}`;
    return cells.get(key) ?? addCell(key, interaction, operation, field, purpose, routeKey(channel, recipient));
  };
}

/** The facts of a request; what is not of its type is unknown. */
export function factsOf({ subject, facts, consents, objections }) {
  return {
    age: typeof subject?.age === "number" ? subject.age : Number.NaN,
    region: typeof subject?.region === "string" ? subject.region : undefined,
    member: typeof subject?.member === "boolean" ? subject.member : undefined,
    dataAge: typeof facts?.["data.age"] === "number" ? facts["data.age"] : Number.NaN,
    time: typeof facts?.local_time === "string" ? facts.local_time : undefined,
    groupSize: typeof facts?.group_size === "number" ? facts.group_size : Number.NaN,
    consents: Array.isArray(consents) ? consents : undefined,
    objections: Array.isArray(objections) ? objections : undefined,
  };
}

/** What a consent or an objection may name to bear on this purpose and channel. Made once for each pair. */
const reaches = new Map();
function reachOf(purpose, route) {
  const channel = route.slice(0, route.indexOf(">"));
  const key = `${purpose}|${channel}`;
  if (!reaches.has(key)) {
    const overlapping = (tree, name) => new Set([...tree.names.filter((other) => tree.wide(name, [other])), "any"]);
    reaches.set(key, {
      purpose,
      purposesAbove: new Set([...purposes.upwards(purpose), "any"]),
      channelsAbove: new Set([...channels.upwards(channel), "any"]),
      purposesNear: overlapping(purposes, purpose),
      channelsNear: overlapping(channels, channel),
    });
  }
  return reaches.get(key);
}

function hasConsent({ consents }, { purposesAbove, channelsAbove }) {
  if (consents === undefined) return undefined;
  for (const { purpose, channel } of consents)
    if (purposesAbove.has(purpose) && channelsAbove.has(channel)) return true;
  return false;
}
function hasExplicitConsent({ consents }, { purpose: asked, channelsAbove }) {
  if (consents === undefined) return undefined;
  for (const { purpose, channel, explicit } of consents) {
    if (explicit === true && purpose === asked && channelsAbove.has(channel)) return true;
  }
  return false;
}
function hasObjection({ objections }, { purposesNear, channelsNear }) {
  if (objections === undefined) return undefined;
  for (const { purpose, channel } of objections)
    if (purposesNear.has(purpose) && channelsNear.has(channel)) return true;
  return false;
}

const closures = new Map();
/** Whether a rule's condition is true. Rules that say the same share a function. */
export function holdsOf({ atoms }, exceptions) {
  return compiled(atoms.map(holds), exceptions, mayHold);
}
/** Whether it is not false. */
export function mayHoldOf({ atoms }, exceptions) {
  return compiled(atoms.map(mayHold), exceptions, holds);
}
function compiled(own, exceptions, inner) {
  const parts = [...own, ...exceptions.map(({ atoms }) => `!(${atoms.map(inner).join(" && ") || "true"})`)];
  const body = parts.join(" && ") || "true";
  if (!closures.has(body)) {
    const make = new Function("hasConsent", "hasExplicitConsent", "hasObjection", `return (facts, reach) => ${body};`);
    closures.set(body, make(hasConsent, hasExplicitConsent, hasObjection));
  }
  return closures.get(body);
}

const truths = {
  member: "facts.member",
  consent: "hasConsent(facts, reach)",
  explicit: "hasExplicitConsent(facts, reach)",
  objection: "hasObjection(facts, reach)",
};

/** JavaScript that is true where the atom is true. */
function holds(atom) {
  if (atom.any !== undefined) return `(${atom.any.map(holds).join(" || ")})`;
  const { fact, op, value, not } = atom;
  const name = `facts.${fact}`;
  if (op === undefined) return `${truths[fact]} === ${!not}`;
  if (op === "in") return `(${value.map((one) => `${name} === "${one}"`).join(" || ")})`;
  if (op === "not in") return `(${name} !== undefined && ${value.map((one) => `${name} !== "${one}"`).join(" && ")})`;
  if (op === "=") return `${name} === "${value}"`;
  if (op === "!=") return `(${name} !== undefined && ${name} !== "${value}")`;
  if (op === "between" || op === "outside") {
    const [from, to] = value;
    const [inside, outside] = from <= to ? ["&&", "||"] : ["||", "&&"];
    return op === "between"
      ? `(${name} >= "${from}" ${inside} ${name} <= "${to}")`
      : `(${name} < "${from}" ${outside} ${name} > "${to}")`;
  }
  return `${name} ${op} ${fact === "dataAge" ? value * day : value}`;
}

/** JavaScript that is true unless the atom is false. */
function mayHold(atom) {
  return atom.any === undefined ? `!(${holds(negated(atom))})` : `(${atom.any.map(mayHold).join(" || ")})`;
}
