import { cpSync, mkdirSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { allowed, misspelt, tiny } from "../fixtures/policies.ts";
import { TestProject } from "../fixtures/project.ts";

const outputs = [
  "generated/tiny.guard.d.ts",
  "generated/tiny.guard.js",
  "generated/tiny.guard.js.map",
  "generated/tiny.model.json",
];

describe("build", () => {
  test("writes a guard with types and map, and a model, for a policy with an interaction", async () => {
    const project = new TestProject({
      "a.scruple": tiny.replace("policy tiny\n", "policy tiny\n\nuse shared\n"),
      "b.scruple": "policy shared\n\ncategory other\n",
    });
    const { code } = await project.run(["build"]);
    expect(code).toBe(0);
    expect(project.list("generated").map((name) => `generated/${name}`)).toEqual(outputs);
    expect(JSON.parse(project.read("generated/tiny.model.json"))).toMatchObject({
      format: "scruple.model",
      policy: "tiny",
    });
  });

  test("writes nothing while there are errors, not even for other policies", async () => {
    const project = new TestProject({
      "a.scruple": tiny,
      "b.scruple": misspelt.replace("policy tiny", "policy other"),
    });
    const { code, out, err } = await project.run(["build"]);
    expect(code).toBe(1);
    expect(out).toContain("b.scruple:18:19 error");
    expect(err).toContain("Nothing was built: the errors come first.");
    expect(project.list()).toEqual(["a.scruple", "b.scruple"]);
  });

  test("builds the chosen policies, whatever is wrong with those that they do not use", async () => {
    const project = new TestProject({
      "a.scruple": tiny,
      "b.scruple": misspelt.replace("policy tiny", "policy other"),
    });
    const { code } = await project.run(["build", "a.scruple"]);
    expect(code).toBe(0);
    expect(project.list("generated")).toHaveLength(4);
  });

  test("builds nothing while a file does not say whose rules it holds", async () => {
    const project = new TestProject({ "a.scruple": tiny, "b.scruple": "deny use any\n" });
    const { code, out } = await project.run(["build", "a.scruple"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^b\.scruple:1:1 error /);
    expect(project.list()).toEqual(["a.scruple", "b.scruple"]);
  });

  test("builds nothing where the project only hides an error", async () => {
    const hiding = (severity: string) =>
      new TestProject({
        "scruple.json": JSON.stringify({ severity: { "unknown-name": severity } }),
        "a.scruple": misspelt,
      });
    const off = await hiding("off").run(["build"]);
    expect(off).toMatchObject({ code: 1, out: "" });
    expect(off.err).toContain("`severity` in scruple.json turns it off; that mends nothing.");
    const hint = await hiding("hint").run(["build"]);
    expect(hint.code).toBe(1);
    expect(hint.out).toContain("a.scruple:18:19 hint SCR2");
  });

  const promising = `${tiny}\npromise "We do not read your notes." {\n  never use notes\n}\n`;

  test("builds nothing while a promise is broken; whoever asks the policy is answered all the same", async () => {
    const project = new TestProject({ "a.scruple": promising });
    const { code, out, err } = await project.run(["build"]);
    expect(code).toBe(1);
    expect(out).toContain("a.scruple:29:3 error SCR6001");
    expect(err).toContain("Nothing was built: the errors come first.");
    expect(project.list()).toEqual(["a.scruple"]);
    expect((await project.run(["test"])).code).toBe(0);
    const stdin = JSON.stringify(allowed);
    expect(await project.run(["decide"], { stdin })).toMatchObject({
      code: 0,
      out: expect.stringContaining('"allow"'),
    });
    expect(await project.run(["explain"], { stdin })).toMatchObject({ code: 0 });
    project.write(".before/a.scruple", tiny);
    expect(await project.run(["diff", ".before", "."])).toMatchObject({ code: 0 });
  });

  test.each(["off", "warning"])("builds nothing where the project takes a broken promise for %s", async (severity) => {
    const project = new TestProject({
      "scruple.json": JSON.stringify({ severity: { "promise-broken": severity } }),
      "a.scruple": promising,
    });
    const { code, err } = await project.run(["build"]);
    expect(code).toBe(1);
    expect(err).toContain("A promise that is not kept stops a build, whatever `severity` in scruple.json says of it.");
    expect(project.list()).toEqual(["a.scruple", "scruple.json"]);
  });

  test("builds nothing while a promise is broken that comes with a used policy", async () => {
    const project = new TestProject({
      "a.scruple": tiny.replace("policy tiny\n", "policy tiny\n\nuse shared\n"),
      "b.scruple": 'policy shared\n\npromise "Nothing is used." {\n  never use any\n}\n',
    });
    const { code, out } = await project.run(["build", "a.scruple"]);
    expect(code).toBe(1);
    expect(out).toContain("b.scruple:4:3 error SCR6001");
    expect(project.list()).toEqual(["a.scruple", "b.scruple"]);
  });

  test("builds nothing while there is what the project takes for an error", async () => {
    const careless = tiny.replace('\n    told "We read our notes to help you."', "");
    const build = (severity: string) =>
      new TestProject({
        "scruple.json": JSON.stringify({ severity: { untold: severity } }),
        "a.scruple": careless,
      }).run(["build"]);
    expect(await build("warning")).toMatchObject({ code: 0, err: expect.stringContaining("1 policy built") });
    expect(await build("error")).toMatchObject({ code: 1, err: expect.stringContaining("Nothing was built") });
  });

  test("builds nothing where two policies would have the same files on some disks", async () => {
    const project = new TestProject({
      "a.scruple": tiny,
      "b.scruple": tiny.replace("policy tiny", "policy Tiny"),
    });
    for (const paths of [[], ["a.scruple"]]) {
      const { code, err } = await project.run(["build", ...paths]);
      expect(code).toBe(1);
      expect(err).toContain("`Tiny` and `tiny` would have the same ones. Rename one of the policies.");
      expect(project.list()).toEqual(["a.scruple", "b.scruple"]);
    }
  });

  test("leaves files alone that are right already", async () => {
    const project = new TestProject({ "a.scruple": tiny });
    await project.run(["build"]);
    const before = outputs.map((path) => statSync(project.path(path)).mtimeMs);
    const { err } = await project.run(["build"]);
    expect(err).toContain("1 policy built, 0 files written, 4 unchanged");
    expect(outputs.map((path) => statSync(project.path(path)).mtimeMs)).toEqual(before);
  });

  test("takes targets and the folder from flags before the project's", async () => {
    const project = new TestProject({ "scruple.json": '{"targets":["javascript"]}', "a.scruple": tiny });
    expect((await project.run(["build", "--target", "json", "--out", "elsewhere"])).code).toBe(0);
    expect(project.list("elsewhere")).toEqual(["tiny.model.json"]);
  });

  test("says what to do where Node would take its guards for CommonJS", async () => {
    const config = '{"type":"commonjs"}';
    const project = new TestProject({ "package.json": config, "own/scruple.json": "{}", "own/a.scruple": tiny });
    const build = async (...argv: string[]) => (await project.run(["build", ...argv], { cwd: "own" })).err;
    const said = "`../package.json` makes Node take the guards for CommonJS modules, which they are not.";
    expect(await build()).toContain(`${said} Put a package.json with \`{ "type": "module" }\` into \`generated\`.`);
    expect(await build("--target", "json")).not.toContain("CommonJS");
    for (const type of ["module", "commonjs"]) {
      project.write("own/generated/package.json", JSON.stringify({ type }));
      expect((await build()).includes("CommonJS")).toBe(type === "commonjs");
    }
    project.write("own/generated/package.json", "{");
    expect(await build()).not.toContain("CommonJS");
  });

  test("refuses a target that does not exist", async () => {
    const project = new TestProject({ "a.scruple": tiny });
    const { code, err } = await project.run(["build", "--target", "rust"]);
    expect(code).toBe(2);
    expect(err).toContain("javascript, json");
  });

  test.each(["", " "])("refuses to write to a folder without a name: %j", async (out) => {
    const project = new TestProject({ "a.scruple": tiny });
    const { code, err } = await project.run(["build", "--out", out]);
    expect(code).toBe(2);
    expect(err).toContain("It has to name a folder; `.` is the working directory.");
    expect(project.list()).toEqual(["a.scruple"]);
  });

  test("says so where there is nothing to build", async () => {
    const project = new TestProject({ "a.scruple": "policy shared\n\ncategory other\n" });
    const { code, err } = await project.run(["build"]);
    expect(code).toBe(0);
    expect(err).toContain("No policy declares an interaction, so there is nothing to build.");
    expect(project.list()).toEqual(["a.scruple"]);
  });
});

describe("build --check", () => {
  test("is content with what a build has just written", async () => {
    const project = new TestProject({ "a.scruple": tiny });
    await project.run(["build"]);
    expect((await project.run(["build", "--check"])).code).toBe(0);
  });

  test("fails where files are missing or differ, names them, and writes nothing", async () => {
    const project = new TestProject({ "a.scruple": tiny });
    expect((await project.run(["build", "--check"])).out).toContain("generated/tiny.guard.js is missing\n");
    await project.run(["build"]);
    project.write("generated/tiny.guard.js", "changed");
    const { code, out } = await project.run(["build", "--check"]);
    expect(code).toBe(1);
    expect(out).toBe("generated/tiny.guard.js differs\n");
    expect(project.read("generated/tiny.guard.js")).toBe("changed");
  });
});

describe("what an earlier build left of a policy that is gone", () => {
  const renamed = async () => {
    const project = new TestProject({ "a.scruple": tiny });
    await project.run(["build"]);
    project.write("a.scruple", tiny.replace("policy tiny", "policy renamed"));
    project.write("generated/mine.guard.js", "export const decide = () => {};\n");
    project.write("generated/README.md", "ours\n");
    return project;
  };

  test("is removed, and nothing else", async () => {
    const project = await renamed();
    const { err } = await project.run(["build"]);
    expect(err).toContain("removed generated/tiny.guard.js: its policy is gone\n");
    expect(project.list("generated")).toEqual([
      "README.md",
      "mine.guard.js",
      "renamed.guard.d.ts",
      "renamed.guard.js",
      "renamed.guard.js.map",
      "renamed.model.json",
    ]);
  });

  test("makes --check fail", async () => {
    const project = await renamed();
    const { code, out } = await project.run(["build", "--check"]);
    expect(code).toBe(1);
    expect(out).toContain("generated/tiny.guard.js is to be removed: its policy is gone\n");
    expect(out).not.toContain("mine.guard.js");
  });

  test("is removed where the policy decides nothing any more, and makes --check fail", async () => {
    const project = new TestProject({ "a.scruple": tiny });
    await project.run(["build"]);
    project.write("a.scruple", "policy tiny\n\nno: deny use any\n");
    const checked = await project.run(["build", "--check"]);
    expect(checked.code).toBe(1);
    expect(checked.out).toContain("generated/tiny.guard.js is to be removed: its policy declares no interaction\n");
    await project.run(["build"]);
    expect(project.list("generated")).toEqual([]);
    expect((await project.run(["build", "--check"])).code).toBe(0);
  });

  test("is removed where no target of the project writes it; a flag adds to those", async () => {
    const project = new TestProject({ "a.scruple": tiny });
    await project.run(["build"]);
    await project.run(["build", "--target", "json"]);
    expect(project.list("generated")).toHaveLength(4);
    project.write("scruple.json", '{"targets":["json"]}');
    await project.run(["build", "--target", "javascript"]);
    expect(project.list("generated")).toHaveLength(4);
    const checked = await project.run(["build", "--check"]);
    expect(checked.code).toBe(1);
    expect(checked.out).toContain("generated/tiny.guard.js is to be removed: no target of the project writes it\n");
    await project.run(["build"]);
    expect(project.list("generated")).toEqual(["tiny.model.json"]);
  });

  test("stays where another project built it into the same folder", async () => {
    const config = '{"out":"../generated"}';
    const project = new TestProject({
      "a/scruple.json": config,
      "a/a.scruple": tiny,
      "b/scruple.json": config,
      "b/b.scruple": tiny.replace("policy tiny", "policy beta"),
    });
    for (const cwd of ["a", "b", "a"]) {
      expect(await project.run(["build"], { cwd })).toMatchObject({
        code: 0,
        err: expect.not.stringContaining("removed"),
      });
    }
    expect(project.list("generated")).toHaveLength(8);
    for (const cwd of ["a", "b"]) expect((await project.run(["build", "--check"], { cwd })).code).toBe(0);
    project.write("b/b.scruple", "policy gamma\n");
    await project.run(["build"], { cwd: "b" });
    expect(project.list("generated").map((name) => `generated/${name}`)).toEqual(outputs);
  });

  test("stays where another project built it there by a link, as `out` is for both", async () => {
    const project = new TestProject({ "a/a.scruple": tiny, "b/b.scruple": tiny.replace("policy tiny", "policy beta") });
    for (const cwd of ["a", "b"]) {
      project.write(`${cwd}/scruple.json`, "{}");
      symlinkSync("../shared", project.path(cwd, "generated"));
    }
    mkdirSync(project.path("shared"));
    for (const cwd of ["a", "b", "a"]) {
      expect(await project.run(["build"], { cwd })).toMatchObject({
        code: 0,
        err: expect.not.stringContaining("removed"),
      });
    }
    expect(project.list("shared")).toHaveLength(8);
    for (const cwd of ["a", "b"]) expect((await project.run(["build", "--check"], { cwd })).code).toBe(0);
    expect(JSON.parse(project.read("shared/tiny.guard.js.map"))).toMatchObject({ sourceRoot: "../a" });
  });

  test("says whose it is by where its folder will be, before that is there", async () => {
    const project = new TestProject({
      "a/scruple.json": '{"out":"link/new"}',
      "a/a.scruple": tiny,
      "shared/notes": "",
    });
    symlinkSync("../shared", project.path("a/link"));
    expect((await project.run(["build"], { cwd: "a" })).code).toBe(0);
    expect(JSON.parse(project.read("shared/new/tiny.guard.js.map"))).toMatchObject({ sourceRoot: "../../a" });
    expect((await project.run(["build", "--check"], { cwd: "a" })).code).toBe(0);
  });

  test("is nothing that people wrote, whatever they call it", async () => {
    const project = await renamed();
    const theirs = {
      "app.guard.js.map": '{"version":3,"sources":[]}',
      "auth.guard.js.map": '{"version":3,"file":"auth.guard.js","sourceRoot":"..","sources":["src/auth.guard.ts"]}',
      "copied.guard.js": `${project.read("generated/tiny.guard.js")}// and more\n`,
      "empty.model.json": "null",
      "helper.guard.js": "// my scruple helper\n",
      "notes.guard.d.ts": "/* Scruple notes */\n",
      "old.model.json": '{"format":"scruple.model"}',
    };
    for (const [name, text] of Object.entries(theirs)) project.write(`generated/${name}`, text);
    await project.run(["build"]);
    expect(project.list("generated")).toEqual(expect.arrayContaining(Object.keys(theirs)));
    expect(project.list("generated")).not.toContain("tiny.guard.js");
    expect((await project.run(["build", "--check"])).code).toBe(0);
  });

  test("is not what was just written, where a name differs in case alone and the disk has it as it was", async () => {
    const project = new TestProject({ "a.scruple": tiny.replace("policy tiny", "policy Tiny") });
    await project.run(["build"]);
    const path = (name: string) => project.path(`generated/${name}`);
    for (const name of project.list("generated")) renameSync(path(name), path(name.replace("Tiny", "tiny")));
    expect((await project.run(["build"])).err).not.toContain("removed");
    expect(project.list("generated")).toEqual(expect.arrayContaining(["tiny.guard.js", "tiny.model.json"]));
    project.write("a.scruple", "policy other\n");
    await project.run(["build"]);
    expect(project.list("generated")).toEqual([]);
  });

  test("stays while only some policies are built", async () => {
    const project = await renamed();
    await project.run(["build", "a.scruple"]);
    expect(project.list("generated")).toContain("tiny.guard.js");
  });
});

describe("what another project has built", () => {
  const inOneFolder = (out: string) =>
    new TestProject({
      "a/scruple.json": JSON.stringify({ out }),
      "a/a.scruple": tiny,
      "b/scruple.json": JSON.stringify({ out }),
      "b/b.scruple": tiny,
    });

  test("is not overwritten while that stands", async () => {
    const project = inOneFolder("../generated");
    await project.run(["build"], { cwd: "a" });
    const before = project.read("generated/tiny.guard.js.map");
    for (const argv of [["build"], ["build", "--check"]]) {
      const { code, err } = await project.run(argv, { cwd: "b" });
      expect(code).toBe(2);
      expect(err).toContain(
        "`../generated/tiny.guard.js.map` was built by the project in `../a` for its policy `tiny`.",
      );
      expect(err).toContain("another `out` in scruple.json");
    }
    expect(project.read("generated/tiny.guard.js.map")).toBe(before);
  });

  test("is overwritten where a flag says where to build, and that is told", async () => {
    const project = inOneFolder("generated");
    const build = (cwd: string) => project.run(["build", "--out", "../shared"], { cwd });
    expect((await build("a")).err).not.toContain("project in");
    expect(await build("b")).toMatchObject({
      code: 0,
      err: expect.stringContaining("`../shared/tiny.guard.js.map` was built by the project in `../a`"),
    });
    expect((await build("b")).err).not.toContain("project in");
  });

  test("is this project's own where that has moved, or was copied with what it built", async () => {
    const project = inOneFolder("../generated");
    await project.run(["build"], { cwd: "a" });
    rmSync(project.path("b"), { recursive: true });
    renameSync(project.path("a"), project.path("moved"));
    expect((await project.run(["build"], { cwd: "moved" })).code).toBe(0);
    const copy = new TestProject({});
    cpSync(project.root, copy.root, { recursive: true });
    expect(await copy.run(["build"], { cwd: "moved" })).toMatchObject({
      code: 0,
      err: expect.stringContaining("0 files written"),
    });
  });

  test("is this project's own where scruple.json has moved within its repository", async () => {
    const project = new TestProject({ "scruple.json": "{}", "policies/a.scruple": tiny });
    await project.run(["build"]);
    rmSync(project.path("scruple.json"));
    project.write("svc/scruple.json", '{"out":"../generated"}');
    renameSync(project.path("policies"), project.path("svc/policies"));
    expect((await project.run(["build"], { cwd: "svc" })).code).toBe(0);
    expect((await project.run(["build", "--check"], { cwd: "svc" })).code).toBe(0);
  });
});
