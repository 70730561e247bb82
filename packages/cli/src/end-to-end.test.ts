import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { describe, expect, test } from "vitest";
import { allowed, misspelt, tiny } from "./fixtures/policies.ts";
import { TestProject } from "./fixtures/project.ts";
import { bundledCommand, finished, type Spawned, start } from "./fixtures/spawn.ts";

const command = bundledCommand();

async function scruple(project: TestProject, argv: string, stdin = "", user?: number): Promise<Spawned> {
  const child = start(command(), argv.split(" "), { cwd: project.root, ...(user !== undefined && { uid: user }) });
  child.stdin!.on("error", () => {});
  child.stdin!.end(stdin);
  const ran = await finished(child);
  // Whatever comes in, nobody is shown the inside of the command.
  expect(ran.err).not.toMatch(/\n\s+at |mistake in Scruple/);
  expect(ran.out).not.toMatch(/\n\s+at /);
  return ran;
}

/** A policy's guard is read before it is written: one that is a pipe holds up the build halfway, until somebody writes. */
test.runIf(process.platform !== "win32").each(["SIGINT", "SIGTERM"] as const)(
  "a build that is ended (%s) while it writes leaves nothing halfway",
  async (signal) => {
    const project = new TestProject({ "a.scruple": tiny, "generated/tiny.guard.js": "old" });
    const pipe = project.path("generated/tiny.model.json");
    execFileSync("mkfifo", [pipe]);
    const child = start(command(), ["build"], { cwd: project.root });
    const ended = finished(child);
    const hasTemporary = () => project.list("generated").some((name) => name.endsWith(".tmp"));
    await expect.poll(hasTemporary, { timeout: 20_000 }).toBe(true);
    child.kill(signal);
    await new Promise((resolve) => setTimeout(resolve, 200));
    closeSync(openSync(pipe, "r+"));
    await ended;
    expect(child.signalCode).toBe(signal);
    expect(project.list("generated")).toEqual(
      ["d.ts", "js", "js.map"].map((kind) => `tiny.guard.${kind}`).concat("tiny.model.json"),
    );
    expect(project.read("generated/tiny.guard.js")).not.toBe("old");
  },
);

test("a host that makes no code of text runs every command that reads a project", async () => {
  const project = new TestProject({ "scruple.json": "{}", "a.scruple": tiny });
  const node = ["--disallow-code-generation-from-strings"];
  const request = "--interaction talk --operation use --data notes.note --purpose help --channel desk";
  for (const argv of ["check", "test", "build", `decide ${request}`, `explain ${request}`]) {
    const ran = await finished(start(command(), argv.split(" "), { cwd: project.root, node }));
    expect(ran).toMatchObject({ code: 0, err: expect.not.stringContaining("mistake in Scruple") });
  }
});

