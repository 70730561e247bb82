import { type Annotation, type Hierarchy, type Id, overlapping, type World, within } from "@scruple/model";

/**
 * Recipients and purposes that mean something to the analysis: those of the standard vocabulary, and what a policy's own
 * `@dpv` says to be the same, with all that overlaps them. A policy with other words for them is not understood, and not guessed at.
 */
export interface Meanings {
  readonly customer: ReadonlySet<Id>;
  readonly household: ReadonlySet<Id>;
  readonly public: ReadonlySet<Id>;
  readonly thirdParty: ReadonlySet<Id>;
  /** Purposes within that of trying something out on people. */
  readonly experiment: ReadonlySet<Id>;
}

const known = new WeakMap<World["recipients"], Meanings>();

export function meaningsOf(world: World): Meanings {
  const before = known.get(world.recipients);
  if (before !== undefined) return before;
  const { recipients, purposes } = world.model;
  const recipient = (name: string, term?: string) =>
    overlapping(world.recipients, named(world.recipients, recipients, `std.recipients.${name}`, term));
  const meanings: Meanings = {
    customer: recipient("customer", "dpv:Customer"),
    household: recipient("household"),
    public: recipient("public"),
    thirdParty: recipient("third_party", "dpv:ThirdParty"),
    experiment: within(world.purposes, named(world.purposes, purposes, "std.purposes.experiment")),
  };
  known.set(world.recipients, meanings);
  return meanings;
}

function named(
  tree: Hierarchy,
  declared: readonly { readonly id: Id; readonly annotations: readonly Annotation[] }[],
  id: Id,
  term?: string,
): readonly Id[] {
  const same = declared.filter(({ annotations }) =>
    annotations.some(({ name, args }) => term !== undefined && name === "dpv" && args[0] === term),
  );
  return [...(tree.parents.has(id) ? [id] : []), ...same.map((one) => one.id)];
}
