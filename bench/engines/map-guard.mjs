import { negated } from "../policy/atoms.mjs";
import { channels, day, purposes, routeKey } from "../policy/vocabulary.mjs";

/**
 * What a good developer writes by hand in an afternoon: the static part of a request becomes a string, a Map leads from
 * it to the rules that bear on it, and each rule is a closure over the facts. Hierarchies are expanded before. A Map of
 * every combination would be too large, so an entry is made when it is first asked for. Conditions are plain
 * JavaScript, and rules that say the same share a closure. What is unknown helps no allow and stops no denial; whatever
 * throws denies.
 */
export function createMapGuard({ flat }) {
  const interactions = new Map(flat.interactions.map((interaction) => [interaction.name, interaction]));
  const declaredFields = new Set(flat.fields);
  const byInteraction = new Map(flat.interactions.map(({ name }) => [name, []]));
  const everywhere = [];
  for (const rule of flat.rules) {
    const entry = { ...rule, fields: rule.fields && new Set(rule.fields) };
    (rule.interaction === null ? everywhere : byInteraction.get(rule.interaction)).push(entry);
  }
  const cells = new Map();

  function makeCell(key, interaction, operation, field, purpose, route) {
    const bounds = interactions.get(interaction);
    if (bounds === undefined || !declaredFields.has(field)) return undefined;
    const cell = { denials: [], allows: [], reach: reachOf(purpose, route) };
    cells.set(key, cell);
    if (!bounds.purposes.includes(purpose) || !bounds.routes.includes(route)) return cell;
    const fits = (list, name) => list === null || list.includes(name);
    const selects = (rule) =>
      rule.operations.includes(operation) &&
      (rule.fields === null || rule.fields.has(field)) &&
      fits(rule.purposes, purpose) &&
      fits(rule.routes, route) &&
      rule.notStartedBy !== bounds.startedBy;
    for (const rule of [...byInteraction.get(interaction), ...everywhere].filter(selects)) {
      const exceptions = rule.exceptions.filter((other) => fits(other.purposes, purpose) && fits(other.routes, route));
      cell[rule.effect === "allow" ? "allows" : "denials"].push({ path: rule.path, test: closureOf(rule, exceptions) });
    }
    return cell;
  }

  function decideField(request, field, facts) {
    const { interaction, operation, purpose, channel } = request;
    const recipient = request.recipient ?? "";
    const key = `${interaction}|${operation}|${field}|${purpose}|${channel}>${recipient}`;
    const cell = cells.get(key) ?? makeCell(key, interaction, operation, field, purpose, routeKey(channel, recipient));
    if (cell === undefined) return { decision: "deny", rules: [] };
    const denied = applying(cell.denials, facts, cell.reach);
    if (denied.length > 0) return { decision: "deny", rules: denied };
    const allowed = applying(cell.allows, facts, cell.reach);
    return { decision: allowed.length > 0 ? "allow" : "deny", rules: allowed };
  }

  function decide(request) {
    try {
      const facts = factsOf(request);
      const { data } = request;
      if (typeof data === "string") return decideField(request, data, facts);
      const decisions = data.map((field) => decideField(request, field, facts));
      const denials = decisions.filter(({ decision }) => decision === "deny");
      const deciding = denials.length > 0 ? denials : decisions;
      return {
        decision: deciding.length > 0 ? deciding[0].decision : "deny",
        rules: [...new Set(deciding.flatMap(({ rules }) => rules))],
      };
    } catch {
      return { decision: "deny", rules: [] };
    }
  }
  return { decide: (request) => decide(request).decision, full: decide };
}

function applying(rules, facts, reach) {
  const paths = [];
  for (const { path, test } of rules) if (test(facts, reach)) paths.push(path);
  return paths;
}

function factsOf({ subject, facts, consents, objections }) {
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
function closureOf({ effect, atoms }, exceptions) {
  const [own, inner] = effect === "allow" ? [holds, mayHold] : [mayHold, holds];
  const parts = [
    ...atoms.map(own),
    ...exceptions.map((exception) => `!(${exception.atoms.map(inner).join(" && ") || "true"})`),
  ];
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
