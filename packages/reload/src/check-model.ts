import { Contradiction, checkReferences, hashModel, indexModel, type Model } from "@scruple/model";
import { misshapen } from "./misshapen.ts";
import { Refused } from "./refused.ts";

/**
 * Holds what claims to be a built model to the schema, to the hash that it carries, and to itself. Whoever reads one asks here
 * whether it may be trusted.
 *
 * @throws Refused
 */
export function checkModel(value: unknown): { readonly model: Model; readonly hash: string } {
  try {
    return checked(value);
  } catch (error) {
    if (error instanceof Refused) throw error;
    // Else it is nested so deeply that nothing can be said of it, or stands in a circle.
    const where = error instanceof Contradiction ? `: ${error.message}` : "";
    throw new Refused(`The model contradicts itself, as if it were cut or edited${where}.`);
  }
}

function checked(value: unknown): { readonly model: Model; readonly hash: string } {
  const { format, version } = (value ?? {}) as Partial<Model>;
  if (format !== "scruple.model" || version !== 1) throw new Refused("It is no built model of this version.");
  const fault = misshapen(value);
  if (fault !== null) throw new Refused(`It is no built model: \`${fault}\` is not as it has to be.`);
  const { hash, ...model } = value as Model & { readonly hash?: string };
  if (hash === undefined)
    throw new Refused("The model does not say its hash: `scruple build --target json` writes it.");
  if (hash !== hashModel(model))
    throw new Refused("The model is not what its hash says: it was changed after its build.");
  checkReferences(model);
  indexModel(model);
  return { model, hash };
}
