import type { Model } from "@scruple/model";
import { type Guard, guard, type PolicyCode } from "@scruple/runtime";
import { ConditionClosures } from "./condition-closures.ts";
import { readerClosures } from "./reader-closures.ts";
import { buildTables } from "./tables.ts";

/**
 * The guard of a model that came at run time. It decides as the emitted module does, and no text becomes code: whatever
 * stands in the model, nothing of it is ever run, and hosts that forbid `eval` have nothing to forbid.
 *
 * @throws Error as `buildTables` does
 */
export function interpret(model: Model): Guard {
  const { tables, source } = buildTables(model);
  const code: PolicyCode = (facts, needed, consent, explicit, objection) => {
    const texts: unknown[] = [];
    const { world, conditions, numbered } = source;
    const closures = new ConditionClosures(conditions.nodes, conditions.facts.constants(), {
      facts,
      texts,
      consent,
      explicit,
      objection,
    });
    return {
      conditions: numbered.map((node) => closures.of(node)),
      ...readerClosures(world, conditions, facts, needed, texts),
      forget: () => {
        texts.length = 0;
      },
    };
  };
  return guard({ ...tables, code });
}
