import { allGeneratedPositionsFor, TraceMap } from "@jridgewell/trace-mapping";
import { describe, expect, test } from "vitest";
import webpack from "webpack";
import { apps } from "./fixtures/app.ts";
import { bundlers, run, webpackOptions } from "./fixtures/bundlers.ts";
import { denial, misspelt, request, shop, untold } from "./fixtures/policies.ts";

const app = apps();
const main = `import { decide, policy } from "./policies/shop.scruple";
export { decide, policy };
`;

describe.each(Object.entries(bundlers))("in %s, a policy", (_name, bundle) => {
  test("is a module with the guard that the command builds", async () => {
    const one = app({ ...shop, "main.js": main });
    expect(await bundle(one)).toMatchObject({ failed: false });
    const { decide, policy } = await run(one);
    expect(policy).toMatchObject({ name: "shop", rules: ["talk.show"] });
    expect(decide(request)).toMatchObject({ decision: "allow", rules: ["talk.show"] });
    expect(decide({ ...request, operation: "disclose" })).toMatchObject({ decision: "deny" });
  });

  test("has the factory of guards that act for its default", async () => {
    const one = app({ ...shop, "main.js": 'export { default as factory, shop } from "./policies/shop.scruple";\n' });
    await bundle(one);
    const { factory, shop: named } = await run(one);
    expect(factory).toBe(named);
    const guard = factory.inMemory();
    const out = await guard.talk.act(
      { subject: "p1", on: "desk", key: "a" },
      { "notes.note": () => "Hello" },
      () => "read",
    );
    expect(out).toMatchObject({ done: true, value: "read" });
  });

  test("has the denials of all files of the project", async () => {
    const one = app({ ...shop, "main.js": main, "elsewhere/denial.scruple": denial });
    await bundle(one);
    expect((await run(one)).decide(request)).toMatchObject({ decision: "deny", rules: ["no_notes"] });
  });

  test("is one guard, whichever of its files is imported", async () => {
    const both = `import { decide } from "./policies/shop.scruple";
import { decide as other } from "./policies/shop-more.scruple";
export { decide, other };
`;
    const one = app({ ...shop, "main.js": both });
    await bundle(one);
    const { decide, other } = await run(one);
    expect(decide(request)).toMatchObject({ decision: "allow" });
    expect(other).toBe(decide);
  });

  test("leaves a map from its rules to where it says them", async () => {
    const one = app({ ...shop, "main.js": main });
    await bundle(one);
    const map = JSON.parse(one.read("dist/main.js.map"));
    const source = map.sources.find((path: string) => path.endsWith("policies/shop.scruple"));
    const lineOf = (text: string) =>
      shop["policies/shop.scruple"].split("\n").findIndex((one) => one.includes(text)) + 1;
    const places = allGeneratedPositionsFor(new TraceMap(map), { source, line: lineOf("show: allow"), column: 2 });
    const lines = one.read("dist/main.js").split("\n");
    const code = places.map(({ line, column }) =>
      lines
        .slice((line as number) - 1, (line as number) + 1)
        .join("")
        .slice(column as number),
    );
    expect(code).toContainEqual(expect.stringMatching(/^\[\s*"show"/));
    expect(map.sourcesContent).toContain(shop["policies/shop.scruple"]);
  });

  test("warns in the bundler's own output, with place and line", async () => {
    const one = app({ ...shop, "policies/shop.scruple": untold, "main.js": main });
    const { output, failed } = await bundle(one);
    expect(failed).toBe(false);
    expect(output).toMatch(/shop\.scruple[ (:]+19:/);
    expect(output).toMatch(/SCR\d+ untold: /);
    expect(output).toMatch(/19 │ {3}show: allow use notes\n.*[\^~]{4}/);
    expect((await run(one)).decide(request)).toMatchObject({ decision: "allow" });
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

  test("stops the build where another file of the project does not say whose rules it holds", async () => {
    const one = app({ ...shop, "stray.scruple": "deny use any\n", "main.js": main });
    const { output, failed } = await bundle(one);
    expect(failed).toBe(true);
    expect(output).toMatch(/stray\.scruple[ (:]+1:/);
  });

  test("stops the build where no scruple.json says what belongs to it", async () => {
    const { "scruple.json": _, ...policies } = shop;
    const { output, failed } = await bundle(app({ ...policies, "main.js": main }));
    expect(failed).toBe(true);
    expect(output).toContain("There is no scruple.json in");
  });

  test("stops the build where scruple.json leaves it out, or says what the schema does not know", async () => {
    const leftOut = await bundle(
      app({ ...shop, "scruple.json": '{"include":["policies/*-more.scruple"]}', "main.js": main }),
    );
    expect(leftOut.failed).toBe(true);
    expect(leftOut.output).toContain("`policies/shop.scruple` is no policy of its project.");
    const unknown = await bundle(app({ ...shop, "scruple.json": '{"incude":[]}', "main.js": main }));
    expect(unknown.failed).toBe(true);
    expect(unknown.output).toContain("There is no key `incude`. Did you mean `include`?");
  });
});

test("a bundler that goes on after an error is left with a module that throws", async () => {
  const one = app({ ...shop, "policies/shop.scruple": misspelt, "main.js": main });
  const compiler = webpack({ ...webpackOptions(one), mode: "development", devtool: false });
  await new Promise((done) => compiler?.run(() => compiler.close(done)));
  await expect(run(one)).rejects.toThrow("The policy `shop` was not built");
});
