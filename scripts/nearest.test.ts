import { nearest as inRequests } from "@scruple/model";
import { nearest as inPolicies } from "@scruple/syntax";
import fc from "fast-check";
import { expect, test } from "vitest";

// `model` and `syntax` may not know each other, so each has its own: whoever misspells a name gets the same answer.
const words = fc.string({ unit: fc.constantFrom(..."ab_"), minLength: 3, maxLength: 9 });

test("a misspelt name in a request and in a policy is taken for the same one", () => {
  let found = 0;
  fc.assert(
    fc.property(words, fc.array(words, { maxLength: 8 }), (word, known) => {
      const meant = inPolicies(word, known);
      expect(inRequests(word, known)).toBe(meant === null ? "" : ` Did you mean \`${meant}\`?`);
      if (meant !== null) found++;
    }),
    { numRuns: 2_000 },
  );
  expect(found).toBeGreaterThan(150);
});
