import { type OutputUnit, type Schema, Validator } from "@cfworker/json-schema";
import { faultsIn } from "./config-problems.ts";
import { type ConfigFile, configSchema } from "./config-schema.ts";

/** What a scruple.json says, as far as it is right, and what is wrong with it. */
export interface CheckedConfig {
  readonly config: ConfigFile;
  /** A sentence each. */
  readonly problems: readonly string[];
}

const validator = new Validator(configSchema as unknown as Schema, "7", false);

/** Holds what a scruple.json says, as JSON, to the schema. What is wrong is left out: an entry, or all of a key that is not as it has to be. */
export function checkConfig(value: unknown): CheckedConfig {
  const errors = errorsIn(value);
  if (errors === null) return { config: {}, problems: ["A key of the configuration has half a character in it."] };
  if (errors.length === 0) return { config: value as ConfigFile, problems: [] };
  const faults = faultsIn(errors, value);
  if (faults.length === 0) return { config: {}, problems: ["The configuration is not as its schema says."] };
  // What is not to be found cannot be left out by itself, and would be told of what is left for ever.
  const places = faults.map(({ path }) => (isIn(value, path) ? path : []));
  // What is left may be too little, such as a list of nothing.
  const { config } = checkConfig(without(value, places));
  return { config, problems: [...new Set(faults.map(({ message }) => message))] };
}

/** Null where the validator cannot say where something is: a place is a URI to it, which half of a surrogate pair is nothing for. */
function errorsIn(value: unknown): OutputUnit[] | null {
  try {
    return validator.validate(value).errors;
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

function isIn(value: unknown, [key, ...further]: readonly string[]): boolean {
  if (key === undefined) return true;
  return (
    typeof value === "object" && value !== null && Object.hasOwn(value, key) && isIn(Reflect.get(value, key), further)
  );
}

/** A value without what is at some places in it; an object of nothing for a value that is wrong itself. */
function without(value: unknown, places: readonly (readonly string[])[]): unknown {
  if (places.some((path) => path.length === 0)) return {};
  if (places.length === 0 || typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).flatMap(([key, inside]) => {
    const own = places.filter(([first]) => first === key).map((path) => path.slice(1));
    return own.some((path) => path.length === 0) ? [] : [[key, without(inside, own)] as const];
  });
  return Array.isArray(value) ? kept.map(([, inside]) => inside) : Object.fromEntries(kept);
}
