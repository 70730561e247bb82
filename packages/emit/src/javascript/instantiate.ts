import type { Model } from "@scruple/model";
import { type Guard, guard } from "@scruple/runtime";
import { buildTables } from "./tables.ts";

/** The guard that `emitJavaScript` writes, at once and in this process. @throws Error as `buildTables` does. */
export function instantiate(model: Model): Guard {
  return guard(buildTables(model).tables);
}
