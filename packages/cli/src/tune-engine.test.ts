import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { engineFlags } from "./tune-engine.ts";

test("V8 knows every setting that it is given", () => {
  expect(engineFlags).not.toEqual([]);
  const { status, stderr } = spawnSync(process.execPath, [...engineFlags, "--eval", ""], { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
});
