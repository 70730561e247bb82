import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { apps } from "./fixtures/app.ts";
import { bundlers } from "./fixtures/bundlers.ts";
import { misspelt, shop } from "./fixtures/policies.ts";

const app = apps();
const packages = join(import.meta.dirname, "../..");
const main = 'export { decide } from "./policies/shop.scruple";\n';
const tsconfig = JSON.stringify({
  compilerOptions: {
    strict: true,
    noEmit: true,
    // As editors and bundlers resolve modules.
    module: "preserve",
    target: "es2023",
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    types: [],
    paths: {
      "@scruple/runtime": [join(packages, "runtime/src/index.ts")],
      "@scruple/runtime/enforce": [join(packages, "runtime/src/enforce/index.ts")],
    },
  },
  include: ["*.ts"],
});

/** What the compiler says of an application, a line each. */
function compile(folder: string): string[] {
  const tsc = join(packages, "../node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", folder], { cwd: folder, encoding: "utf8" });
  return stdout.split("\n").filter((line) => line !== "");
}

describe("the types of a policy's module", () => {
  test("are what the policy says, for whichever of its files", async () => {
    const use = (field: string) => `import shop, { decide } from "./policies/shop.scruple";
import { decide as other } from "./policies/shop-more.scruple";
const request = { interaction: "talk", operation: "use", data: "${field}", purpose: "help", channel: "desk" } as const;
export const decisions = [decide, other].map((one) => one(request).decision);
const { talk } = shop.inMemory();
const call = { subject: "p1", on: "desk", key: "a" } as const;
export const out = talk.act(call, { "${field}": () => "Hello" }, (values) => values["${field}"].length);
`;
    const both = `${main}export { decide as other } from "./policies/shop-more.scruple";\n`;
    const one = app({ ...shop, "main.js": both, "tsconfig.json": tsconfig, "good.ts": use("notes.note") });
    await bundlers.esbuild?.(one);
    expect(compile(one.root)).toEqual([]);
    one.write("bad.ts", use("notes.nothing"));
    const errors = compile(one.root).join("\n");
    expect(errors).toMatch(/^bad\.ts\(4,.*not assignable to parameter of type 'Request'/);
    expect(errors).toContain(`Did you mean '"notes.note"'?`);
    expect(errors).toMatch(/^bad\.ts\(7,.*there is no field of this short name/m);
  });

  test("stay as they are where they are right already, and where there is an error", async () => {
    const one = app({ ...shop, "main.js": main });
    const types = one.path("policies/shop.scruple.d.ts");
    await bundlers.esbuild?.(one);
    const { ino, mtimeMs } = statSync(types);
    one.write("policies/shop.scruple", `${shop["policies/shop.scruple"]}\n// more\n`);
    await bundlers.esbuild?.(one);
    one.write("policies/shop.scruple", misspelt);
    expect(await bundlers.esbuild?.(one)).toMatchObject({ failed: true });
    expect(statSync(types)).toMatchObject({ ino, mtimeMs });
  });

  test("that cannot be written are a warning", async () => {
    const one = app({ ...shop, "main.js": main, "policies/shop-more.scruple.d.ts/in-the-way": "" });
    const { failed, output } = (await bundlers.esbuild?.(one)) ?? {};
    expect(failed).toBe(false);
    expect(output).toContain("shop-more.scruple.d.ts` could not be written: it is a folder.");
  });
});
