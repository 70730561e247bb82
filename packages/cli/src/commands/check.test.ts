import { readFileSync, symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { misspelt, tiny } from "../fixtures/policies.ts";
import { TestProject } from "../fixtures/project.ts";

describe("check", () => {
  test("has nothing to say about a policy that is right", async () => {
    const project = new TestProject({ "a.scruple": tiny });
    const { code, out, err } = await project.run(["check"]);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(err).toBe("✓ 1 file, nothing to report\n");
  });

  test("reports an error with its place, its line and its fix", async () => {
    const project = new TestProject({ "policies/a.scruple": misspelt });
    const { code, out, err } = await project.run(["check"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^policies\/a\.scruple:18:19 error SCR2\d{3} [a-z-]+\n.*`nots`/);
    expect(out).toContain("  18 │   show: allow use nots\n     │                   ^^^^\n");
    expect(out).toContain("  fix   ");
    expect(err).toMatch(/^1 error.* in 1 of 1 file\n$/);
  });

  test("gives the same diagnostics as JSON, in the documented shape", async () => {
    const project = new TestProject({ "policies/a.scruple": misspelt });
    const { code, out } = await project.run(["check", "--format", "json"]);
    expect(code).toBe(1);
    const errors = JSON.parse(out).filter(({ severity }: { severity: string }) => severity === "error");
    expect(errors).toMatchObject([
      {
        file: "policies/a.scruple",
        severity: "error",
        range: { start: { line: 18, column: 19 }, end: { line: 18, column: 23 } },
        fixes: [
          { edits: [{ range: { start: { line: 18, column: 19 }, end: { line: 18, column: 23 } }, text: "notes" }] },
        ],
      },
    ]);
    expect(Object.keys(errors[0])).toEqual("file code name severity message range related fixes url".split(" "));
  });

  test.each(["sarif", "github", "junit"])("writes %s and nothing else to standard output", async (format) => {
    const project = new TestProject({ "a.scruple": misspelt });
    const { code, out } = await project.run(["check", "--format", format], { tty: true });
    expect(code).toBe(1);
    expect(out).toMatch({ sarif: /^\{/, github: /^::error file=a\.scruple,/, junit: /^<\?xml/ }[format]!);
    expect(out).not.toContain("\u001b");
  });

  test("counts lines and columns as editors do, behind a byte order mark and with CRLF", async () => {
    const project = new TestProject({ "a.scruple": `\ufeff${misspelt.replaceAll("\n", "\r\n")}` });
    const { out } = await project.run(["check", "--format", "json"]);
    const errors = JSON.parse(out).filter(({ severity }: { severity: string }) => severity === "error");
    expect(errors[0].range.start).toEqual({ line: 18, column: 19 });
  });

  test.each([["check"], ["decide"], ["build"]])("does not go on (%s) without what it cannot read", async (command) => {
    const project = new TestProject({ "policies/a.scruple": tiny });
    symlinkSync("gone", project.path("policies/deny"));
    const { code, out, err } = await project.run([command], { stdin: "{}\n" });
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe("error: `policies/deny` could not be read: there is no such file or folder.\n");
  });

  test("reports only what the paths choose, but reads the whole project", async () => {
    const project = new TestProject({
      "a/a.scruple": tiny.replace("policy tiny", "policy tiny\n\nuse shared"),
      "b/b.scruple": `policy shared\n\ncategory x within nothing\n`,
    });
    expect((await project.run(["check", "a"])).code).toBe(0);
    const { code, out } = await project.run(["check", "b"]);
    expect(code).toBe(1);
    expect(out).toMatch(/^b\/b\.scruple:3:19 error /);
  });

  test("names files as seen from the working directory, which may be below the project", async () => {
    const project = new TestProject({ "scruple.json": "{}", "policies/a.scruple": misspelt });
    const { out } = await project.run(["check", "a.scruple"], { cwd: "policies" });
    expect(out).toMatch(/^a\.scruple:18:19 /);
  });
});

describe("severities of scruple.json", () => {
  const withSeverity = (severity: object) =>
    new TestProject({ "scruple.json": JSON.stringify({ severity }), "a.scruple": misspelt });

  test("change how grave a diagnostic is", async () => {
    const [first] = JSON.parse((await withSeverity({}).run(["check", "--format", "json"])).out).filter(
      ({ severity }: { severity: string }) => severity === "error",
    );
    const { out } = await withSeverity({ [first.name]: "off" }).run(["check", "--format", "json"]);
    expect(out).not.toContain(first.code);
  });

  test("let --max-warnings decide how many are too many", async () => {
    const project = withSeverity({ "unknown-name": "warning" });
    expect((await project.run(["check"])).code).toBe(0);
    expect((await project.run(["check", "--max-warnings", "1"])).code).toBe(0);
    const { code, err } = await project.run(["check", "--max-warnings", "0"]);
    expect(code).toBe(1);
    expect(err).toContain("1 warning is more than the 0 that `--max-warnings` permits.");
  });

  test("have to name a diagnostic", async () => {
    const { code, err } = await withSeverity({ "unknown-nam": "off" }).run(["check"]);
    expect(code).toBe(2);
    expect(err).toContain("`severity` in scruple.json names `unknown-nam`, which is no diagnostic. Did you mean `");
  });
});

describe("check --fix", () => {
  test("applies what leaves no choice, until nothing is left", async () => {
    const twice = misspelt.replace("purposes help", "purposes helpp");
    const project = new TestProject({ "a.scruple": twice });
    const { code, err } = await project.run(["check", "--fix"]);
    expect(err).toContain("2 fixes applied in 1 file\n");
    expect(project.read("a.scruple")).toBe(tiny);
    expect(code).toBe(0);
  });

  test("keeps a byte order mark and the ends of lines", async () => {
    const project = new TestProject({ "a.scruple": `\ufeff${misspelt.replaceAll("\n", "\r\n")}` });
    await project.run(["check", "--fix"]);
    expect(project.read("a.scruple")).toBe(`\ufeff${tiny.replaceAll("\n", "\r\n")}`);
  });

  test("lets no two policies use each other that each lack a name of the other", async () => {
    const project = new TestProject({
      "a.scruple": "policy a\ncategory one\nr: deny use two\n",
      "b.scruple": "policy b\ncategory two\nr: deny use one\n",
    });
    const { out, err } = await project.run(["check", "--fix"]);
    expect(err).toContain("1 fix applied in 1 file\n");
    expect(project.read("a.scruple")).toContain("use b");
    expect(project.read("b.scruple")).not.toContain("use a");
    expect(out).toContain("`a` declares one, but uses `b` itself: move the declaration");
    expect(out).not.toContain("SCR2009");
  });

  test("adds a `use` to as many files as lack one", async () => {
    const names = Array.from({ length: 24 }, (_, index) => `p${index}`);
    const lacking = names.map((name) => [`${name}.scruple`, `policy ${name}\ncategory own\nr: deny use shared\n`]);
    const project = new TestProject({ ...Object.fromEntries(lacking), "s.scruple": "policy s\ncategory shared\n" });
    expect((await project.run(["check", "--fix"])).err).toContain("24 fixes applied in 24 files\n");
  });

  test("touches only the files that the paths choose", async () => {
    const project = new TestProject({
      "a.scruple": misspelt,
      "b.scruple": misspelt.replace("policy tiny", "policy other"),
    });
    await project.run(["check", "--fix", "a.scruple"]);
    expect(project.read("a.scruple")).toBe(tiny);
    expect(project.read("b.scruple")).toContain("allow use nots\n");
  });

  test("takes no file for fixed that it cannot read", async () => {
    const bytes = new Uint8Array([0x70, 0xff, 0xfe, 0x70]);
    const project = new TestProject({ "a.scruple": misspelt, "b.scruple": bytes });
    const { code, out, err } = await project.run(["check", "--fix"]);
    expect(err).toContain("1 fix applied in 1 file\n");
    expect(out).toContain("error SCR8001 not-utf8");
    expect(code).toBe(1);
    expect(new Uint8Array(readFileSync(project.path("b.scruple")))).toEqual(bytes);
  });
});
