import { expect, test } from "vitest";
import { isSameContent } from "./same-content.ts";

test("what stands at other places says the same", () => {
  expect(isSameContent({ name: "a", at: 1, of: [1, { b: null }] }, { of: [1, { b: null }], name: "a", at: 2 })).toBe(
    true,
  );
  expect(isSameContent({ name: "a", doc: undefined }, { name: "a" })).toBe(true);
});

test.each([
  [{ name: "a" }, { name: "b" }],
  [{ name: "a" }, { name: "a", more: 1 }],
  [{ of: [1, 2] }, { of: [1] }],
  [{ of: [] }, { of: {} }],
  [{ arguments: { at: 1 } }, { arguments: { at: 2 } }],
  [{ arguments: {} }, { arguments: { constructor: 1 } }],
  [{ arguments: {} }, { arguments: JSON.parse('{"__proto__":1}') }],
])("%j and %j do not", (one, other) => {
  expect(isSameContent(one, other)).toBe(false);
  expect(isSameContent(other, one)).toBe(false);
});
