import { readFileSync } from "node:fs";
import { join } from "node:path";
import { configSchema, configSchemaText } from "@scruple/project";
import { expect, test } from "vitest";
import { version } from "../version.ts";

const folder = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(folder, path), "utf8");

test("the published schema is the one that the command checks by", () => {
  expect(read("schema/scruple.schema.json")).toBe(configSchemaText());
  expect(JSON.parse(configSchemaText())).toEqual(JSON.parse(JSON.stringify(configSchema)));
});

test("the command has the version of its package", () => {
  expect(version).toBe(JSON.parse(read("package.json")).version);
});
