import { join } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { TestProject } from "../fixtures/project.ts";

async function fresh(files: Record<string, string> = {}) {
  const project = new TestProject(files);
  return { project, ran: await project.run(["init"]) };
}

test("makes a project that checks, is laid out, tests, and builds", async () => {
  const { project, ran } = await fresh();
  expect(ran.code).toBe(0);
  expect(await project.run(["check", "--max-warnings", "0"])).toMatchObject({ code: 0, out: "" });
  expect(await project.run(["format", "--check"])).toMatchObject({ code: 0, out: "" });
  expect(await project.run(["test", "--min-coverage", "100"])).toMatchObject({ code: 0 });
  expect(await project.run(["build"])).toMatchObject({ code: 0 });
  expect(project.list("generated")).toContain("shop.customers.guard.js");
});

test("brings an app that asks the built guard", async () => {
  const { project } = await fresh();
  await project.run(["build"]);
  const { outputFiles } = await build({
    entryPoints: [project.path("app/choose-offer.js")],
    bundle: true,
    write: false,
    format: "esm",
    conditions: ["source"],
    nodePaths: [join(import.meta.dirname, "../../../../node_modules")],
  });
  const { chooseOffer } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0]!.text)}`);
  const customer = {
    id: "c1",
    age: 34,
    lastOrder: new Date(),
    purchases: ["coat"],
    consents: [{ purpose: "direct_marketing", channel: "email" }],
    objections: [],
  };
  const choose = (purchases: string[]) => `a hat for a ${purchases[0]}`;
  expect(chooseOffer(customer, choose)).toMatchObject({
    offer: "a hat for a coat",
    limits: [{ rule: "offer_email.enough" }],
  });
  expect(chooseOffer({ ...customer, age: 17 }, choose)).toEqual({ offer: null, because: ["No rule allows this."] });
});

test("brings editor and CI files, and says what to do next", async () => {
  const { project, ran } = await fresh();
  expect(project.list()).toEqual([
    ".github/workflows/policies.yml",
    ".gitignore",
    ".vscode/extensions.json",
    ".vscode/settings.json",
    "app/choose-offer.js",
    "package.json",
    "policies/shop.scruple",
    "scruple.json",
  ]);
  expect(ran.out).toContain("Next:\n  npm install\n  npx scruple check ");
});

test("makes the folder that it is given", async () => {
  const project = new TestProject({});
  const { code, out } = await project.run(["init", "My Shop"]);
  expect(code).toBe(0);
  expect(out).toContain("  cd My Shop\n");
  expect(JSON.parse(project.read("My Shop/package.json")).name).toBe("my-shop");
});

test("overwrites nothing", async () => {
  const { project, ran } = await fresh({ "scruple.json": "{}", "policies/shop.scruple": "mine" });
  expect(ran.code).toBe(2);
  expect(ran.err).toContain("`scruple.json`, `policies/shop.scruple` are there already.");
  expect(project.list()).toEqual(["policies/shop.scruple", "scruple.json"]);
});

test("lets a package keep what is its own", async () => {
  const { project, ran } = await fresh({ "package.json": '{"name":"mine"}' });
  expect(ran.code).toBe(0);
  expect(project.read("package.json")).toBe('{"name":"mine"}');
  expect(ran.out).toContain("npm install --save-dev @scruple/cli");
  expect(ran.out).toContain("  npm pkg set type=module ");
  const { ran: again } = await fresh({ "package.json": '{"type":"module"}' });
  expect(again.out).not.toContain("npm pkg set");
});
