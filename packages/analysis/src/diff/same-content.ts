/**
 * Whether two values of JSON say the same, wherever they stand: what is under `at` does not count, but among the arguments of a
 * duty, which bear the names that the policy gave them.
 */
export function isSameContent(one: unknown, other: unknown, aside: string | null = "at"): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one)) {
    if (!Array.isArray(other) || one.length !== other.length) return false;
    for (let i = 0; i < one.length; i++) if (!isSameContent(one[i], other[i], aside)) return false;
    return true;
  }
  if (Array.isArray(other)) return false;
  const [a, b] = [one as Record<string, unknown>, other as Record<string, unknown>];
  // Counted, and not looked up: every object has a `constructor`.
  let others = 0;
  for (const key in b) if (key !== aside && b[key] !== undefined) others++;
  for (const key in a) {
    if (key === aside || a[key] === undefined) continue;
    if (!isSameContent(a[key], b[key], key === "arguments" ? null : aside)) return false;
    others--;
  }
  return others === 0;
}
