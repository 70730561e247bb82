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
  // Loaded where there is something to validate: most of the command's start would otherwise be spent here.
  const { Ajv } = await import("ajv");
  const ajv = new Ajv({ allErrors: true, strict: false, verbose: true });
  const validate = ajv.compile<ConfigFile>(configSchema);
  if (!validate(value)) {
    const problems = describeProblems(validate.errors ?? []);
    const [first, ...rest] = problems;
    throw new CallError([`\`${path}\`: ${first}`, ...rest.map((problem) => `  ${problem}`)].join("\n"));
  }
  return value;
}
