import {
  type Annotation,
  covered,
  type Id,
  indexModel,
  type Model,
  overlapping,
  type World,
  within,
} from "@scruple/model";

/** The purposes of a policy, as signals from outside speak of them. */
export interface Purposes {
  readonly world: World;
  /** Those with annotations of this name, and what stands in them. */
  annotated(name: string): ReadonlyMap<Id, readonly Annotation["args"][number][]>;
  /** Names for consents to these purposes: all that the consents cover, and a request may name. */
  consented(ids: readonly Id[]): readonly Id[];
  /** Names for objections to these purposes. What no request may name is objected to by way of what it overlaps with. */
  objected(ids: readonly Id[]): readonly Id[];
}

export function purposesOf(model: Model): Purposes {
  const world = indexModel(model);
  const tree = world.purposes;
  const nameable = new Set(world.names.purposes.values());
  return {
    world,
    annotated: (name) =>
      new Map(
        model.purposes.flatMap(({ id, annotations }) => {
          const args = annotations.filter((one) => one.name === name).flatMap((one) => one.args);
          return args.length === 0 ? [] : [[id, args] as const];
        }),
      ),
    consented: (ids) => {
      // What is within a purpose that has a name itself is covered by that.
      const named = ids.filter((id) => nameable.has(id));
      const rest = [...covered(tree, ids)].filter((id) => nameable.has(id) && !covered(tree, named).has(id));
      return [...named, ...rest].sort();
    },
    objected: (ids) => {
      const named = ids.filter((id) => nameable.has(id));
      const nameless = ids.filter((id) => !nameable.has(id));
      const around = [...overlapping(tree, nameless)].filter((id) => nameable.has(id) && !within(tree, named).has(id));
      return [...new Set([...named, ...around])].sort();
    },
  };
}
