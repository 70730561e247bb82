import { mkdirSync, symlinkSync } from "node:fs";
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
    expect(await refused('{"leastGroupSize": 1e300}')).toContain("`leastGroupSize` is at most 9007199254740991.");
    expect(await refused('{"severity": {"a/b~": 1}}')).toMatch(/^`scruple.json`: `severity.a\/b~` cannot be 1; /);
    expect(await refused("[]")).toBe("`scruple.json`: The configuration has to be an object.");
    expect(await refused("null")).toBe("`scruple.json`: The configuration has to be an object.");
  });
  test("where a path is none that there can be", async () => {
    const hint = "It has to name a folder; no folder's name has a NUL in it.";
    expect(await refused('{"out": "a\\u0000b"}')).toBe(`\`scruple.json\`: \`out\` cannot be \`a\0b\`. ${hint}`);
    expect(await refused('{"out": " "}')).toBe(`\`scruple.json\`: \`out\` cannot be \` \`. ${hint}`);
    expect(await refused('{"include": ["*.scruple", "a\\u0000/*.scruple"]}')).toMatch(
      /`include\.1` cannot be .+ no NUL/,
    );
  });
  test("with every problem at once", async () => {
    expect((await refused('{"outt": "x", "include": []}')).split("\n")).toHaveLength(2);
    expect(await refused('{"constructor": 1, "__proto__": 2, "targets": [], "out": 1}')).toBe(
      [
        "`scruple.json`: `out` has to be a string.",
        "  `targets` is empty; leave it out for the default.",
        "  There is no key `constructor`.",
        "  There is no key `__proto__`.",
      ].join("\n"),
    );
  });
  test("whatever characters a key has", async () => {
    for (const key of ["größe", "a b", "100%", "%E0%A4%A", "", "a/b~c", "~1", "#", "\u{1f512}"]) {
      expect(await refused(`{"${key}": 1}`)).toContain(`There is no key \`${key}\`.`);
      expect(await refused(`{"severity": {"${key}": "of"}}`)).toContain(`\`severity.${key}\` cannot be \`of\``);
    }
    for (const config of [String.raw`{"\ud800": 1}`, String.raw`{"severity": {"untold\udc00": "off"}}`])
      expect(await refused(config)).toBe("`scruple.json`: A key of the configuration has half a character in it.");
  });
  test("where it is a link that leads nowhere, or in a circle", async () => {
    for (const [target, why] of [
      ["gone.json", "there is no such file or folder"],
      ["scruple.json", "its links lead in a circle"],
    ] as const) {
      const project = folder({ "above/a.scruple": "" });
      symlinkSync(target, project.path("scruple.json"));
      expect(await failure(findProject(project.path("above")))).toBe(`\`../scruple.json\` could not be read: ${why}.`);
    }
  });
  test("where it is no JSON", async () => {
    expect(await refused("{include: []}")).toMatch(/^`scruple.json` is not JSON: /);
  });
});

