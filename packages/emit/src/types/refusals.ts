import { type Id, type Rule, selectsChannel, selectsOperation, selectsPurpose, type World } from "@scruple/model";
import { operations } from "@scruple/runtime";
import type { DataSets } from "./data-sets.ts";
import type { ShortNames } from "./short-names.ts";
import { type Later, quoted, type Unions } from "./unions.ts";

/**
 * What denials refuse, and why, for what the compiler says of a call that is never allowed: which operations, on which
 * fields, for which purposes, on which channels, as `Refusals` of the runtime. What a denial does to some recipients alone or at
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
    .filter(({ effect, limit, recipients, level }) => effect === "deny" && !limit && !recipients && !level)
    .flatMap((rule): readonly Later[] => {
      const text = data.wide(rule.data);
      if (text === null) return [];
      const some = (all: readonly Id[], isMeant: (id: Id) => boolean, table: ReadonlyMap<Id, string>): Later => {
        const meant = all.filter(isMeant);
        return meant.length === all.length ? () => "string" : unions.later(meant.flatMap((id) => table.get(id) ?? []));
      };
      const purposes = some(
        world.purposes.order,
        (id) => selectsPurpose(world, rule.purposes, id, "wide"),
        names.purposes,
      );
      const channels = some(
        world.channels.order,
        (id) => selectsChannel(world, rule.channels, id, "wide"),
        names.channels,
      );
      const acts = operations.filter((one) => selectsOperation(rule.operations, one, "wide"));
      const reason = `\`${rule.path}\`${rule.because === null ? " denies it" : `: ${rule.because}`}`;
      return [() => `[${acts.map(quoted).join(" | ")}, ${text()}, ${purposes()}, ${channels()}, ${quoted(reason)}]`];
    });
  return () => (parts.length === 0 ? "never" : parts.map((part) => part()).join(" | "));
}
