import { type Act, operations, selectsChannel, selectsPurpose, type World } from "@scruple/model";
import type { Cell } from "../space/cell.ts";
import { type Datum, recipientsOf, routesOver } from "../space/datum.ts";
import type { DecisionSpace } from "../space/decision-space.ts";
import type { Picker } from "./cells.ts";

/** Every request that a cell stands for, without facts, and the recipient that it names. */
export function* actsOf({ world }: DecisionSpace, cell: Cell): Generator<{ act: Act; recipient: string | null }> {
  for (const { field, with: other, level } of cell.data)
    for (const purpose of cell.purposes)
      for (const route of cell.routes)
        yield {
          act: {
            interaction: cell.interaction.id,
            operation: cell.operation,
            field,
            with: other,
            level,
            purpose,
            channel: route.channel,
            recipients: recipientsOf(world, route),
          },
          recipient: route.recipient,
        };
}

/** One text for an act and for what is the same. */
export function actText({ world }: DecisionSpace, act: Act): string {
  const [one, other] = [act.field, act.with ?? ""].sort();
  const scales = [act.field, act.with].map((field) => (field === null ? [] : world.fields.get(field)!.levels));
  const isFinest = act.level === null || scales.every((levels) => levels.indexOf(act.level!) <= 0);
  const level = isFinest ? "" : act.level;
  return [act.interaction, act.operation, one, other, level, act.purpose, act.channel, [...act.recipients].sort()].join(
    " ",
  );
}

/** An act in bounds of some interaction, whether a rule selects it or not. */
export function someAct(space: DecisionSpace, pick: Picker): Act {
  const { world, partition } = space;
  const interaction = pick(world.model.interactions);
  const operation = pick(operations);
  const fields = [...new Set(world.names.fields.values())];
  const [field, other] = [pick(fields), operation === "combine" ? pick(fields) : null];
  const levels = [field, other].flatMap((one) => (one === null ? [] : world.fields.get(one)!.levels));
  const channel = pick(partition.routesOf(interaction)).channel;
  const route = pick(routesOver(world, channel));
  return {
    interaction: interaction.id,
    operation,
    field,
    with: other,
    level: pick([null, ...levels]),
    purpose: pick(partition.purposesOf(interaction)),
    channel,
    recipients: recipientsOf(world, route),
  };
}

/** Every act in bounds that a request can ask for, straight from the model. */
export function* everyAct(world: World): Generator<Act> {
  const { model, names } = world;
  const data = (operation: Act["operation"]): readonly Datum[] => {
    const fields = [...new Set(names.fields.values())];
    const others = operation === "combine" ? fields : [null];
    return fields.flatMap((field) =>
      others.flatMap((other) => {
        const levels = [field, other].flatMap((one) => (one === null ? [] : world.fields.get(one)!.levels));
        return [null, ...new Set(levels)].map((level) => ({ field, with: other, level }));
      }),
    );
  };
  for (const interaction of model.interactions)
    for (const operation of operations)
      for (const datum of data(operation))
        for (const { id: purpose } of model.purposes) {
          if (!selectsPurpose(world, interaction.purposes, purpose, "narrow")) continue;
          for (const { id: channel } of model.channels) {
            if (!selectsChannel(world, interaction.channels, channel, "narrow")) continue;
            for (const route of routesOver(world, channel)) {
              const recipients = recipientsOf(world, route);
              yield { interaction: interaction.id, operation, ...datum, purpose, channel, recipients };
            }
          }
        }
}
