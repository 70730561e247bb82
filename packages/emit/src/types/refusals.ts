import { type Rule, selectsOperation, selectsPurpose, type World } from "@scruple/model";
import { operations } from "../sites.ts";
import type { DataSets } from "./data-sets.ts";
import type { ShortNames } from "./short-names.ts";
import { type Later, quoted, type Unions } from "./unions.ts";

/**
 * What denials refuse, and why, for what the compiler says of a call that is never allowed: which operations, on which
 * fields, for which purposes, as `Refusals` of the runtime. What a denial does on some channels alone, to some recipients or at
 * some level is not why a field is refused altogether.
 */
export function refusalsOf(
  world: World,
  names: ShortNames,
  rules: readonly Rule[],
  data: DataSets,
  unions: Unions,
): Later {
  const parts = rules
    .filter(
      ({ effect, limit, channels, recipients, level }) =>
        effect === "deny" && !limit && !channels && !recipients && !level,
    )
    .flatMap((rule): readonly Later[] => {
      const { fields, text } = data.wide(rule.data);
      if (fields.size === 0) return [];
      const purposes = world.purposes.order.filter((id) => selectsPurpose(world, rule.purposes, id, "wide"));
      const isForAll = purposes.length === world.purposes.order.length;
      const forPurposes = isForAll
        ? () => "string"
        : unions.later(purposes.flatMap((id) => names.purposes.get(id) ?? []));
      const acts = operations.filter((one) => selectsOperation(rule.operations, one, "wide"));
      const reason = `\`${rule.path}\`${rule.because === null ? " denies it" : `: ${rule.because}`}`;
      return [() => `[${acts.map(quoted).join(" | ")}, ${text()}, ${forPurposes()}, ${quoted(reason)}]`];
    });
  return () => (parts.length === 0 ? "never" : parts.map((part) => part()).join(" | "));
}
