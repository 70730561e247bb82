/** Three-valued logic by Kleene's strong tables (Introduction to Metamathematics, 1952, §64). */
export type Kleene = true | false | "unknown";

export function and(values: Iterable<Kleene>): Kleene {
  let result: Kleene = true;
  for (const value of values) {
    if (value === false) return false;
    if (value === "unknown") result = "unknown";
  }
  return result;
}

export function not(value: Kleene): Kleene {
  return value === "unknown" ? "unknown" : !value;
}

export function or(values: Iterable<Kleene>): Kleene {
  return not(and([...values].map(not)));
}
