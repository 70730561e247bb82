import type { AuditEntry } from "@scruple/runtime/enforce";
import { expect, test } from "vitest";
import { canonicalEntry, longestEntry } from "./canonical-entry.ts";
import { entry } from "./fixtures/entries.ts";

test("does not depend on the order in which keys were set", () => {
  const conditions = { "a.b": "true", "a.a": "unknown" } as const;
  const turned = Object.fromEntries(
    Object.entries(entry({ conditions: { "a.a": "unknown", "a.b": "true" } })).reverse(),
  );
  expect(canonicalEntry(turned as unknown as AuditEntry)).toBe(canonicalEntry(entry({ conditions })));
});

test("is JSON that means the entry", () => {
  const odd = entry({ purpose: 'größe "2"\n', data: ["b.b", "a.a"], subject: "hmac:1", errors: 2 });
  expect(JSON.parse(canonicalEntry(odd))).toEqual(odd);
});

test("keeps the order of lists, which says something", () => {
  expect(canonicalEntry(entry({ data: ["a.a", "b.b"] }))).not.toBe(canonicalEntry(entry({ data: ["b.b", "a.a"] })));
});

test.each([
  [{ errors: Number.NaN }, "`errors`"],
  [{ errors: 0.5 }, "`errors`"],
  [{ with: undefined }, "`with`"],
  [{ data: [["a.a"]] }, "`data[0]`"],
  [{ conditions: { "a.a": {} } }, "`conditions.a.a`"],
])("refuses %j, and names the key alone", (parts, name) => {
  expect(() => canonicalEntry(entry(parts as unknown as Partial<AuditEntry>))).toThrow(
    `${name} of an audit entry is no text, whole number, truth value or null.`,
  );
});

test("refuses an entry that no reader would hold", () => {
  expect(() => canonicalEntry(entry({ purpose: "x".repeat(longestEntry) }))).toThrow(RangeError);
});