describe("bad input gets a sentence and an exit code:", () => {
  test.runIf(process.platform !== "win32")("a working directory that was removed", async () => {
    const project = new TestProject({ "gone/a.scruple": tiny });
    const script = 'cd "$1" && rm -r "$1" && shift && exec "$@"';
    for (const argv of ["--version", "check", "init x", "lsp --stdio"]) {
      mkdirSync(project.path("gone"), { recursive: true });
      const shell = ["-c", script, "sh", project.path("gone"), process.execPath, command(), ...argv.split(" ")];
      const { status, stdout, stderr } = spawnSync("sh", shell, { encoding: "utf8" });
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).toMatch(/^error: The working directory is not there any more\. .+\n$/);
    }
  });

  test("a file that does not exist", async () => {
    const ran = await scruple(new TestProject({ "offers.scruple": tiny }), "check ofers.scruple");
    expect(ran.code).toBe(2);
    expect(ran.err).toBe("error: There is no file or folder `ofers.scruple`. Did you mean `offers.scruple`?\n");
  });

  test("a folder without policies", async () => {
    const project = new TestProject({ "readme.md": "" });
    const ran = await scruple(project, "check");
    expect(ran).toMatchObject({ code: 2, out: "" });
    expect(ran.err).toContain(`There is no \`.scruple\` file in \`${project.root}\`.`);
  });

  test("globs that match nothing", async () => {
    const ran = await scruple(new TestProject({ "scruple.json": '{"include":["policy/*.scruple"]}' }), "check");
    expect(ran.code).toBe(2);
    expect(ran.err).toContain("No `.scruple` file matches `policy/*.scruple`");
  });

  test("a policy that uses one that does not exist", async () => {
    const ran = await scruple(new TestProject({ "a.scruple": "policy a\n\nuse std.purpose\n" }), "check");
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/^a\.scruple:3:5 error SCR2\d{3} unknown-policy\n.*`std\.purpose`.*`std\.purposes`/m);
  });

  test("categories in a circle", async () => {
    const policy = "policy a\n\ncategory x within y\ncategory y within z\ncategory z within x\n";
    const ran = await scruple(new TestProject({ "a.scruple": policy }), "check");
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/error SCR2\d{3} cycle\n.*`x`.*`y`.*`z`/);
  });

  test("two things of one name", async () => {
    const ran = await scruple(new TestProject({ "a.scruple": "policy a\n\ncategory x\ncategory x\n" }), "check");
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/^a\.scruple:4:10 error SCR2\d{3} duplicate-name$/m);
    expect(ran.out).toContain("  3 │ category x\n    │          - ");
  });

  test("a file of 50 MB", async () => {
    const ran = await scruple(new TestProject({ "a.scruple": Buffer.alloc(50 << 20, "x ") }), "check");
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/^a\.scruple:1:1 error SCR8\d{3} file-too-large\n.*50 .*16 /);
  });

  test("binary bytes", async () => {
    const ran = await scruple(
      new TestProject({ "a.scruple": Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2]) }),
      "check",
    );
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/^a\.scruple:1:1 error SCR8\d{3} binary-file\n/);
  });

  test("bytes that are no UTF-8", async () => {
    const bytes = Buffer.concat([Buffer.from("policy a\n// gr"), Buffer.from([0xfc]), Buffer.from("n\n")]);
    const ran = await scruple(new TestProject({ "a.scruple": bytes }), "check");
    expect(ran.code).toBe(1);
    expect(ran.out).toMatch(/^a\.scruple:2:6 error SCR8\d{3} not-utf8\n/);
  });

  test("five thousand parentheses, and as many exceptions", async () => {
    const deep = (inner: string) => tiny.replace("    under contract\n", `    under contract\n    ${inner}\n`);
    for (const inner of [
      `when ${"(".repeat(5000)}true${")".repeat(5000)}`,
      `${"except for help ".repeat(5000)}`,
      `when ${"not ".repeat(5000)}true`,
    ]) {
      const ran = await scruple(new TestProject({ "a.scruple": deep(inner) }), "check --format json");
      expect(ran.code).toBe(1);
      const errors = JSON.parse(ran.out).filter(({ severity }: { severity: string }) => severity === "error");
      expect(errors).toHaveLength(1);
      expect(errors[0].message).toContain("256");
    }
  });

  test("a configuration that says what nobody knows", async () => {
    const ran = await scruple(new TestProject({ "scruple.json": '{"inclde":[]}', "a.scruple": tiny }), "check");
    expect(ran.code).toBe(2);
    expect(ran.err).toBe("error: `scruple.json`: There is no key `inclde`. Did you mean `include`?\n");
  });

  test("a request line that is no JSON", async () => {
    const ran = await scruple(
      new TestProject({ "a.scruple": tiny }),
      "decide",
      `{"id":1\n${JSON.stringify(allowed)}\n`,
    );
    expect(ran.code).toBe(1);
    const [first, second] = ran.out.split("\n");
    expect(JSON.parse(first!)).toMatchObject({ id: null, decision: "deny", errors: ["Line 1 is not JSON."] });
    expect(JSON.parse(second!)).toMatchObject({ id: "r1", decision: "allow" });
  });

  test.each(["decide", "explain", "format -"])("standard input that cannot be read (%s)", async (argv) => {
    const project = new TestProject({ "a.scruple": tiny });
    const input = openSync(project.root, "r");
    const ran = await finished(
      start(command(), argv.split(" "), { cwd: project.root, stdio: [input, "pipe", "pipe"] }),
    );
    closeSync(input);
    expect(ran).toEqual({ code: 2, out: "", err: "error: Standard input could not be read: it is a folder.\n" });
  });

  test("a request with a name that nothing declares", async () => {
    const request = JSON.stringify({ ...allowed, purpose: "hep" });
    const ran = await scruple(new TestProject({ "a.scruple": tiny }), "decide", request);
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.out)).toMatchObject({
      decision: "deny",
      errors: [expect.stringContaining("Did you mean `help`?")],
    });
  });

  test("a fact of another type, which is unknown", async () => {
    const policy = tiny.replace("under contract", "under contract\n    when group_size >= 1");
    const request = JSON.stringify({ ...allowed, facts: { group_size: "1" } });
    const ran = await scruple(new TestProject({ "a.scruple": policy }), "decide", request);
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out)).toMatchObject({ decision: "deny", missing: ["group_size"], errors: [] });
  });

  test("a folder that may not be written to", async () => {
    const project = new TestProject({ "a.scruple": tiny });
    mkdirSync(project.path("generated"));
    chmodSync(project.path("generated"), 0o555);
    chmodSync(project.root, 0o755);
    // To the superuser no folder is read-only.
    const nobody = process.getuid?.() === 0 ? 65534 : undefined;
    const ran = await scruple(project, "build", "", nobody);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain(
      "`generated/tiny.guard.js` could not be written: permission denied. No file was changed.",
    );
    expect(project.list("generated")).toEqual([]);
  });

  // Only there does a folder that one may write to keep what is in it: to the superuser, in none.
  test.runIf(process.getuid?.() === 0)("an old guard that may not be removed", async () => {
    const project = new TestProject({ "a.scruple": tiny });
    await project.run(["build"]);
    chmodSync(project.path("generated"), 0o1777);
    chmodSync(project.root, 0o755);
    project.write("a.scruple", tiny.replace("policy tiny", "policy other"));
    const ran = await scruple(project, "build", "", 65534);
    expect(ran.code).toBe(2);
    expect(ran.err).toContain("wrote generated/other.guard.js\n");
    for (const kind of ["guard.d.ts", "guard.js", "guard.js.map", "model.json"]) {
      expect(ran.err).toContain(`\`generated/tiny.${kind}\` could not be removed: the operation is not permitted.`);
    }
    expect(ran.err).toContain("goes on deciding");
  });
});

