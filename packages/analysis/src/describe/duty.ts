import { type Decision, lastPart, type Model, type Value } from "@scruple/model";
import { literal } from "./values.ts";

/** A duty of a decision as a policy writes it: `forget(within = 2 days)`. `models` are those that may declare it, the likeliest first. */
export function printDuty(models: readonly Model[], { name, arguments: given }: Decision["duties"][number]): string {
  const declared =
    models.flatMap(({ duties }) => duties).find(({ id }) => id === name) ??
    models.flatMap(({ policy, duties }) => duties.filter(({ id }) => id === `${policy}.${name}`))[0];
  const values = Object.entries(given).map(([key, value]) => {
    const parameter = declared?.parameters.find((one) => lastPart(one.name) === key);
    return `${key} = ${parameter === undefined ? JSON.stringify(value) : literal(parameter.type, value as Value)}`;
  });
  return values.length === 0 ? name : `${name}(${values.join(", ")})`;
}
