import type { Id, Model } from "@scruple/model";
import type { Dice } from "@scruple/testkit";

/** The model with some of its recipients, and one of its purposes, called as those of the standard vocabulary that lints know. */
export function withMeanings(model: Model, dice: Dice): Model {
  const names = new Map<Id, Id>();
  const call = (list: readonly { readonly id: Id }[], meant: readonly Id[]) => {
    const free = dice.shuffle(list);
    for (const [index, name] of dice.shuffle(meant).entries()) {
      const one = free[index];
      if (one !== undefined && dice.chance(0.7)) names.set(one.id, name);
    }
  };
  call(
    model.recipients,
    ["customer", "household", "public", "third_party"].map((name) => `std.recipients.${name}`),
  );
  call(model.purposes, ["std.purposes.experiment"]);
  const text = [...names].reduce((all, [from, to]) => all.replaceAll(`"${from}"`, `"${to}"`), JSON.stringify(model));
  const renamed: Model = JSON.parse(text);
  const sorted = <T extends { readonly id: Id }>(list: readonly T[]) =>
    [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    ...renamed,
    uses: [...new Set([...model.uses, "std.purposes", "std.recipients"])].sort(),
    purposes: sorted(renamed.purposes),
    recipients: sorted(renamed.recipients),
  };
}
