import { expect, test } from "vitest";
import { type PermissionRow, Register } from "./register.ts";

test.each([
  [true, true],
  [1, true],
  [false, undefined],
  [0, undefined],
  // What drivers make of truth values that they do not know.
  ["f", undefined],
  ["false", undefined],
  [null, undefined],
])("a consent that a database calls %s was given explicitly: %s", async (explicit, expected) => {
  const row = { kind: "consent", purpose: "care", channel: "any", explicit } as PermissionRow;
  const unused = async () => undefined;
  const register = new Register({ rows: async () => [row], add: unused, remove: unused, clear: unused });
  const { consents } = await register.read("p1");
  expect(consents).toEqual([{ purpose: "care", channel: "any", ...(expected && { explicit: true }) }]);
});

test.each([
  [5, "any"],
  ["care", null],
  ["care", undefined],
])("a consent to %s over %s is none", async (purpose, channel) => {
  const row = { kind: "consent", purpose, channel, explicit: true } as PermissionRow;
  const unused = async () => undefined;
  const register = new Register({ rows: async () => [row], add: unused, remove: unused, clear: unused });
  await expect(register.read("p1")).rejects.toThrow("whose purpose or channel is no text");
});
