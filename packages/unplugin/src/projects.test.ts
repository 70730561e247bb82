import { rmSync, symlinkSync } from "node:fs";
import { TemporaryFolder } from "@scruple/testkit";
import { expect, onTestFinished, test } from "vitest";
import { Projects } from "./projects.ts";

test("what could not be read is read again when it is asked for, and what could be is not", async () => {
  const folder = new TemporaryFolder({ "scruple.json": "{", "shop.scruple": "policy shop\n" }, onTestFinished);
  const projects = new Projects();
  const shop = () => projects.of(folder.path("shop.scruple"));
  await expect(shop()).rejects.toThrow("is not JSON");
  folder.write("scruple.json", "{}");
  symlinkSync("gone.txt", folder.path("denial.scruple"));
  await expect(shop()).rejects.toThrow("`denial.scruple` could not be read");
  folder.write("gone.txt", "policy shop\n");
  const compiled = await shop();
  expect(compiled.program.files).toHaveLength(2);
  rmSync(folder.path("denial.scruple"));
  expect(await shop()).toBe(compiled);
});
