import { negated } from "../policy/atoms.mjs";
import { day, regions } from "../policy/vocabulary.mjs";
import { minutesOf } from "./context.mjs";

/**
 * A flat rule's condition as an expression that every peer can say, over the attributes of context.mjs: `{ all: […] }`,
 * `{ any: […] }`, `{ not }`, `{ attribute, op, value }`. A comparison with an absent attribute is false, so what an
 * allow needs is asked as it is, and what a denial needs is asked by its opposite and turned round: what is unknown
 * helps no allow and stops no denial.
 */
export function conditionOf(rule) {
  const [own, inner] = rule.effect === "allow" ? [holds, mayHold] : [mayHold, holds];
  const parts = [...rule.atoms.map(own)];
  if (rule.notStartedBy !== null) parts.push({ not: { attribute: "startedBy", op: "=", value: rule.notStartedBy } });
  for (const { purposes, routes, atoms } of rule.exceptions) {
    parts.push({ not: all([...selection(purposes, routes), ...atoms.map(inner)]) });
  }
  return parts;
}

/** The static part that is not the data: `[]` where it selects all. For an allow, within its interaction's bounds. */
export function selectionOf(rule, interactions) {
  const bounds = rule.effect === "allow" ? interactions.get(rule.interaction) : undefined;
  const both = (list, bound) =>
    bound === undefined ? list : list === null ? bound : list.filter((name) => bound.includes(name));
  return selection(both(rule.purposes, bounds?.purposes), both(rule.routes, bounds?.routes));
}

function selection(purposes, routes) {
  return [
    ...(purposes === null ? [] : [{ attribute: "purpose", op: "in", value: purposes }]),
    ...(routes === null ? [] : [{ attribute: "route", op: "in", value: routes }]),
  ];
}

export function all(parts) {
  return parts.length === 1 ? parts[0] : { all: parts };
}

const regionsBut = (named) => regions.filter((region) => !named.includes(region));

/** True where the atom is true. */
function holds(atom) {
  if (atom.any !== undefined) return { any: atom.any.map(holds) };
  const { fact, op, value, not } = atom;
  if (op === undefined) return { attribute: fact, op: "=", value: !not };
  const compare = (operator, operand) => ({ attribute: fact, op: operator, value: operand });
  if (fact === "dataAge") return compare(op, value * day);
  if (op === "!=") return compare("in", regionsBut([value]));
  if (op === "not in") return compare("in", regionsBut(value));
  if (op === "between" || op === "outside") {
    const [from, to] = value.map(minutesOf);
    const inside = { [from <= to ? "all" : "any"]: [compare(">=", from), compare("<=", to)] };
    const outside = { [from <= to ? "any" : "all"]: [compare("<", from), compare(">", to)] };
    return op === "between" ? inside : outside;
  }
  return compare(op, value);
}

/** True unless the atom is false. */
function mayHold(atom) {
  if (atom.any !== undefined) return { any: atom.any.map(mayHold) };
  return { not: holds(negated(atom)) };
}
