import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = new URL("../", import.meta.url);
const { bin, files } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));

test("the command that npm links is there before anything is built, and is shipped", () => {
  // npm links nothing to a file that is missing when it installs, and `npx scruple` would then ask a registry.
  expect(bin.scruple).toBe("bin/scruple.js");
  expect(existsSync(new URL(bin.scruple, root))).toBe(true);
  expect(files).toEqual(expect.arrayContaining(["bin", "dist"]));
});

test.runIf(existsSync(new URL("dist/scruple.js", root)))("it runs the built command", () => {
  const { status, stdout } = spawnSync(process.execPath, [fileURLToPath(new URL(bin.scruple, root)), "--version"]);
  expect({ status, stdout: stdout.toString() }).toEqual({ status: 0, stdout: "0.1.0\n" });
});
