import type { Decision } from "@scruple/model";
import fc from "fast-check";
import { expect, test } from "vitest";
import { DecisionWriter } from "./decision-line.ts";

const text = fc.string({ unit: "binary" });
const texts = fc.array(text, { maxLength: 3 });
const decisions: fc.Arbitrary<Decision> = fc.record({
  id: fc.oneof(text, fc.integer(), fc.constant(null)),
  decision: fc.constantFrom("allow", "deny"),
  rules: texts,
  because: texts,
  told: texts,
  basis: texts,
  duties: fc.array(
    fc.record({ name: text, arguments: fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean())) }),
  ),
  limits: fc.array(
    fc.record({ rule: text, count: fc.nat(), per: fc.nat(), by: fc.constantFrom("subject", "subject+channel") }),
  ),
  missing: texts,
  precision: fc.oneof(text, fc.constant(null)),
  retryAfter: fc.oneof(fc.nat(), fc.constant(null)),
  model: text,
  errors: texts,
});

test("writes what JSON.stringify would", () => {
  const writer = new DecisionWriter();
  fc.assert(
    fc.property(decisions, (decision) => {
      expect(writer.line(decision)).toBe(`${JSON.stringify(decision)}\n`);
    }),
  );
});
