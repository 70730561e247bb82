import { nearest as inRequests } from "@scruple/model";
import { nearest as inPolicies } from "@scruple/syntax";
import fc from "fast-check";
import { expect, test } from "vitest";

function expectSame(word: string, known: readonly string[]): string | null {
  const meant = inPolicies(word, known);
  expect(inRequests(word, known), `${word} among ${known}`).toBe(meant === null ? "" : ` Did you mean \`${meant}\`?`);
  return meant;
}

// `model` and `syntax` may not know each other, so each has its own: whoever misspells a name gets the same answer.
const letters = fc.constantFrom(..."abAB_");
const words = fc.oneof(
  fc.string({ unit: letters, minLength: 1, maxLength: 9 }),
  fc.string({ unit: letters, minLength: 1, maxLength: 90 }),
);
/** A word and one that it may be a misspelling of: drawn apart, long words are never near. */
const slips = fc.tuple(words, fc.nat(), letters, fc.constantFrom(0, 1)).map(([word, at, letter, drop]) => {
  const place = at % (word.length + 1);
  return [word.slice(0, place) + letter + word.slice(place + drop), word] as const;
});

test("a misspelt name in a request and in a policy is taken for the same one", () => {
  let found = 0;
  fc.assert(
    fc.property(slips, fc.array(words, { maxLength: 8 }), ([word, other], known) => {
      if (expectSame(word, known) !== null) found++;
      if (expectSame(word, [...known, other]) !== null) found++;
    }),
    { numRuns: 2_000 },
  );
  expect(found).toBeGreaterThan(1_000);
});

test.each([
  ["ag", ["age"], null],
  ["bb", ["ab"], null],
  ["ID", ["id"], "id"],
  ["FirstNme", ["FirstName"], "FirstName"],
  ["LOYALTY_TIRE", ["LOYALTY_TIER"], "LOYALTY_TIER"],
  [`${"a".repeat(79)}x`, ["a".repeat(80)], "a".repeat(80)],
  [`${"a".repeat(80)}x`, ["a".repeat(81)], null],
  ["A".repeat(81), ["a".repeat(81)], "a".repeat(81)],
])("at the bounds: case %#", (word, known, meant) => {
  expect(expectSame(word, known)).toBe(meant);
});
