import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = () => {
  const made = temporaryFolder("test");
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
};

test("is there for as long as its process runs, and goes when another is made after that was killed", () => {
  const mine = folder();
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const [ofTheDead, ofAnotherMachine, ofAnother] = [
    mine.replace(`-${process.pid}@`, `-${pid}@`),
    mine.replace(`-${process.pid}@`, `-${pid}@not-`),
    mkdtempSync(`${join(mine, "..", "scruple-test-")}mine`),
  ];
  for (const path of [ofAnotherMachine, ofTheDead]) renameSync(folder(), path);
  for (const path of [ofTheDead, ofAnotherMachine, ofAnother]) {
    onTestFinished(() => rmSync(path, { recursive: true, force: true }));
    writeFileSync(join(path, "a"), "");
  }
  expect(folder()).not.toBe(mine);
  expect([mine, ofTheDead, ofAnotherMachine, ofAnother].map((path) => existsSync(path))).toEqual([
    true,
    false,
    true,
    true,
  ]);
});
