import type { Schema } from "@cfworker/json-schema";
import { CallError } from "../call-error.ts";
import { describeProblems } from "./config-problems.ts";
import { type ConfigFile, configSchema } from "./config-schema.ts";

/**
 * Reads the text of a scruple.json.
 *
 * @param path how messages name the file
 * @throws CallError where it is no JSON, or says what the schema does not know
 */
export async function parseConfig(text: string, path: string): Promise<ConfigFile> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (error) {
    throw new CallError(`\`${path}\` is not JSON: ${(error as Error).message}.`);
  }
  // Loaded where there is something to validate: others need not wait for it.
  const { Validator } = await import("@cfworker/json-schema");
  const { valid, errors } = new Validator(configSchema as unknown as Schema, "7", false).validate(value);
  if (!valid) {
    const [first, ...rest] = describeProblems(errors, value);
    throw new CallError([`\`${path}\`: ${first}`, ...rest.map((problem) => `  ${problem}`)].join("\n"));
  }
  return value as ConfigFile;
}
