import { factsIn } from "../policy/atoms.mjs";
import { factsOf, holdsOf, mapCells, mayHoldOf } from "./map-cells.mjs";

/**
 * The hand-written guard grown up: all that a guard of Scruple answers, with reasons, duties, limits, the facts that are
 * missing and when to try again. Lists are made by walking over the rules of a cell once; a list of one name is the rule's
 * own, and nothing is sorted that has one element.
 */
export function createWholeMapGuard({ flat }) {
  const cellOf = mapCells(flat, [...flat.rules, ...flat.limits], (borne, isInside) => ({
    because: [isInside ? "No rule allows this." : "The interaction is not for this purpose on this channel."],
    rules: borne.map(({ rule, exceptions }) => ({
      effect: rule.after ? "limit" : rule.effect,
      quiet: rule.quiet,
      rules: [rule.path],
      because: listOf(rule.because),
      told: listOf(rule.told),
      basis: listOf(rule.under),
      duties: (rule.duties ?? []).map((name) => ({ name, arguments: {} })),
      limits: rule.after ? [{ rule: rule.path, count: rule.after.count, per: 604_800, by: "subject" }] : [],
      holds: holdsOf(rule, exceptions),
      mayHold: mayHoldOf(rule, exceptions),
      facts: factsIn([...rule.atoms, ...exceptions.flatMap(({ atoms }) => atoms)]),
    })),
  }));

  function decideField(request, field, facts) {
    const cell = cellOf(request, field);
    if (cell === undefined) throw new Error(`There is no field ${field}.`);
    const { rules, reach } = cell;
    const allows = [];
    const denials = [];
    const possible = [];
    for (const rule of rules) {
      if (!rule.mayHold(facts, reach)) continue;
      possible.push(rule);
      if (rule.effect === "deny") denials.push(rule);
      else if (rule.effect === "allow" && rule.holds(facts, reach)) allows.push(rule);
    }
    if (denials.length === 0 && allows.length > 0) return allowed(allows, possible);
    const unknown = possible.filter((rule) => !rule.holds(facts, reach));
    const missing = sorted(unknown.flatMap((rule) => rule.facts.filter((fact) => isUnknown[fact](facts))));
    if (denials.length === 0) return denied(none, cell.because, missing, undefined);
    const isQuiet = allows.length > 0 && denials.every(({ quiet }) => quiet);
    const quiets = isQuiet ? rules.flatMap(({ quiet }) => (quiet ? [quiet] : [])) : undefined;
    return denied(union(denials, "rules"), union(denials, "because"), missing, quiets);
  }

  function decideAll(request, facts) {
    const decisions = request.data.map((field) => decideField(request, field, facts));
    const denials = decisions.filter(({ decision }) => decision === "deny");
    if (denials.length === 0) return allowed(decisions, decisions);
    const isQuiet = denials.every(({ quiets }) => quiets);
    const quiets = isQuiet ? denials.flatMap((one) => one.quiets) : undefined;
    return denied(union(denials, "rules"), union(denials, "because"), union(denials, "missing"), quiets);
  }

  function decide(request) {
    try {
      const facts = factsOf(request);
      const { data } = request;
      const decided = typeof data === "string" ? decideField(request, data, facts) : decideAll(request, facts);
      return answer(request, decided, facts.time, none);
    } catch (error) {
      return answer(request, denied(none, none, none, undefined), undefined, [error.message]);
    }
  }
  return { decide: (request) => decide(request).decision, full: decide };
}

const none = [];

function answer(request, decided, time, errors) {
  return {
    id: request.id ?? null,
    decision: decided.decision,
    rules: decided.rules,
    because: decided.because,
    told: decided.told,
    basis: decided.basis,
    duties: decided.duties,
    limits: decided.limits,
    missing: decided.missing,
    precision: null,
    retryAfter: decided.quiets === undefined || time === undefined ? null : secondsUntilHeard(decided.quiets, time),
    model: "by hand",
    errors,
  };
}

function allowed(allows, possible) {
  return {
    decision: "allow",
    rules: union(allows, "rules"),
    because: union(allows, "because"),
    told: union(allows, "told"),
    basis: union(allows, "basis"),
    duties: union(possible, "duties", nameOf),
    limits: union(possible, "limits", ruleOf),
    missing: none,
    quiets: undefined,
  };
}

function denied(rules, because, missing, quiets) {
  const decision = "deny";
  return { decision, rules, because, told: none, basis: none, duties: none, limits: none, missing, quiets };
}

const itself = (item) => item;
const nameOf = ({ name }) => name;
const ruleOf = ({ rule }) => rule;

/** What is in any of the lists, sorted, each once. */
function union(from, list, keyOf = itself) {
  if (from.length === 1) return from[0][list];
  const items = [];
  for (const one of from) for (const item of one[list]) items.push(item);
  return sorted(items, keyOf);
}
function sorted(items, keyOf = itself) {
  if (items.length < 2) return items;
  const byKey = new Map();
  for (const item of items) byKey.set(keyOf(item), item);
  return [...byKey.keys()].sort().map((key) => byKey.get(key));
}

/** Minute by minute, to the first that is in no quiet time. */
function secondsUntilHeard(quiets, time) {
  const [hours, minutes] = time.split(":").map(Number);
  for (let wait = 1; wait < 1_440; wait++) {
    const then = (hours * 60 + minutes + wait) % 1_440;
    const isQuiet = ([from, to]) => (from <= to ? then >= from && then <= to : then >= from || then <= to);
    if (!quiets.some(isQuiet)) return wait * 60;
  }
  return null;
}

const listOf = (text) => (text === undefined ? [] : [text]);

const isUnknown = {
  "subject.age": ({ age }) => Number.isNaN(age),
  "subject.region": ({ region }) => region === undefined,
  "subject.member": ({ member }) => member === undefined,
  "data.age": ({ dataAge }) => Number.isNaN(dataAge),
  local_time: ({ time }) => time === undefined,
  group_size: ({ groupSize }) => Number.isNaN(groupSize),
  consents: ({ consents }) => consents === undefined,
  objections: ({ objections }) => objections === undefined,
};
