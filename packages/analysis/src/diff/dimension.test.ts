import { Dice } from "@scruple/testkit";
import { expect, test } from "vitest";
import { type Bits, bitsWhere, has } from "../bits.ts";
import { Dimension } from "./dimension.ts";

test("places are together that the same items select, without exceptions to what does not, and that the same models know", () => {
  let groups = 0;
  for (let seed = 1; seed <= 200; seed++) {
    const dice = new Dice(seed);
    const size = dice.int(1, 70);
    const some = (chance: number): Bits => bitsWhere(size, () => dice.chance(chance));
    const places = Array.from({ length: size }, (_, place) => place).filter(() => dice.chance(0.8));
    const known = [some(0.9), some(0.9)] as const;
    const count = dice.int(0, 8);
    const sets = Array.from({ length: count }, () => some(dice.chance(0.4) ? 1 : 0.5));
    const parents = Array.from({ length: count }, (_, item) => (dice.chance(0.5) ? -1 : dice.int(-1, item - 1)));
    const dimension = new Dimension(places, known, sets, parents);
    const asked: number[] = [];
    for (const [item, parent] of parents.entries())
      if (dice.chance(0.8) && (parent === -1 || asked.includes(parent))) asked.push(item);

    const expected = new Map<string, { readonly members: number[]; readonly selected: readonly number[] }>();
    for (const place of places) {
      const selected: number[] = [];
      for (const item of asked) {
        const parent = parents[item]!;
        if (has(sets[item]!, place) && (parent === -1 || selected.includes(parent))) selected.push(item);
      }
      const key = `${has(known[0], place)} ${has(known[1], place)} ${selected}`;
      const group = expected.get(key) ?? { members: [], selected };
      group.members.push(place);
      expected.set(key, group);
    }
    // Asked a second time, it answers from what it has found.
    for (const found of [dimension.part(asked), dimension.part(asked)]) {
      expect(found.map(({ members, selected }) => ({ members, selected }))).toEqual([...expected.values()]);
      for (const { members, known: sides } of found)
        for (const place of members) expect([has(known[0], place), has(known[1], place)]).toEqual(sides);
    }
    groups += expected.size;
  }
  expect(groups).toBeGreaterThan(500);
});
