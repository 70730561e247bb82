import { type Id, type Rule, selectedFields, selectsOperation, selectsPurpose, type World } from "@scruple/model";
import { operations } from "../sites.ts";
import type { ShortNames } from "./short-names.ts";
import { type Later, quoted } from "./unions.ts";

/**
 * What denials refuse, and why, for what the compiler says of a call that is never allowed: which operations, on which
 * fields, for which purposes, as `Refusals` of the runtime. What a denial does on some channels alone, to some recipients or at
 * some level is not why a field is refused altogether.
 */
export function refusalsOf(
  world: World,
  names: ShortNames,
  rules: readonly Rule[],
  union: (names: Iterable<string>) => Later,
): Later {
  const named = (ids: Iterable<Id>, table: ReadonlyMap<Id, string>) => [...ids].flatMap((id) => table.get(id) ?? []);
  const parts = rules
    .filter(
      ({ effect, limit, channels, recipients, level }) =>
        effect === "deny" && !limit && !channels && !recipients && !level,
    )
    .flatMap((rule): readonly Later[] => {
      const { direct, derived } = selectedFields(world, rule.data, "wide");
      const purposes = world.purposes.order.filter((id) => selectsPurpose(world, rule.purposes, id, "wide"));
      const data = named([...direct, ...derived], names.fields);
      if (data.length === 0) return [];
      const fields = union(data);
      const isForAll = purposes.length === world.purposes.order.length;
      const forPurposes = isForAll ? () => "string" : union(named(purposes, names.purposes));
      const acts = operations.filter((one) => selectsOperation(rule.operations, one, "wide"));
      const reason = `\`${rule.path}\`${rule.because === null ? " denies it" : `: ${rule.because}`}`;
      return [() => `[${acts.map(quoted).join(" | ")}, ${fields()}, ${forPurposes()}, ${quoted(reason)}]`];
    });
  return () => (parts.length === 0 ? "never" : parts.map((part) => part()).join(" | "));
}
