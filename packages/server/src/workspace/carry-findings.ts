import type { Diagnostic } from "@scruple/compiler";

/**
 * What was found in a text, for the text that an edit has made of it: findings before and behind the edit move along, those that it
 * touches are left out. The edit is what lies between the longest beginning and the longest end that both texts have.
 */
export function carryFindings(findings: readonly Diagnostic[], before: string, after: string): readonly Diagnostic[] {
  if (before === after) return findings;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (
    tail < shorter - start &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  const end = before.length - tail;
  const moved = after.length - before.length;
  return findings.flatMap((one) => {
    if (one.end <= start) return [one];
    return one.start >= end ? [{ ...one, start: one.start + moved, end: one.end + moved }] : [];
  });
}
