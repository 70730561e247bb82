/** Who it is that measures, as OpenTelemetry asks it. */
export const scope = { name: "@scruple/telemetry", version: "0.1.0" } as const;
