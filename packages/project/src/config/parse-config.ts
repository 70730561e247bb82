import { CallError } from "../call-error.ts";
import type { ConfigFile } from "./config-schema.ts";

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
  const { checkConfig } = await import("./check-config.ts");
  const { config, problems } = checkConfig(value);
  const [first, ...rest] = problems;
  if (first === undefined) return config;
  throw new CallError([`\`${path}\`: ${first}`, ...rest.map((problem) => `  ${problem}`)].join("\n"));
}
