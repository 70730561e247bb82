import { execFileSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { tiny } from "../fixtures/policies.ts";
import { TestProject } from "../fixtures/project.ts";

const untidy = tiny.replace("  show: allow use notes\n    under contract\n", "show :allow use notes under contract\n");
const broken = "policy broken\n\nsource {\n";

describe("format", () => {
  test("brings every file of the project into its layout, and leaves the others alone", async () => {
    const project = new TestProject({ "a.scruple": untidy, "b/b.scruple": tiny });
    const { code, out, err } = await project.run(["format"]);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(err).toBe("2 files, 1 formatted, 1 unchanged\n");
    expect(project.read("a.scruple")).toBe(tiny);
  });

  test("keeps a file's name on its line, and out of the hands of the terminal", async () => {
    const name = "ev\u001b[8m\n::error file=x::pwn.scruple";
    const project = new TestProject({ [name]: untidy, "::error::a.scruple": untidy, "b\n::error::b.scruple": broken });
    const { out, err } = await project.run(["format", "--check"]);
    expect(out).toContain("ev␛[8m␊::error file=x::pwn.scruple\n");
    expect(out).toContain("· ::error::a.scruple\n");
    expect(`${out}${err}`).not.toContain("\u001b");
    expect(`${out}${err}`).not.toMatch(/^::/m);
  });

  test("leaves a file with syntax errors as it is, and says why", async () => {
    const project = new TestProject({ "a.scruple": untidy, "b.scruple": broken });
    const { code, out } = await project.run(["format"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^b\.scruple:3:\d+ error SCR1\d{3}\n/);
    expect(project.read("b.scruple")).toBe(broken);
    expect(project.read("a.scruple")).toBe(tiny);
  });

  test.each([
    [
      "bytes that are no UTF-8",
      Buffer.from("policy a\n// gr\xfcn\n", "latin1"),
      /:2:6 error SCR8001\n.* Save the file as UTF-8\./,
    ],
    ["binary bytes", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]), /:1:1 error SCR8002\n.* Save it as UTF-8/],
    ["more than 16 MB", Buffer.alloc((16 << 20) + 1, " "), /:1:1 error SCR8003\n.* Split it: /],
  ])("says of %s what `check` says", async (_, bytes, words) => {
    const project = new TestProject({ "a.scruple": bytes });
    const { code, out } = await project.run(["format"]);
    expect(code).toBe(1);
    expect(out).toMatch(words);
    expect((await project.run(["format", "-"], { stdin: bytes })).err).toMatch(words);
  });

  test("--check names the files that would change, and changes none", async () => {
    const project = new TestProject({ "a.scruple": untidy, "b.scruple": tiny });
    const { code, out } = await project.run(["format", "--check"]);
    expect({ code, out }).toEqual({ code: 1, out: "a.scruple\n" });
    expect(project.read("a.scruple")).toBe(untidy);
    expect((await project.run(["format", "--check", "b.scruple"])).code).toBe(0);
  });

  test("makes LF of CRLF, and drops a byte order mark", async () => {
    const project = new TestProject({ "a.scruple": `\ufeff${tiny.replaceAll("\n", "\r\n")}` });
    await project.run(["format"]);
    expect(project.read("a.scruple")).toBe(tiny);
  });

  test("formats a file that belongs to no project", async () => {
    const project = new TestProject({ "scruple.json": '{"include":["policies/*.scruple"]}', "draft.scruple": untidy });
    expect((await project.run(["format", "draft.scruple"])).code).toBe(0);
    expect(project.read("draft.scruple")).toBe(tiny);
  });

  test("waits for no pipe", async () => {
    const project = new TestProject({ "a.scruple": tiny });
    execFileSync("mkfifo", [project.path("f.scruple")]);
    expect(await project.run(["format", "f.scruple"])).toEqual({
      code: 2,
      out: "",
      err: "error: `f.scruple` is not one of this project's policy files.\n",
    });
    expect(await project.run(["format"])).toMatchObject({ code: 0 });
    symlinkSync("f.scruple", project.path("link.scruple"));
    expect(await project.run(["format"])).toMatchObject({ code: 2, out: "" });
    expect(await project.run(["check"])).toEqual({ code: 2, out: "", err: "error: `link.scruple` is no file.\n" });
  });

  test("refuses a file that does not exist, with the nearest", async () => {
    const project = new TestProject({ "offers.scruple": tiny });
    const { code, err } = await project.run(["format", "ofers.scruple"]);
    expect(code).toBe(2);
    expect(err).toContain("There is no file or folder `ofers.scruple`. Did you mean `offers.scruple`?");
  });
});

describe("format -", () => {
  const project = () => new TestProject({});

  test("reads standard input and writes standard output", async () => {
    expect(await project().run(["format", "-"], { stdin: untidy })).toEqual({ code: 0, out: tiny, err: "" });
  });

  test("gives a text with errors back as it was", async () => {
    const { code, out, err } = await project().run(["format", "-"], { stdin: broken });
    expect({ code, out }).toEqual({ code: 1, out: broken });
    expect(err).toMatch(/^-:3:\d+ error SCR1/);
  });

  test("stands alone", async () => {
    expect((await project().run(["format", "-", "a.scruple"], { stdin: "" })).code).toBe(2);
  });
});
