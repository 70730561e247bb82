import { type Id, type Interaction, type Operation, selectsOperation, type World } from "@scruple/model";
import { operations } from "@scruple/runtime";

/** What calls in an interaction have to say, and what they may leave out. */
export interface Site {
  /** Those that some allow selects, in the order of the runtime. */
  readonly operations: readonly Operation[];
  /** Its only purpose; null where it has several. */
  readonly purpose: Id | null;
}

/** The sites of a model's interactions, in their order. */
export function sitesOf({ model }: World): readonly Site[] {
  const allowed = new Map<Interaction["id"] | null, Set<Operation>>();
  for (const { effect, interaction, operations: named } of model.rules) {
    if (effect !== "allow") continue;
    const found = allowed.get(interaction) ?? new Set();
    allowed.set(interaction, found);
    for (const operation of operations) if (selectsOperation(named, operation, "narrow")) found.add(operation);
  }
  return model.interactions.map(({ id, purposes }) => ({
    operations: operations.filter((one) => allowed.get(id)?.has(one) || allowed.get(null)?.has(one)),
    purpose: purposes.length === 1 ? (purposes[0] as Id) : null,
  }));
}
