import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { commitAll, git } from "../fixtures/git.ts";
import { tiny } from "../fixtures/policies.ts";
import { TestProject } from "../fixtures/project.ts";

/** More of `tiny`, in a file of its own: nothing is used any more. */
const denial = 'policy tiny\n\nquiet: deny use notes\n  because "Notes are private."\n';
const failing = ["--fail-on", "widened", "--format", "json"];

/** What `diff` tells where the last commit has a denial that the folder has no more. */
async function withoutDenial(project: TestProject, path: string, cwd = ".") {
  rmSync(project.path(path));
  const { code, out, err } = await project.run(["diff", "HEAD", ...failing], { cwd });
  const gone = out === "" ? [] : JSON.parse(out).widened.flatMap(({ rules }: Entry) => rules.from);
  return { code, err, gone };
}
interface Entry {
  readonly rules: { readonly from: readonly string[] };
}
const noticed = { code: 1, err: "", gone: ["quiet"] };

test.each(["größe", "日本", 'a "b"', "back\\slash", "a\tb", "a\nb", "two words", "[a]", "-n"])(
  "reads a policy from a revision whatever its name: %j",
  async (name) => {
    const path = `policies/${name}.scruple`;
    const project = new TestProject({ "a.scruple": tiny, [path]: denial });
    commitAll(project);
    expect(await withoutDenial(project, path)).toEqual(noticed);
  },
);

const everywhere = "**/*.scruple";
const including = (...include: string[]) => JSON.stringify({ include });

describe("a revision's project is what its folder would be", () => {
  test.each([
    ["above the project", including(everywhere, "../org/*.scruple")],
    ["named by a way around", including("*.scruple", "../svc/../org/**/*.scruple")],
  ])("where it includes what lies %s", async (_where, config) => {
    const files = { "svc/scruple.json": config, "svc/a.scruple": tiny, "org/b.scruple": denial };
    const project = new TestProject(files);
    commitAll(project);
    expect(await withoutDenial(project, "org/b.scruple", "svc")).toEqual(noticed);
  });

  test.each([
    ["a file", "svc/policies/b.scruple", "../../org/text/b.txt"],
    ["a folder", "svc/policies/shared", "../../org"],
    ["a folder above itself", "svc/policies/up", "../.."],
    ["a folder, by another link", "svc/policies/shared", "../../alias"],
  ])("where there is a link to %s", async (_what, path, target) => {
    const project = new TestProject({
      "svc/scruple.json": including("a.scruple", "policies/**/*.scruple"),
      "svc/a.scruple": tiny,
      "svc/policies/readme": "",
      [target.endsWith("txt") ? "org/text/b.txt" : "org/text/b.scruple"]: denial,
    });
    symlinkSync("org", project.path("alias"));
    symlinkSync(target, project.path(path));
    commitAll(project);
    expect(await withoutDenial(project, path, "svc")).toEqual(noticed);
  });

  test("where a link leads to a file that it has already", async () => {
    const project = new TestProject({ "a.scruple": tiny, "b.scruple": denial });
    for (const [name, target] of [
      ["y", "a"],
      ["z", "b"],
    ])
      symlinkSync(`${target}.scruple`, project.path(`${name}.scruple`));
    commitAll(project);
    rmSync(project.path("z.scruple"));
    expect(await withoutDenial(project, "b.scruple")).toEqual(noticed);
  });

  test("where its configuration is a link", async () => {
    const project = new TestProject({
      "shared/config.json": including("a.scruple", "more/*.scruple"),
      "svc/a.scruple": tiny,
      "svc/more/b.scruple": denial,
      "svc/drafts/c.scruple": "policy",
    });
    symlinkSync("../shared/config.json", project.path("svc/scruple.json"));
    commitAll(project);
    expect(await withoutDenial(project, "svc/more/b.scruple", "svc")).toEqual(noticed);
  });

  test("where the project of today is one within another", async () => {
    const project = new TestProject({ "scruple.json": "{}", "svc/a.scruple": tiny, "org/b.scruple": denial });
    commitAll(project);
    project.write("svc/scruple.json", "{}");
    expect(await withoutDenial(project, "org/b.scruple", "svc")).toEqual(noticed);
  });
});

describe("a revision without all that its project includes is refused", () => {
  const base = { "svc/a.scruple": tiny, "svc/policies/b.scruple": denial };
  const hint =
    /^.*: the revision `HEAD` does not hold it\.\n.*compare with that folder: `git worktree add` makes one\.\n$/;

  test.each([
    ["a folder out of the repository", "policies/ext", "../../../ext", everywhere],
    ["an absolute path", "policies/ext", "/ext", "policies/ext/deep/down/*.scruple"],
    ["a file out of the repository", "policies/ext.scruple", "../../../ext.scruple", "policies/*.scruple"],
    ["what is built or ignored", "policies/ext.scruple", "../built/ext.scruple", everywhere],
    ["itself", "policies/ext", "ext", "{policies,more/deeper}/*/*.scruple"],
    ["the folder that is included", "ext", "/ext", "ext/*.scruple"],
  ])("where a link leads to %s", async (_where, path, target, include) => {
    const project = new TestProject({ ...base, "svc/scruple.json": including("a.scruple", include) });
    symlinkSync(target, project.path("svc", path));
    commitAll(project);
    const { code, err } = await withoutDenial(project, "svc/policies/b.scruple", "svc");
    expect(code).toBe(2);
    expect(err).toMatch(hint);
    expect(err).toContain(`\`svc/${path}\` may hold policies of this project, and is a link to something else`);
  });

  test("where a submodule is included, at whatever remove", async () => {
    const module = new TestProject({ "x.scruple": denial });
    commitAll(module);
    const project = new TestProject({ ...base, "svc/scruple.json": "{}", "org/readme": "" });
    commitAll(project);
    git(project, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", module.root, "org/module");
    symlinkSync("../org", project.path("svc/org"));
    commitAll(project);
    const { code, err } = await withoutDenial(project, "svc/policies/b.scruple", "svc");
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(hint) });
    expect(err).toContain("`org/module` may hold policies of this project, and is a submodule");
  });

  test.each(["../../org/*.scruple", "/org/*.scruple", "policies/../../../org/*.scruple"])(
    "where it includes %s, out of the repository",
    async (pattern) => {
      const project = new TestProject({ ...base, "svc/scruple.json": including(everywhere, pattern) });
      commitAll(project);
      const { code, err } = await withoutDenial(project, "svc/policies/b.scruple", "svc");
      expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(hint) });
      expect(err).toContain(`\`include\` in scruple.json names \`${pattern}\`, which is outside of the repository`);
    },
  );

  test("but what it does not include is no matter", async () => {
    const project = new TestProject({
      ...base,
      "svc/scruple.json": including("a.scruple", "policies/*.scruple", "!drafts/**"),
    });
    mkdirSync(project.path("svc/.hidden"));
    mkdirSync(project.path("svc/other"));
    for (const path of ["node_modules", "generated", ".hidden/x", "other/x", "policies/x", "policies/readme"]) {
      symlinkSync("/ext", project.path("svc", path));
    }
    commitAll(project);
    expect(await withoutDenial(project, "svc/policies/b.scruple", "svc")).toEqual(noticed);
  });

  test("a project that is in no repository has no revisions, wherever the call is made", async () => {
    const project = new TestProject({ "scruple.json": "{}", "a.scruple": tiny, "inner/b.scruple": denial });
    commitAll({ root: project.path("inner") });
    const { code, err } = await withoutDenial(project, "inner/b.scruple", "inner");
    expect(code).toBe(2);
    expect(err).toContain("is in no git repository.");
  });
});
