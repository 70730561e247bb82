import { chmodSync, existsSync, lstatSync, statSync, symlinkSync, utimesSync } from "node:fs";
import { TemporaryFolder } from "@scruple/testkit";
import { expect, onTestFinished, test } from "vitest";
import { writeFiles } from "./write-files.ts";

const folder = (files: Readonly<Record<string, string>>) => new TemporaryFolder(files, onTestFinished);
const show = (path: string) => path.split("/").at(-1)!;

test("writes several files and the folders that they need", () => {
  const project = folder({});
  const written = writeFiles(
    [
      { path: project.path("out/a.js"), content: "a" },
      { path: project.path("out/deep/b.js"), content: "b" },
    ],
    show,
  );
  expect(written).toEqual([project.path("out/a.js"), project.path("out/deep/b.js")]);
  expect(project.list()).toEqual(["out/a.js", "out/deep/b.js"]);
});

test("leaves a file alone that holds its content already", () => {
  const project = folder({ "a.js": "same" });
  const before = statSync(project.path("a.js")).ino;
  expect(writeFiles([{ path: project.path("a.js"), content: "same" }], show)).toEqual([]);
  expect(statSync(project.path("a.js")).ino).toBe(before);
});

test("changes nothing where one of the files cannot be written, and leaves no temporary file", () => {
  const project = folder({ "a.js": "old", "in-the-way": "" });
  const write = () =>
    writeFiles(
      [
        { path: project.path("a.js"), content: "new" },
        { path: project.path("in-the-way/b.js"), content: "b" },
      ],
      show,
    );
  expect(write).toThrow("`b.js` could not be written: a file is in the way. No file was changed.");
  expect(project.read("a.js")).toBe("old");
  expect(project.list()).toEqual(["a.js", "in-the-way"]);
});

test("takes away the folders that it made where a later file cannot be written", () => {
  const project = folder({ "in-the-way": "" });
  const write = () =>
    writeFiles(
      [
        { path: project.path("new/deep/a.js"), content: "a" },
        { path: project.path("in-the-way/b.js"), content: "b" },
      ],
      show,
    );
  expect(write).toThrow("`b.js` could not be written: a file is in the way. No file was changed.");
  expect(existsSync(project.path("new"))).toBe(false);
});

test.runIf(existsSync("/proc"))("gives up on a file system that makes no folders", { timeout: 10_000 }, () => {
  const write = () => writeFiles([{ path: "/proc/scruple/out/a.js", content: "a" }], show);
  expect(write).toThrow(/`a\.js` could not be written: .+\. No file was changed\./);
});

test("puts back what was there where the last step fails halfway", () => {
  const project = folder({ "a.js": "old" });
  const write = () =>
    writeFiles(
      [
        { path: project.path("a.js"), content: "new" },
        { path: project.path("b.js"), content: "new" },
        { path: project.path("b.js/inside"), content: "makes a folder where the file before was to be" },
      ],
      show,
    );
  expect(write).toThrow("`b.js` could not be written: it is a folder. No file was changed.");
  expect(project.list()).toEqual(["a.js"]);
  expect(project.read("a.js")).toBe("old");
});

test("removes what was left of files that it writes, changed or not, once nobody can be writing it any more", () => {
  const mark = "0123456789ab";
  const names = [`.a.js.${mark}.tmp`, `.b.js.${mark}.tmp`, `.c.js.${mark}.tmp`, ".a.js.mine.tmp", `a.js.${mark}.tmp`];
  const project = folder({ "a.js": "same", ...Object.fromEntries(names.map((name) => [name, ""])) });
  project.write(`.a.js.${"f".repeat(12)}.tmp`, "of another build that is under way");
  const anHourAgo = Date.now() / 1000 - 3600;
  for (const name of names) utimesSync(project.path(name), anHourAgo, anHourAgo);
  writeFiles(
    [
      { path: project.path("a.js"), content: "same" },
      { path: project.path("b.js"), content: "new" },
    ],
    show,
  );
  expect(project.list()).toEqual([".a.js.ffffffffffff.tmp", ...names.slice(2), "a.js", "b.js"].sort());
});

test("keeps a file's mode, and a link a link", () => {
  const project = folder({ "real.scruple": "old" });
  chmodSync(project.path("real.scruple"), 0o640);
  symlinkSync(project.path("real.scruple"), project.path("link.scruple"));
  writeFiles([{ path: project.path("link.scruple"), content: "new" }], show);
  expect(lstatSync(project.path("link.scruple")).isSymbolicLink()).toBe(true);
  expect(project.read("real.scruple")).toBe("new");
  expect(statSync(project.path("real.scruple")).mode & 0o777).toBe(0o640);
});
