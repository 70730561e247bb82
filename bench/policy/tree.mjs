/**
 * A hierarchy in which each name has one parent or none. With single parents, to cover a name (the narrow reading) is
 * to be it or above it, and to overlap (the wide one) is to be it, above it or below it.
 *
 * @param {Record<string, string | null>} parents
 */
export function tree(parents) {
  const names = Object.keys(parents);
  const upwards = new Map(names.map((name) => [name, pathUp(parents, name)]));
  return {
    names,
    parents,
    leaves: names.filter((name) => !names.some((other) => parents[other] === name)),
    /** The name itself and all above it. */
    upwards: (name) => upwards.get(name),
    within: (name, named) => upwards.get(name).some((above) => named.includes(above)),
    narrow: (name, named) => named === null || upwards.get(name).some((above) => named.includes(above)),
    wide: (name, named) =>
      named === null || named.some((other) => upwards.get(name).includes(other) || upwards.get(other).includes(name)),
  };
}

function pathUp(parents, name) {
  const path = [];
  for (let at = name; at !== null; at = parents[at]) path.push(at);
  return path;
}
