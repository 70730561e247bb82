/** How far from the end a character may stand to be looked at. */
const farthest = 40;
/** Of each name no more characters are looked at than this: further ones cost more than names that look alike. */
const most = 6;
/** So few names of sixteen may look alike. */
const fewAlike = 1 / 16;

/**
 * Where to look, beside its length, to tell a name from the others: distances from the end, the most telling first. A
 * distance that tells nothing further is left out.
 */
export function tellApart(names: readonly string[]): readonly number[] {
  const found: number[] = [];
  let looks = names.map((name) => String(name.length));
  while (found.length < most) {
    const alike = names.length - new Set(looks).size;
    if (alike <= names.length * fewAlike) break;
    let best: { readonly distance: number; readonly looks: string[]; readonly distinct: number } | undefined;
    for (let distance = 1; distance <= farthest; distance++) {
      const next = names.map((name, i) => `${looks[i]} ${name.charCodeAt(name.length - distance)}`);
      const distinct = new Set(next).size;
      if (distinct > (best?.distinct ?? names.length - alike)) best = { distance, looks: next, distinct };
    }
    if (best === undefined) break;
    found.push(best.distance);
    looks = best.looks;
  }
  return found;
}
