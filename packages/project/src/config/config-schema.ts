import { includePattern, includePatternHint } from "./include-pattern.ts";

/** The targets that `build` can write. */
export const targets = ["javascript", "json"] as const;
export type Target = (typeof targets)[number];

export const severities = ["off", "hint", "info", "warning", "error"] as const;
export type SeverityOption = (typeof severities)[number];

/** What scruple.json may say, all of it optional. */
export interface ConfigFile {
  readonly $schema?: string;
  readonly include?: readonly string[];
  readonly out?: string;
  readonly targets?: readonly Target[];
  readonly severity?: Readonly<Record<string, SeverityOption>>;
  readonly leastGroupSize?: number;
}

/** The JSON Schema of scruple.json, published as `schema/scruple.schema.json`. */
export const configSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "A Scruple project",
  description: "Where a project's policies are, what is built from them, and how strictly they are checked.",
  type: "object",
  additionalProperties: false,
  properties: {
    $schema: { type: "string", description: "Where editors find this schema." },
    include: {
      description: "Globs for the project's policy files, relative to the folder of scruple.json.",
      type: "array",
      items: { type: "string", minLength: 1, pattern: includePattern, patternErrorMessage: includePatternHint },
      minItems: 1,
      default: ["**/*.scruple"],
    },
    out: {
      description: "The folder that `scruple build` writes to, relative to the folder of scruple.json.",
      type: "string",
      minLength: 1,
      pattern: "^(?:[^\\u0000]*[^\\s\\u0000][^\\u0000]*)?$",
      patternErrorMessage: "It has to name a folder; no folder's name has a NUL in it.",
      default: "generated",
    },
    targets: {
      description: "What `scruple build` writes for each policy that declares an interaction.",
      type: "array",
      items: {
        enum: targets,
        enumDescriptions: ["A guard as an ES module, with types and a source map.", "The decision model as JSON."],
      },
      minItems: 1,
      uniqueItems: true,
      default: ["javascript", "json"],
    },
    severity: {
      description: "How grave a diagnostic is, by its code (`SCR5011`) or its name (`untold`).",
      type: "object",
      additionalProperties: { enum: severities },
      default: {},
    },
    leastGroupSize: {
      description:
        "How many people data has to describe together before a disclosure to the public singles out nobody.",
      type: "integer",
      minimum: 1,
      maximum: Number.MAX_SAFE_INTEGER,
      default: 1000,
    },
  },
} as const;
