import { type Interaction, type Operation, selectsOperation, type World } from "@scruple/model";
import type { Indexes } from "./names.ts";

/** In the order of the bits in the tables. */
const operations: readonly Operation[] = ["collect", "infer", "use", "disclose", "combine"];

/** What the runtime's `Tables.sites` says of an interaction. */
export function siteOf(
  world: World,
  indexes: Indexes,
  interaction: Interaction,
): readonly [bits: number, purpose: number] {
  const allows = world.model.rules.filter(
    (rule) => rule.effect === "allow" && (rule.interaction === null || rule.interaction === interaction.id),
  );
  const bits = operations.reduce(
    (sum, operation, bit) =>
      allows.some((rule) => selectsOperation(rule.operations, operation, "narrow")) ? sum | (1 << bit) : sum,
    0,
  );
  const [first, ...others] = interaction.purposes;
  const only = first !== undefined && others.length === 0 ? indexes.purposes.get(first) : undefined;
  return [bits, only === undefined ? 0 : only + 1];
}
