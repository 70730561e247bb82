import { Validator } from "@cfworker/json-schema";
import { hashModel, indexModel, type Model } from "@scruple/model";
import schema from "@scruple/model/schema" with { type: "json" };
import { Refused } from "./refused.ts";

let validator: Validator | undefined;

/**
 * Holds what claims to be a built model to the schema, to the hash that it carries, and to itself.
 *
 * @throws Refused
 */
export function checkModel(value: unknown): { readonly model: Model; readonly hash: string } {
  try {
    return checked(value);
  } catch (error) {
    if (error instanceof Refused) throw error;
    // Nested so deeply that nothing can be said of it, or else in a way that nobody thought of.
    throw new Refused("The model contradicts itself, as if it were cut or edited.");
  }
}

function checked(value: unknown): { readonly model: Model; readonly hash: string } {
  validator ??= new Validator(schema, "2020-12");
  const { valid, errors } = validator.validate(value);
  // The last of them is the innermost, where the fault is.
  if (!valid) throw new Refused(`It is no built model: \`${errors.at(-1)?.instanceLocation}\` is not as it has to be.`);
  const { hash, ...model } = value as Model & { readonly hash?: string };
  if (hash === undefined)
    throw new Refused("The model does not say its hash: `scruple build --target json` writes it.");
  if (hash !== hashModel(model))
    throw new Refused("The model is not what its hash says: it was changed after its build.");
  indexModel(model);
  return { model, hash };
}
