/** Repeatable chance: the same seed gives the same policy and the same requests on every machine. */
export function dice(seed) {
  let state = seed >>> 0;
  // Mulberry32, a generator of 32 bits of state in the public domain.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count) => Math.floor(next() * count);
  return {
    below,
    chance: (probability) => next() < probability,
    one: (list) => list[below(list.length)],
    /** Up to `count` different elements, in the list's order. */
    some(list, count) {
      const left = list.map((_, index) => index);
      const chosen = [];
      while (chosen.length < count && left.length > 0) chosen.push(...left.splice(below(left.length), 1));
      return chosen.sort((a, b) => a - b).map((index) => list[index]);
    },
  };
}