describe("a policy with CRLF and a byte order mark", () => {
  test("is a policy like any other", async () => {
    const project = new TestProject({ "a.scruple": `\ufeff${tiny.replaceAll("\n", "\r\n")}` });
    expect(await scruple(project, "check")).toMatchObject({ code: 0, out: "" });
    expect(await scruple(project, "test")).toMatchObject({ code: 0 });
  });
});

describe("a reader that goes away", () => {
  /** Reads one chunk and closes the pipe, as `head -1` does. */
  async function readLittle(argv: string[], project: TestProject, feed: (write: (text: string) => boolean) => void) {
    const child = start(command(), argv, { cwd: project.root });
    let err = "";
    child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      err += text;
    });
    child.stdin!.on("error", () => {});
    feed((text) => child.stdin!.writable && child.stdin!.write(text));
    child.stdout!.once("data", () => child.stdout!.destroy());
    const code = await new Promise((resolve) => child.on("exit", resolve));
    return { code, err };
  }

  test("ends a stream of decisions quietly, though requests go on and on", async () => {
    const project = new TestProject({ "a.scruple": tiny });
    const many = `${JSON.stringify(allowed)}\n`.repeat(1000);
    let timer: NodeJS.Timeout | undefined;
    const ran = await readLittle(["decide"], project, (write) => {
      timer = setInterval(() => write(many), 5);
    });
    clearInterval(timer);
    expect(ran).toEqual({ code: 0, err: "" });
  });

  test("ends a long report quietly, with the report's exit code", async () => {
    const rules = Array.from(
      { length: 3000 },
      (_, index) => `  r${index}: allow use nothing${index}\n    under contract\n`,
    );
    const project = new TestProject({ "a.scruple": tiny.replace("  show:", `${rules.join("\n")}\n  show:`) });
    const ran = await readLittle(["check"], project, () => {});
    expect(ran.code).toBe(1);
    expect(ran.err).not.toMatch(/EPIPE|at /);
  });
});

test("two hundred thousand requests fit into the memory of a few", async () => {
  const project = new TestProject({ "a.scruple": tiny });
  const child = start(command(), ["decide"], { cwd: project.root, node: ["--max-old-space-size=40"] });
  const block = `${JSON.stringify({ ...allowed, subject: { id: "x".repeat(500) } })}\n`.repeat(1000);
  let lines = 0;
  child.stdout!.on("data", (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 0x0a) lines += 1;
  });
  const code = new Promise((resolve) => child.on("close", resolve));
  function* blocks() {
    for (let i = 0; i < 200; i++) yield block;
  }
  await pipeline(Readable.from(blocks()), child.stdin!).catch(() => {});
  expect({ code: await code, lines }).toEqual({ code: 0, lines: 200_000 });
});

test("check --watch reports again after a change, and ends with Ctrl+C", async () => {
  const project = new TestProject({ "a.scruple": tiny });
  const child = start(command(), ["check", "--watch"], { cwd: project.root });
  let err = "";
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    err += text;
  });
  /** Waits for a report with a text in it, and for the end of the report. */
  const report = async (text: string) => {
    const end = "Watching for changes; stop with Ctrl+C.\n";
    while (!(err.includes(text) && err.includes(end, err.indexOf(text)))) {
      if (child.exitCode !== null) throw new Error(`it ended early: ${err}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    err = "";
  };
  const ended = finished(child);
  await report("nothing to report");
  project.write("a.scruple", misspelt);
  await report("1 error");
  project.write("a.scruple", tiny);
  await report("nothing to report");
  child.kill("SIGINT");
  expect((await ended).code).toBe(0);
});
