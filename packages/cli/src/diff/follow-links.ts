/** As many as systems follow before they take it for a circle. */
const mostLinks = 40;

/**
 * Where a path of a commit leads when its links are followed, with `/`.
 *
 * @param links where each link leads, as it is written, by its path
 * @returns null where that is outside of the repository, or the links go in a circle
 */
export function followLinks(path: string, links: ReadonlyMap<string, string>): string | null {
  const ahead = path.split("/").reverse();
  const behind: string[] = [];
  let followed = 0;
  for (let part = ahead.pop(); part !== undefined; part = ahead.pop()) {
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (behind.pop() === undefined) return null;
      continue;
    }
    behind.push(part);
    const target = links.get(behind.join("/"));
    if (target === undefined) continue;
    followed += 1;
    if (target.startsWith("/") || followed > mostLinks) return null;
    behind.pop();
    ahead.push(...target.split("/").reverse());
  }
  return behind.join("/");
}
