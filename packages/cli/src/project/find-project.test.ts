import { describe, expect, test } from "vitest";
import { CallError } from "../exit.ts";
import { TestProject } from "../fixtures/project.ts";
import { findProject } from "./find-project.ts";
import { policyPaths } from "./policy-paths.ts";
import { selectPaths } from "./select-paths.ts";

async function failure(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(CallError);
  return (error as CallError).message;
}

describe("a project", () => {
  test("is found from any folder below its scruple.json", async () => {
    const project = new TestProject({ "scruple.json": '{"out":"dist"}', "a/b/c.scruple": "" });
    expect(await findProject(project.path("a/b"))).toMatchObject({
      root: project.root,
      out: "dist",
      targets: ["javascript", "json"],
      leastGroupSize: 1000,
    });
  });

  test("is the working directory where there is no scruple.json, with all that defaults say", async () => {
    const project = new TestProject({ "a.scruple": "" });
    expect(await findProject(project.root)).toEqual({
      root: project.root,
      configFile: null,
      include: ["**/*.scruple"],
      out: "generated",
      targets: ["javascript", "json"],
      severity: {},
      leastGroupSize: 1000,
    });
  });

  test("reads a configuration with a byte order mark", async () => {
    const project = new TestProject({ "scruple.json": '\ufeff{"leastGroupSize": 50}' });
    expect(await findProject(project.root)).toMatchObject({ leastGroupSize: 50 });
  });
});

describe("a configuration is refused", () => {
  const refused = (config: string) => failure(findProject(new TestProject({ "scruple.json": config }).root));

  test("with the nearest key where one is unknown", async () => {
    expect(await refused('{"includes": []}')).toContain("There is no key `includes`. Did you mean `include`?");
  });
  test("with the nearest target", async () => {
    expect(await refused('{"targets": ["javascrpt"]}')).toContain(
      "`targets.0` cannot be `javascrpt`; it is one of `javascript` or `json`. Did you mean `javascript`?",
    );
  });
  test("with the nearest severity", async () => {
    expect(await refused('{"severity": {"untold": "eror"}}')).toContain(
      "`severity.untold` cannot be `eror`; it is one of `off`, `hint`, `info`, `warning` or `error`. Did you mean `error`?",
    );
  });
  test("where a value has another type", async () => {
    expect(await refused('{"include": "policies"}')).toBe("`scruple.json`: `include` has to be a list.");
    expect(await refused('{"leastGroupSize": 0}')).toBe("`scruple.json`: `leastGroupSize` is at least 1.");
    expect(await refused("[]")).toBe("`scruple.json`: The configuration has to be an object.");
  });
  test("with every problem at once", async () => {
    expect((await refused('{"outt": "x", "include": []}')).split("\n")).toHaveLength(2);
  });
  test("where it is no JSON", async () => {
    expect(await refused("{include: []}")).toMatch(/^`scruple.json` is not JSON: /);
  });
});

describe("the files of a project", () => {
  test("are never those of node_modules, of dot folders, or of `out`", async () => {
    const project = new TestProject({
      "scruple.json": '{"out": "built/here"}',
      "b.scruple": "",
      "a/x.scruple": "",
      "a/x.txt": "",
      "node_modules/p/x.scruple": "",
      "a/node_modules/p/x.scruple": "",
      ".cache/x.scruple": "",
      "built/here/x.scruple": "",
      "built/x.scruple": "",
    });
    expect(await policyPaths(await findProject(project.root))).toEqual(["a/x.scruple", "b.scruple", "built/x.scruple"]);
  });

  test("are those that `include` names, whatever characters their folders have", async () => {
    const project = new TestProject({
      "scruple.json": '{"include": ["policies/**/*.scruple"], "out": "out [1]"}',
      "policies/größe/x.scruple": "",
      "policies/(old)/x.scruple": "",
      "other/x.scruple": "",
    });
    expect(await policyPaths(await findProject(project.root))).toEqual([
      "policies/(old)/x.scruple",
      "policies/größe/x.scruple",
    ]);
  });

  test("stay where `out` is the project's own folder", async () => {
    const project = new TestProject({ "scruple.json": '{"out": "."}', "x.scruple": "" });
    expect(await policyPaths(await findProject(project.root))).toEqual(["x.scruple"]);
  });
});

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