describe("the files of a project", () => {
  test("are each one, though links lead to it by several paths", async () => {
    const project = folder({
      "scruple.json": '{"include":["policies/**/*.scruple","data/*.scruple"]}',
      "policies/shop.scruple": "",
      "data/b.scruple": "",
    });
    mkdirSync(project.path("policies/a"));
    symlinkSync("..", project.path("policies/a/up"));
    symlinkSync("shop.scruple", project.path("policies/alias.scruple"));
    symlinkSync("../data/b.scruple", project.path("policies/z.scruple"));
    symlinkSync("z.scruple", project.path("policies/y.scruple"));
    expect(await policyPaths(await findProject(project.root))).toEqual(["data/b.scruple", "policies/shop.scruple"]);
    project.write("scruple.json", '{"include":["policies/*.scruple"]}');
    expect(await policyPaths(await findProject(project.root))).toEqual(["policies/shop.scruple", "policies/y.scruple"]);
  });

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

describe("what `include` covers and cannot be read is refused", () => {
  const shop = { "scruple.json": '{"include":["policies/**/*.scruple"]}', "policies/shop.scruple": "" };
  const links = (files: Readonly<Record<string, string>>, links: Readonly<Record<string, string>>) => {
    const project = folder(files);
    for (const [path, target] of Object.entries(links)) symlinkSync(target, project.path(path));
    return project;
  };
  const paths = async (project: { readonly root: string }) => policyPaths(await findProject(project.root));

  test("where a link leads nowhere, whatever it would lead to", async () => {
    const gone = "`policies/deny.scruple` could not be read: there is no such file or folder.";
    expect(await failure(paths(links(shop, { "policies/deny.scruple": "gone" })))).toBe(gone);
    expect(await failure(paths(links(shop, { "policies/deny": "gone" })))).toBe(gone.replace(".scruple", ""));
    const inside = links({ ...shop, "policies/deep/b.scruple": "" }, { "policies/deep/deny": "../gone" });
    expect(await failure(paths(inside))).toContain("`policies/deep/deny` could not be read");
  });

  test("where links lead in a circle, or a path is too long", async () => {
    const circle = links(shop, { "policies/deny.scruple": "deny.scruple", "policies/a-file": "shop.scruple" });
    expect(await failure(paths(circle))).toBe("`policies/deny.scruple` could not be read: its links lead in a circle.");
    const long = links(shop, { "policies/deny": "x".repeat(300) });
    expect(await failure(paths(long))).toBe("`policies/deny` could not be read: its name is too long.");
  });

  test("where it lies behind a link that leads up, or out of the project", async () => {
    const outside = folder({ "b.scruple": "" });
    symlinkSync("gone", outside.path("deny.scruple"));
    const project = links(shop, { "policies/more": outside.root, "policies/up": "." });
    expect(await failure(paths(project))).toContain("`policies/more/deny.scruple` could not be read");
  });

  test("where it is named and is not there", async () => {
    const named = (...include: string[]) =>
      paths(folder({ ...shop, "scruple.json": JSON.stringify({ include }), "policies/x.txt": "" }));
    expect(await failure(named("policies/shop.scruple", "./policies/deny/deny.scruple"))).toBe(
      "`policies/deny/deny.scruple` could not be read: there is no such file or folder.",
    );
    expect(await failure(named("policies/shop.scruple", "policies/x.txt"))).toBe(
      "`policies/x.txt`, which `include` in scruple.json names, is no `.scruple` file.",
    );
    expect(await failure(named("policies/shop.scruple", "policies"))).toContain("`policies`, which `include`");
    expect(await named("policies/shop.scruple", "drafts/**/*.scruple")).toEqual(["policies/shop.scruple"]);
  });

  test("but not where it is excluded, or where no policy is looked for", async () => {
    const project = links(
      {
        ...shop,
        "scruple.json":
          '{"include":["policies/*.scruple","!policies/old.scruple","policies/old.scruple","node_modules/x.scruple"]}',
      },
      { "policies/old.scruple": "gone", "policies/folder": "gone", other: "gone", "policies/.#shop.scruple": "gone" },
    );
    mkdirSync(project.path("generated"));
    symlinkSync("gone", project.path("generated/x.scruple"));
    symlinkSync("gone", project.path("node_modules"));
    expect(await paths(project)).toEqual(["policies/shop.scruple"]);
    project.write("scruple.json", "{}");
    expect(await failure(paths(project))).toContain("`other` could not be read");
  });

  test("and a link is followed though its target's path begins as that of another", async () => {
    const outside = folder({ "rules/a.scruple": "", "rules-more/b.scruple": "" });
    symlinkSync("../rules-more", outside.path("rules/more"));
    const project = links(shop, { "policies/rules": outside.path("rules") });
    expect(await paths(project)).toEqual([
      "policies/rules/a.scruple",
      "policies/rules/more/b.scruple",
      "policies/shop.scruple",
    ]);
  });
});
