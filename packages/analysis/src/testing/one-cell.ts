import { bearings, type Id, indexModel, type Model, type Operation, type World } from "@scruple/model";
import { type CellDecision, decideCell } from "../cell.ts";
import type { Context } from "../context.ts";
import { FactSpace, type SpaceOptions } from "../fact-space.ts";
import { rulesOf, type TestedCell } from "./cells.ts";

/** Names without their policy. */
export interface ActNames {
  readonly operation?: Operation;
  readonly field?: string;
  readonly with?: string;
  readonly purpose?: string;
}

export interface AnalysedCell {
  readonly cell: TestedCell;
  readonly space: FactSpace;
  readonly context: Context;
  readonly decision: CellDecision;
}

/** The act of a small model with one interaction and one channel: by default the use of its first field for the first purpose. */
export function analyse(model: Model, names: ActNames = {}, options: SpaceOptions = {}): AnalysedCell {
  const world = indexModel(model);
  const interaction = model.interactions[0]!;
  const channel = world.channelOf.get(interaction.channels[0]!)!;
  const cell: TestedCell = {
    world,
    startedBy: interaction.startedBy,
    act: {
      interaction: interaction.id,
      channel: channel.id,
      recipients: channel.reaches,
      level: null,
      operation: names.operation ?? "use",
      field: named(world, [...world.fields.keys()], names.field),
      with: names.with === undefined ? null : named(world, [...world.fields.keys()], names.with),
      purpose: named(world, interaction.purposes, names.purpose),
    },
    rules: [],
  };
  const rules = rulesOf(bearings(world), cell.act);
  const space = new FactSpace(
    world,
    rules.flatMap(({ condition }) => condition),
    options,
  );
  const context = space.context({ startedBy: interaction.startedBy, purpose: cell.act.purpose });
  return { cell: { ...cell, rules }, space, context, decision: decideCell(context, rules) };
}

function named({ model }: World, ids: readonly Id[], name: string | undefined): Id {
  const id = name === undefined ? ids[0] : ids.find((one) => one === name || one === `${model.policy}.${name}`);
  if (id === undefined) throw new Error(`There is no ${name}.`);
  return id;
}
