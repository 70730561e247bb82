/**
 * What conditions are made of. An atom is `{ fact }` for a truth value (`not: true` turns it round), `{ fact, op, value
 * }` for a comparison, or `{ any: [atom, …] }`. Facts: `age`, `region`, `member`, `dataAge` (days here, seconds in
 * requests), `time` (HH:MM; a range may wrap past midnight), `groupSize`, and for the request's own purpose and channel
 * `consent`, `explicit` and `objection`.
 */

const opposites = {
  "<": ">=",
  ">=": "<",
  "<=": ">",
  ">": "<=",
  "=": "!=",
  "!=": "=",
  in: "not in",
  "not in": "in",
  between: "outside",
  outside: "between",
};

/** The atom that is true where this one is false, and unknown where it is unknown. */
export function negated(atom) {
  if (atom.any !== undefined) throw new Error("An `unless` of the benchmark's policies has single atoms only.");
  return atom.op === undefined ? { ...atom, not: !atom.not } : { ...atom, op: opposites[atom.op] };
}

/** The atoms that a legal basis adds. */
export function basisAtoms(basis) {
  if (basis === "consent") return [{ fact: "consent" }, { fact: "objection", not: true }];
  if (basis === "explicit consent") return [{ fact: "explicit" }, { fact: "objection", not: true }];
  if (basis === "legitimate_interest") return [{ fact: "objection", not: true }];
  return [];
}

const words = {
  age: "subject.age",
  region: "subject.region",
  member: "subject.member",
  dataAge: "data.age",
  time: "local_time",
  groupSize: "group_size",
  consent: "consent",
  explicit: "explicit consent",
  objection: "objection",
};

/** The facts in conditions, as a decision names those that are missing. */
export function factsIn(atoms) {
  const names = { ...words, consent: "consents", explicit: "consents", objection: "objections" };
  return [...new Set(atoms.flatMap((atom) => (atom.any ? factsIn(atom.any) : [names[atom.fact]])))];
}

/** The atom as the policy writes it. */
export function atomText(atom) {
  if (atom.any !== undefined) return `(${atom.any.map(atomText).join(" or ")})`;
  const { fact, op, value, not } = atom;
  if (op === undefined) return `${not ? "not " : ""}${words[fact]}`;
  if (op === "between") return `${words[fact]} in ${value[0]}..${value[1]}`;
  if (op === "in") return `${words[fact]} in {${value.join(", ")}}`;
  return `${words[fact]} ${op} ${value}${fact === "dataAge" ? ` day${value === 1 ? "" : "s"}` : ""}`;
}

export function conditionText(atoms) {
  return atoms.map(atomText).join(" and ");
}
