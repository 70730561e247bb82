import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, onTestFinished, test } from "vitest";
import { release, request, shop, trusted } from "./fixtures/releases.ts";

test("a host that makes no code of text has guards all the same", async () => {
  const folder = mkdtempSync(join(tmpdir(), "scruple-reload-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = (name: string) => join(folder, name);
  writeFileSync(path("shop.signed.json"), release(shop(), 9));
  writeFileSync(path("release.pub"), trusted.export({ type: "spki", format: "pem" }));
  writeFileSync(path("package.json"), '{ "type": "module" }');
  await build({
    stdin: {
      contents: `
        import { readFileSync } from "node:fs";
        import { reloading } from ${JSON.stringify(join(import.meta.dirname, "index.ts"))};
        const guard = await reloading({
          policy: "shop",
          keys: [readFileSync("release.pub", "utf8")],
          from: "shop.signed.json",
          now: () => Date.UTC(2026, 10, 22),
        });
        let evaluates = true;
        try {
          new Function("");
        } catch {
          evaluates = false;
        }
        console.log(JSON.stringify({ evaluates, decision: guard.decide(${JSON.stringify(request)}).decision }));
      `,
      resolveDir: import.meta.dirname,
    },
    outfile: path("application.js"),
    bundle: true,
    platform: "node",
    format: "esm",
    conditions: ["source"],
    logLevel: "error",
  });
  const argv = ["--disallow-code-generation-from-strings", "application.js"];
  const { stdout, stderr } = spawnSync(process.execPath, argv, { cwd: folder, encoding: "utf8" });
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual({ evaluates: false, decision: "allow" });
});
