import { Validator } from "@cfworker/json-schema";
import schema from "@scruple/model/schema" with { type: "json" };

let validators: { readonly model: Validator; readonly condition: Validator } | undefined;

/**
 * Where a value does not fit the schema of models, as a JSON pointer; null where it does. A validator's stack does not reach as
 * far down as conditions may nest, so each part of them is held to the schema by itself.
 */
export function misshapen(value: unknown): string | null {
  const { $id = "", $defs } = schema;
  validators ??= {
    model: new Validator(schema, "2020-12"),
    condition: new Validator({ $id, $ref: "#/$defs/expr", $defs }, "2020-12"),
  };
  const conditions: Placed[] = [];
  const fault = faultOf(validators.model, { at: "#", value: withoutConditions(value, "#", conditions) });
  if (fault !== null) return fault;
  // A list grows while it is walked, and the walk reaches what is added.
  for (const condition of conditions) {
    const found = faultOf(validators.condition, { ...condition, value: withoutOperands(condition, conditions) });
    if (found !== null) return found;
  }
  return null;
}

/** A part of a model, and where it stands. */
interface Placed {
  readonly at: string;
  readonly value: unknown;
}

function faultOf(validator: Validator, { at, value }: Placed): string | null {
  const { valid, errors } = validator.validate(value);
  // The last of them is the innermost, where the fault is.
  return valid ? null : `${at}${(errors.at(-1)?.instanceLocation ?? "#").slice(1)}`;
}

/** What stands for a condition where it is cut off. */
const any = { op: "outbound" };
const keys: ReadonlySet<string> = new Set(["when", "unless", "expr"]);

function withoutConditions(value: unknown, at: string, conditions: Placed[]): unknown {
  if (Array.isArray(value)) return value.map((item, index) => withoutConditions(item, `${at}/${index}`, conditions));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => {
    // A duty's arguments bear the names that the policy gave them: `when` may be one.
    if (key === "arguments") return [key, item];
    if (!keys.has(key) || !isObject(item)) return [key, withoutConditions(item, `${at}/${key}`, conditions)];
    conditions.push({ at: `${at}/${key}`, value: item });
    return [key, any];
  });
  return Object.fromEntries(entries);
}

function withoutOperands({ at, value }: Placed, conditions: Placed[]): unknown {
  if (!isObject(value)) return value;
  const { op, operand, operands } = value;
  if (op === "not" && isObject(operand)) {
    conditions.push({ at: `${at}/operand`, value: operand });
    return { ...value, operand: any };
  }
  if ((op !== "and" && op !== "or") || !Array.isArray(operands)) return value;
  for (const [index, one] of operands.entries()) conditions.push({ at: `${at}/operands/${index}`, value: one });
  return { ...value, operands: [] };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
