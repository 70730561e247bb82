import { expect, test } from "vitest";
import { described, load } from "./load.js";

test("two hundred people at once get no wrong answer", async () => {
  const result = await load({ seconds: 10, connections: 200 });
  console.log(described(result));
  expect(result.mistakes).toEqual([]);
  expect(result.failed).toBe(0);
  for (const count of Object.values(result.asked)) expect(count).toBeGreaterThan(0);
  expect(result.offersSent).toBeGreaterThan(0);
  expect(result.trail.breaches).toBe(0);
  // Each answer has left at least one entry behind.
  expect(result.trail.entries).toBeGreaterThanOrEqual(Object.values(result.asked).reduce((sum, count) => sum + count));
});
