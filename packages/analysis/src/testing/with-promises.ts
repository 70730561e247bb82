import type { Expr, Model, PromiseLine } from "@scruple/model";
import type { Dice } from "@scruple/testkit";

/**
 * Promises that say of requests what some rules of the model do, and some unless there is consent for a purpose.
 *
 * @param covertly How often a `never` is of what is done covertly
 */
export function withPromises(model: Model, dice: Dice, covertly = 0): Model {
  const lines = [1, 2, 3].map((): PromiseLine => {
    const { operations, data, when, unless, ...rest } = dice.pick(model.rules);
    const { with: joined, purposes, channels, recipients, level, at } = rest;
    const agreed: Expr = { op: "consent", explicit: false, purpose: dice.pick(model.purposes).id };
    const modality = dice.chance(0.6) ? "never" : "always";
    return {
      modality,
      covertly: modality === "never" && covertly > 0 && dice.chance(covertly),
      operations,
      data,
      with: joined,
      purposes,
      channels,
      recipients,
      level,
      at,
      text: "",
      when: dice.chance(0.5) ? when : null,
      unless: dice.pick([unless, null, agreed, null]),
    };
  });
  const { policy } = model;
  return { ...model, promises: [{ policy, text: "", lines, doc: "", annotations: [], at: lines[0]!.at }] };
}
