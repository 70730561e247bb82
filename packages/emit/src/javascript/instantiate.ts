import type { Model } from "@scruple/model";
import { date, duration, type Guard, guard, oneOf, type PolicyCode, set, text, time } from "@scruple/runtime";
import { buildTables } from "./tables.ts";

/** What emitted code takes from the runtime. */
const imported = { date, duration, oneOf, set, text, time };

/**
 * The guard that `emitJavaScript` writes, at once and in this process. Its code is the same, made from text here, which not
 * every host allows; the module needs no such thing.
 *
 * @throws Error as `buildTables` does
 */
export function instantiate(model: Model): Guard {
  const { tables, code } = buildTables(model);
  const body = code.map((line) => line.text).join("\n");
  const make = new Function(
    ...Object.keys(imported),
    `"use strict"; return (f, n, consent, explicit, objection) => {\n${body}\n};`,
  );
  return guard({ ...tables, code: make(...Object.values(imported)) as PolicyCode });
}
