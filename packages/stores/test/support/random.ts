/** Numbers from 0 up to 1, the same on every run; `SCRUPLE_SEED` tries others. */
export function seeded(): () => number {
  let state = (Number(process.env.SCRUPLE_SEED ?? 1) * 0x9e3779b9) >>> 0;
  return () => {
    // A linear congruential generator with the constants of Numerical Recipes.
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
