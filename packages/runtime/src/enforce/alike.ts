import type { Traced } from "../index.ts";
import type { Denial } from "./denial.ts";

/** What is told of a field. */
interface Told {
  readonly field: string;
  readonly traced: Traced;
  readonly denial?: Denial;
}
type Group<T extends Told> = Omit<T, "field"> & { readonly fields: readonly string[] };

/** Fields of which the same is to be told, together. */
export function alike<T extends Told>(told: readonly T[]): readonly Group<T>[] {
  const groups = new Map<string, Group<T> & { fields: string[] }>();
  for (const { field, ...rest } of told) {
    const key = JSON.stringify([rest.traced, rest.denial?.reason, rest.denial?.rules]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { ...rest, fields: [field] });
    else known.fields.push(field);
  }
  return [...groups.values()];
}
