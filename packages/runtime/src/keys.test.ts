import { expect, test } from "vitest";
import { follow, keysOf } from "./keys.ts";

test("an order of keys that was seen before is found again", () => {
  const keys = keysOf(new Map([["age", 1]]));
  expect(follow(keys, keys.first, "age")).toBe(keys.first.next);
  expect(keys.first.next?.slot).toBe(1);
});

test("the first undeclared key is kept, and not remembered for other requests", () => {
  const keys = keysOf(new Map([["age", 1]]));
  const wrong = follow(keys, keys.first, "agee");
  expect(follow(keys, wrong, "age").wrong).toBe("agee");
  expect(keys.first.next).toBeUndefined();
});

test("the orders do not fill the memory", () => {
  const names = Array.from({ length: 200 }, (_, i) => `a${i}`);
  const keys = keysOf(new Map(names.map((name, i) => [name, i + 1])));
  for (const one of names) for (const other of names) follow(keys, follow(keys, keys.first, one), other);
  expect(keys.size).toBe(4_096);
});
