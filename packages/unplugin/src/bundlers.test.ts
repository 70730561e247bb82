import { symlinkSync } from "node:fs";
import { allGeneratedPositionsFor, TraceMap } from "@jridgewell/trace-mapping";
import { describe, expect, test } from "vitest";
import webpack from "webpack";
import { apps } from "./fixtures/app.ts";
import { bundlers, run, webpackOptions } from "./fixtures/bundlers.ts";
import { denial, misspelt, request, shop } from "./fixtures/policies.ts";

const app = apps();
const main = `export { decide, default as factory, policy, shop } from "./policies/shop.scruple";
export { decide as other } from "./policies/shop-more.scruple";
`;

describe.each(Object.entries(bundlers))("in %s, a policy", (_name, bundle) => {
  test("is a module with the guard that the command builds, one for all its files", async () => {
    const one = app({ ...shop, "main.js": main });
    expect(await bundle(one)).toMatchObject({ failed: false });
    const { decide, factory, other, policy, shop: named } = await run(one);
    expect(policy).toMatchObject({ name: "shop", rules: ["talk.show"] });
    expect(decide(request)).toMatchObject({ decision: "allow", rules: ["talk.show"] });
    expect(decide({ ...request, operation: "disclose" })).toMatchObject({ decision: "deny" });
    expect(other).toBe(decide);
    expect(factory).toBe(named);
    const { talk } = factory.inMemory();
    const out = await talk.act({ subject: "p1", on: "desk", key: "a" }, { "notes.note": () => "Hello" }, () => "read");
    expect(out).toMatchObject({ done: true, value: "read" });
  });

  test("has the denials of its project, though a file that comes first lies in another, or in none", async () => {
    const { "scruple.json": _, "policies/shop.scruple": policy, ...more } = shop;
    const one = app({
      ...more,
      "another/shop.scruple": policy,
      "another/scruple.json": "{}",
      "nowhere/vocabulary.scruple": "policy shop\n\ncategory secret_matter\n",
      "policies/denial.scruple": denial,
      "policies/scruple.json": '{"include":["**/*.scruple","../another/*.scruple","../nowhere/*.scruple"]}',
      "main.js": 'export { decide } from "./policies/shop-more.scruple";\n',
    });
    expect(await bundle(one)).toMatchObject({ failed: false });
    expect((await run(one)).decide(request)).toMatchObject({ decision: "deny", rules: ["no_notes"] });
  });

  test("is one module, though a link leads to it as well", async () => {
    const linked = `${main}export { decide as linked } from "./link/shop.scruple";\n`;
    const one = app({ ...shop, "main.js": linked });
    symlinkSync("policies", one.path("link"));
    expect(await bundle(one)).toMatchObject({ failed: false });
    const { decide, linked: same } = await run(one);
    expect(same).toBe(decide);
  });

  test("leaves a map from its rules to where it says them", async () => {
    const one = app({ ...shop, "main.js": main });
    await bundle(one);
    const map = JSON.parse(one.read("dist/main.js.map"));
    const text = shop["policies/shop.scruple"];
    expect(map.sourcesContent).toContain(text);
    const source = map.sources.find((path: string) => path.endsWith("policies/shop.scruple"));
    const line = text.split("\n").findIndex((words) => words.includes("show: allow")) + 1;
    const lines = one.read("dist/main.js").split("\n");
    const code = allGeneratedPositionsFor(new TraceMap(map), { source, line, column: 2 }).map((place) => {
      const [first, next] = lines.slice((place.line as number) - 1);
      return `${first?.slice(place.column as number)}${next}`;
    });
    expect(code).toContainEqual(expect.stringMatching(/^\[\s*"show"/));
  });

  test("warns in the bundler's own output, and has the denials of all files of the project", async () => {
    const one = app({ ...shop, "elsewhere/denial.scruple": denial, "main.js": main });
    const { output, failed } = await bundle(one);
    expect(failed).toBe(false);
    expect(output).toMatch(/shop\.scruple[ (:]+19:/);
    expect(output).toContain("SCR4003 rule-cancelled: `talk.show` allows nothing");
    expect(output).toMatch(/19 │ {3}show: allow use notes\n.*[\^~]{4}/);
    expect((await run(one)).decide(request)).toMatchObject({ decision: "deny", rules: ["no_notes"] });
  });

  test("stops the build where it has an error, with place and line", async () => {
    const one = app({ ...shop, "policies/shop.scruple": misspelt, "main.js": main });
    const { output, failed } = await bundle(one);
    expect(failed).toBe(true);
    expect(output).toMatch(/shop\.scruple[ (:]+19:/);
    expect(output).toContain("No category or source is named `nots` here. Did you mean `notes`?");
    expect(output).toMatch(/19 │ {3}show: allow use nots\n.*[\^~]{4}/);
    expect(one.list().filter((path) => path.startsWith("dist/"))).toEqual([]);
  });
});

// Rollup itself takes a query for a part of the name.
test.each(["vite", "esbuild", "webpack"])(
  "in %s, a policy is one module, though it is asked for with a query",
  async (name) => {
    const queried = `${main}export { decide as linked } from "./policies/shop.scruple?x=1";\n`;
    const one = app({ ...shop, "main.js": queried });
    expect(await bundlers[name]?.(one)).toMatchObject({ failed: false });
    const { decide, linked: same } = await run(one);
    expect(same).toBe(decide);
  },
);

test("Vite gives the text of a policy to who asks for that", async () => {
  const one = app({ ...shop, "main.js": 'export { default } from "./policies/shop.scruple?raw";\n' });
  await bundlers.vite?.(one);
  expect(await run(one)).toMatchObject({ default: shop["policies/shop.scruple"] });
});

describe("a build stops", () => {
  const told = async (files: Readonly<Record<string, string>>) => {
    const { failed, output } = (await bundlers.esbuild?.(app({ ...files, "main.js": main }))) ?? {};
    expect(failed).toBe(true);
    return output;
  };

  test("where another file of the project does not say whose rules it holds", async () => {
    expect(await told({ ...shop, "stray.scruple": "deny use any\n" })).toMatch(/stray\.scruple:1:/);
  });
  test("where no scruple.json says what belongs to a policy", async () => {
    const { "scruple.json": _, ...policies } = shop;
    expect(await told(policies)).toContain("There is no scruple.json in");
  });
  test("where scruple.json leaves a policy out", async () => {
    const output = await told({ ...shop, "scruple.json": '{"include":["policies/*-more.scruple"]}' });
    expect(output).toContain("`policies/shop.scruple` is no policy of its project.");
  });
  test("where scruple.json says what the schema does not know", async () => {
    const output = await told({ ...shop, "scruple.json": '{"incude":[]}' });
    expect(output).toContain("There is no key `incude`. Did you mean `include`?");
  });
  test("where a policy has nothing to decide", async () => {
    const output = await told({
      "scruple.json": "{}",
      "policies/shop.scruple": "policy shop\n",
      "policies/shop-more.scruple": "policy shop\n",
    });
    expect(output).toContain("The policy `shop` declares no interaction, so there is nothing to decide.");
  });
});

test("a bundler that goes on after an error is left with a module that throws", async () => {
  const one = app({ ...shop, "policies/shop.scruple": misspelt, "main.js": main });
  const compiler = webpack({ ...webpackOptions(one), mode: "development", devtool: false });
  await new Promise((done) => compiler?.run(() => compiler.close(done)));
  await expect(run(one)).rejects.toThrow("The policy `shop` was not built");
});
