import { expect, test } from "vitest";
import { factoryName } from "./factory-name.ts";

test.each([
  ["airline.know_me", "knowMe"],
  ["shop", "shop"],
  ["bank.one_history", "oneHistory"],
  ["a.Board-ing", "boardIng"],
  ["a.2fast", "_2fast"],
  ["a.trace", "traceGuard"],
  ["a.delete", "deleteGuard"],
  ["a.__proto__", "proto"],
  ["a.§", "policyGuard"],
])("the factory of %s is %s", (policy, name) => {
  expect(factoryName(policy)).toBe(name);
  expect(() => new Function(`const ${name} = 0;`)).not.toThrow();
});
