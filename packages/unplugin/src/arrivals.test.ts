import { readFileSync, writeFileSync } from "node:fs";
import { findProject } from "@scruple/project";
import { TemporaryFolder } from "@scruple/testkit";
import { expect, onTestFinished, test, vi } from "vitest";
import { Arrivals } from "./arrivals.ts";

test.each([
  ["a policy that comes new is told", false],
  ["and so is one among files that cannot be looked at, which may hold a denial", true],
])("%s", async (_, isUnreadable) => {
  const folder = new TemporaryFolder({ "scruple.json": "{}", "shop.scruple": "policy shop\n" }, onTestFinished);
  const arrivals = new Arrivals();
  onTestFinished(() => arrivals.close());
  const found = await findProject(folder.root);
  let fails = false;
  const project = {
    ...found,
    get include() {
      if (fails) throw new Error("EACCES");
      return found.include;
    },
  };
  const sign = await arrivals.noticedBy(project);
  const before = readFileSync(sign, "utf8");
  fails = isUnreadable;
  writeFileSync(folder.path("store.scruple"), "policy store\n");
  await vi.waitFor(() => expect(readFileSync(sign, "utf8")).not.toBe(before), { timeout: 5_000 });
});

test("a project is looked at as it is now, not as it was when its folder was first watched", async () => {
  const folder = new TemporaryFolder({ "scruple.json": '{"include":["shop.scruple"]}' }, onTestFinished);
  folder.write("shop.scruple", "policy shop\n");
  const arrivals = new Arrivals();
  onTestFinished(() => arrivals.close());
  await arrivals.noticedBy(await findProject(folder.root));
  folder.write("scruple.json", "{}");
  const sign = await arrivals.noticedBy(await findProject(folder.root));
  const before = readFileSync(sign, "utf8");
  writeFileSync(folder.path("store.scruple"), "policy store\n");
  await vi.waitFor(() => expect(readFileSync(sign, "utf8")).not.toBe(before), { timeout: 5_000 });
});
