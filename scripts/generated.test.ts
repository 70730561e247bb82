import { expect, test } from "vitest";
import { stalePaths } from "./generate.mjs";

test("what is generated is what was committed", () => {
  expect(stalePaths(), "these files are stale: run npm run generate").toEqual([]);
});
