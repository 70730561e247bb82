import { TemporaryFolder } from "@scruple/testkit";
import { describe, expect, onTestFinished, test } from "vitest";
import { CallError } from "./call-error.ts";
import { findProject } from "./find-project.ts";
import { policyPaths } from "./policy-paths.ts";

const folder = (files: Readonly<Record<string, string>>) => new TemporaryFolder(files, onTestFinished);

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
    const project = folder({ "scruple.json": '{"out":"dist"}', "a/b/c.scruple": "" });
    expect(await findProject(project.path("a/b"))).toMatchObject({
      root: project.root,
      out: "dist",
      targets: ["javascript", "json"],
      leastGroupSize: 1000,
    });
  });

  test("is the working directory where there is no scruple.json, with all that defaults say", async () => {
    const project = folder({ "a.scruple": "" });
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
    const project = folder({ "scruple.json": '\ufeff{"leastGroupSize": 50}' });
    expect(await findProject(project.root)).toMatchObject({ leastGroupSize: 50 });
  });
});

describe("a configuration is refused", () => {
  const refused = (config: string) => failure(findProject(folder({ "scruple.json": config }).root));

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
    const project = folder({
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
    const project = folder({
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
    const project = folder({ "scruple.json": '{"out": "."}', "x.scruple": "" });
    expect(await policyPaths(await findProject(project.root))).toEqual(["x.scruple"]);
  });
});
