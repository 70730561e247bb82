import { configSchema } from "./config-schema.ts";

/** What `schema/scruple.schema.json` holds: the schema as JSON, laid out as Biome leaves it. */
export function configSchemaText(): string {
  const text = JSON.stringify(configSchema, null, 2);
  const compact = text.replace(/\[\n\s+([^[\]{}]*?)\n\s+\]/g, (_list, items: string) => {
    return `[${items.split(/,\n\s+/).join(", ")}]`;
  });
  return `${compact}\n`;
}
