import { Dice } from "@scruple/testkit";
import { expect, test } from "vitest";
import { type Bits, bitsWhere, has } from "../bits.ts";
import { BitSets } from "../space/bit-sets.ts";
import { selectingSets } from "./selecting-sets.ts";

test("a place is in what selects it, and in no exception to what does not", () => {
  let exceptions = 0;
  for (let seed = 1; seed <= 200; seed++) {
    const dice = new Dice(seed);
    const size = dice.int(1, 70);
    const some = (chance: number): Bits => bitsWhere(size, () => dice.chance(chance));
    const places = Array.from({ length: size }, (_, place) => place).filter(() => dice.chance(0.8));
    const count = dice.int(0, 40);
    const parents = Array.from({ length: count }, (_, item) => (dice.chance(0.5) ? -1 : dice.int(-1, item - 1)));
    const items = parents.map(() => (dice.chance(0.1) ? null : some(dice.chance(0.4) ? 1 : 0.5)));
    // What comes after the items is an exception to nothing.
    const bits = [...items, some(0.9), some(0.9)];
    const sets = new BitSets(bits.length);
    const area = bitsWhere(size, (place) => places.includes(place));
    const found = selectingSets(area, bits.length, (number) => bits[number]!, parents, sets);

    expect(found.length).toBe(places.length);
    for (const [index, place] of places.entries()) {
      const selected: number[] = [];
      for (const [number, set] of bits.entries()) {
        const parent = parents[number] ?? -1;
        if (set === null || !has(set, place)) continue;
        if (parent === -1 || selected.includes(parent)) selected.push(number);
        else exceptions++;
      }
      expect([...sets.members(found[index]!)]).toEqual(selected);
    }
  }
  expect(exceptions).toBeGreaterThan(500);
});
