import {
  type Act,
  type Bearing,
  bearings,
  type Id,
  indexModel,
  type Model,
  type Operation,
  selectsChannel,
  selectsPurpose,
  type World,
} from "@scruple/model";
import type { CellRule } from "../cell.ts";

/** An act that a request can name, and the rules that select it. */
export interface TestedCell {
  readonly act: Act;
  readonly startedBy: "company" | "customer" | null;
  readonly rules: readonly (CellRule & { readonly rule: Bearing })[];
}

const operations: readonly Operation[] = ["collect", "infer", "use", "disclose"];

/** Acts within the bounds of interactions that some rule selects, each set of rules once an interaction and purpose. */
export function cellsOf(model: Model): { readonly world: World; readonly cells: readonly TestedCell[] } {
  const world = indexModel(model);
  const all = bearings(world);
  const cells = new Map<string, TestedCell>();
  for (const interaction of model.interactions) {
    const inside = <T extends { readonly id: Id }>(
      list: readonly T[],
      bound: typeof selectsPurpose,
      named: readonly Id[],
    ) => list.filter(({ id }) => bound(world, named, id, "narrow"));
    for (const { id: purpose } of inside(model.purposes, selectsPurpose, interaction.purposes)) {
      for (const { id: channel, reaches } of inside(model.channels, selectsChannel, interaction.channels)) {
        for (const operation of operations) {
          for (const field of world.fields.keys()) {
            const act: Act = {
              ...{ interaction: interaction.id, operation, field, with: null },
              ...{ purpose, channel, recipients: reaches, level: null },
            };
            const rules = all
              .filter((rule) => rule.selects(act))
              .map((rule) => ({ rule, condition: rule.condition(act) }));
            const key = `${interaction.id} ${purpose} ${JSON.stringify(rules.map(({ rule, condition }) => [rule.path, condition]))}`;
            if (rules.length > 0 && !cells.has(key)) cells.set(key, { act, startedBy: interaction.startedBy, rules });
          }
        }
      }
    }
  }
  return { world, cells: [...cells.values()] };
}
