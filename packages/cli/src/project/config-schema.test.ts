import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { version } from "../version.ts";
import { configSchema } from "./config-schema.ts";

const folder = join(import.meta.dirname, "../..");
const readJson = (path: string) => JSON.parse(readFileSync(join(folder, path), "utf8"));

test("the published schema is the one that the command checks by", () => {
  expect(readJson("schema/scruple.schema.json")).toEqual(JSON.parse(JSON.stringify(configSchema)));
});

test("the command has the version of its package", () => {
  expect(version).toBe(readJson("package.json").version);
});
