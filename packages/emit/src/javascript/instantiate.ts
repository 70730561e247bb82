import type { Model } from "@scruple/model";
import { type CompiledConditions, type Guard, guard } from "@scruple/runtime";
import { buildTables } from "./tables.ts";

/**
 * The guard that `emitJavaScript` writes, at once and in this process. Its conditions are the same code, made from text
 * here, which not every host allows; the module needs no such thing.
 *
 * @throws Error as `buildTables` does
 */
export function instantiate(model: Model): Guard {
  const { tables, conditions } = buildTables(model);
  const list = conditions.map(({ text }) => text).join(",\n");
  const make = new Function("f", "m", `"use strict"; const c = [${list}]; return c;`);
  return guard({ ...tables, conditions: make as CompiledConditions });
}
