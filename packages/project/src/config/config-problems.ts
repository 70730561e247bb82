import type { OutputUnit } from "@cfworker/json-schema";
import { nearest } from "@scruple/model";
import { configSchema } from "./config-schema.ts";

/** Something that a configuration says wrong. */
interface Fault {
  /** The keys that lead to it. */
  readonly path: readonly string[];
  /** What is wrong with it, in the words of those keys. */
  readonly message: string;
}

/** What the schema says where it has a `pattern`. */
interface Patterned {
  readonly patternErrorMessage: string;
}

/** What a configuration says wrong, by what its validator says of it. */
export function faultsIn(errors: readonly OutputUnit[], config: unknown): Fault[] {
  return errors.flatMap((error) => {
    const path = partsOf(error.instanceLocation);
    const message = describe(error, path, config);
    return message === null ? [] : [{ path, message }];
  });
}

/** Null where an error only says that there is one further in, or that a key which there is has one. */
function describe({ keyword, keywordLocation }: OutputUnit, path: readonly string[], config: unknown): string | null {
  const key = path.length === 0 ? "The configuration" : `\`${path.join(".")}\``;
  const asked = at(configSchema, partsOf(keywordLocation));
  switch (keyword) {
    case "properties":
    case "items":
    case "additionalProperties":
      return null;
    case "false": {
      const unknown = path.at(-1) as string;
      if (Object.hasOwn(configSchema.properties, unknown)) return null;
      return `There is no key \`${unknown}\`.${nearest(unknown, Object.keys(configSchema.properties))}`;
    }
    case "enum": {
      const allowed = asked as readonly string[];
      const value = at(config, path);
      const given = typeof value === "string" ? `\`${value}\`` : JSON.stringify(value);
      const guess = typeof value === "string" ? nearest(value, allowed) : "";
      return `${key} cannot be ${given}; it is one of ${list(allowed)}.${guess}`;
    }
    case "type":
      return `${key} has to be ${withArticle(String(asked))}.`;
    case "pattern": {
      const { patternErrorMessage } = at(configSchema, partsOf(keywordLocation).slice(0, -1)) as Patterned;
      return `${key} cannot be \`${at(config, path)}\`. ${patternErrorMessage}`;
    }
    case "minItems":
    case "minLength":
      return `${key} is empty; leave it out for the default.`;
    case "uniqueItems":
      return `${key} names one thing twice.`;
    case "minimum":
      return `${key} is at least ${asked}.`;
    case "maximum":
      return `${key} is at most ${asked}.`;
    default:
      return `${key} is not as the schema says.`;
  }
}

/** `#/severity/untold`, which is written as in a URI, as the keys that lead there. */
function partsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"));
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce((inside, key) => (inside as Readonly<Record<string, unknown>>)[key], value);
}

function list(values: readonly string[]): string {
  const quoted = values.map((value) => `\`${value}\``);
  return quoted.length === 1 ? quoted[0]! : `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}

function withArticle(type: string): string {
  if (type === "array") return "a list";
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}
