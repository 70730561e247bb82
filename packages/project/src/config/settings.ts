import { type ConfigFile, configSchema, type SeverityOption, type Target } from "./config-schema.ts";

/** What a project's scruple.json comes to, with what holds where it says nothing. */
export interface Settings {
  readonly include: readonly string[];
  /** As written; see `outFolder` for where that is. */
  readonly out: string;
  readonly targets: readonly Target[];
  readonly severity: Readonly<Record<string, SeverityOption>>;
  readonly leastGroupSize: number;
}

export function completed({ include, out, targets, severity, leastGroupSize }: ConfigFile): Settings {
  const { properties } = configSchema;
  return {
    include: include ?? properties.include.default,
    out: out ?? properties.out.default,
    targets: targets ?? properties.targets.default,
    severity: severity ?? properties.severity.default,
    leastGroupSize: leastGroupSize ?? properties.leastGroupSize.default,
  };
}
