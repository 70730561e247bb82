import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { configSchema } from "../dist/project/config-schema.js";

/** Writes `schema/scruple.schema.json`, which editors read; needs a build. */
export function generateSchema() {
  const path = join(import.meta.dirname, "../schema/scruple.schema.json");
  writeFileSync(path, `${JSON.stringify(configSchema, null, 2)}\n`);
}
