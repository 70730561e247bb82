import { nearest } from "@scruple/model";
import type { ErrorObject } from "ajv";
import { configSchema } from "./config-schema.ts";

/** One sentence for each thing that a configuration says wrong, in the words of its own keys. */
export function describeProblems(errors: readonly ErrorObject[]): string[] {
  return [...new Set(errors.map(describe))];
}

function describe(error: ErrorObject): string {
  const key = keyOf(error.instancePath);
  switch (error.keyword) {
    case "additionalProperties": {
      const unknown = String(error.params.additionalProperty);
      return `There is no key \`${unknown}\`.${nearest(unknown, Object.keys(configSchema.properties))}`;
    }
    case "enum": {
      const allowed = error.params.allowedValues as readonly string[];
      const given = typeof error.data === "string" ? `\`${error.data}\`` : JSON.stringify(error.data);
      const guess = typeof error.data === "string" ? nearest(error.data, allowed) : "";
      return `${key} cannot be ${given}; it is one of ${list(allowed)}.${guess}`;
    }
    case "type":
      return `${key} has to be ${withArticle(String(error.params.type))}.`;
    case "minItems":
    case "minLength":
      return `${key} is empty; leave it out for the default.`;
    case "uniqueItems":
      return `${key} names one thing twice.`;
    case "minimum":
      return `${key} is at least ${error.params.limit}.`;
    default:
      return `${key} ${error.message ?? "is not as the schema says"}.`;
  }
}

/** `/severity/untold` as people write it: `severity.untold`. */
function keyOf(pointer: string): string {
  if (pointer === "") return "The configuration";
  const parts = pointer.slice(1).split("/");
  return `\`${parts.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~")).join(".")}\``;
}

function list(values: readonly string[]): string {
  const quoted = values.map((value) => `\`${value}\``);
  return quoted.length === 1 ? quoted[0]! : `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}

function withArticle(type: string): string {
  if (type === "array") return "a list";
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}
