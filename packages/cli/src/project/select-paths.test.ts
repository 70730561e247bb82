import { symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { TestProject } from "../fixtures/project.ts";
import { selectPaths } from "./select-paths.ts";

describe("paths on the command line", () => {
  const files = ["policies/a.scruple", "policies/sub/b.scruple"];
  const select = (paths: string[], cwd = ".") => {
    const project = new TestProject({ "policies/a.scruple": "", "policies/sub/b.scruple": "", "notes/c.md": "" });
    return [...selectPaths(paths, project.path(cwd), project.root, files)];
  };

  test("choose all where there is none", () => expect(select([])).toEqual(files));
  test("choose a file", () => expect(select(["policies/a.scruple"])).toEqual(["policies/a.scruple"]));
  test("choose what is in a folder", () => expect(select(["policies/sub/"])).toEqual(["policies/sub/b.scruple"]));
  test("are seen from the working directory", () => {
    expect(select(["../a.scruple", "."], "policies/sub")).toEqual(files);
  });
  test("may be links to what the project has under another path", () => {
    const project = new TestProject({ "policies/a.scruple": "", "policies/sub/b.scruple": "" });
    symlinkSync("policies/a.scruple", project.path("alias.scruple"));
    symlinkSync("policies/sub", project.path("sub"));
    expect([...selectPaths(["alias.scruple", "sub"], project.root, project.root, files)]).toEqual(files);
  });
  test("that do not exist suggest one that does", () => {
    expect(() => select(["policies/aa.scruple"])).toThrow(
      "There is no file or folder `policies/aa.scruple`. Did you mean `policies/a.scruple`?",
    );
  });
  test("that hold no policy are refused", () => {
    expect(() => select(["notes"])).toThrow("The folder `notes` holds no policy of this project.");
    expect(() => select(["notes/c.md"])).toThrow("`notes/c.md` is not one of this project's policy files.");
  });
});
