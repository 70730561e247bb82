import { type Channel, type Hierarchy, hierarchy, type Id, type Model, type Purpose } from "@scruple/model";
import type { Dice } from "@scruple/testkit";

/** What somebody may do between two revisions to what purposes and channels are within; either may have names that are new or gone. */
export function withOtherHierarchies(model: Model, dice: Dice): Model {
  const [purpose] = model.purposes;
  const [channel] = model.channels;
  const purposes = within(model.purposes, { ...purpose!, id: "random.shop.over", within: [] }, dice);
  const above: Channel = { ...channel!, id: "random.shop.around", within: [], quiet: null };
  const channels = within(model.channels, { ...above, reaches: model.recipients.map(({ id }) => id) }, dice);
  return { ...model, purposes: dice.chance(0.6) ? purposes : model.purposes, channels };
}

/** Some are within others now, now and then in one that is new: what comes later in the order is within what comes before. */
function within<T extends Purpose | Channel>(list: readonly T[], fresh: T, dice: Dice): readonly T[] {
  const all = dice.chance(0.3) ? [fresh, ...list] : list;
  const { order }: Hierarchy = hierarchy(all);
  const parents = (id: Id): readonly Id[] => dice.some(order.slice(0, order.indexOf(id)), 0, 2);
  return all.map((one) => (one !== fresh && dice.chance(0.25) ? { ...one, within: parents(one.id) } : one));
}
