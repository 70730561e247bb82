import { describe, expect, test } from "vitest";
import { TestProject, testIo } from "./fixtures/project.ts";
import { bugReport, main } from "./main.ts";
import { version } from "./version.ts";

const run = (...argv: string[]) => new TestProject({}).run(argv);
const commands = ["init", "check", "build", "test", "format", "decide", "audit", "rules"];

describe("help", () => {
  test("lists every command", async () => {
    const { code, out } = await run("--help");
    expect(code).toBe(0);
    for (const command of commands) expect(out).toMatch(new RegExp(`^ {2}${command}\\b`, "m"));
  });

  test.each(commands)("of %s shows an example", async (command) => {
    const { code, out } = await run(command, "--help");
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`Examples?:\n {2}scruple ${command}`));
  });

  test("of a command is asked for in either way", async () => {
    expect(await run("help", "check")).toEqual(await run("check", "-h"));
    expect(await run("--help")).toEqual(await run("help"));
  });

  test("is shown where no command is given, which is the call's fault", async () => {
    const { code, out, err } = await run();
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain("Usage: scruple ");
  });
});

test("says its version", async () => {
  expect(await run("--version")).toEqual({ code: 0, out: `${version}\n`, err: "" });
});

describe("a call at fault ends with 2 and a suggestion:", () => {
  test.each([
    [["chek"], "error: There is no command `chek`. Did you mean `check`?\n"],
    [["chek", "--help"], "error: There is no command `chek`. Did you mean `check`?\n"],
    [["-h", "chek"], "error: There is no command `chek`. Did you mean `check`?\n"],
    [["help", "chek"], "error: There is no command `chek`. Did you mean `check`?\n"],
    [["check", "--formt", "json"], "Did you mean `--format`?"],
    [["check", "--format", "jsn"], "It is one of pretty, json, sarif, github, junit."],
    [["check", "--max-warnings", "-1"], "It has to be a whole number from 0."],
    [["test", "--min-coverage", "101"], "It has to be a number from 0 to 100."],
    [["rules", "a", "b"], "too many arguments: `rules` takes at most 1"],
    [["check"], "There is no `.scruple` file in `"],
    [["check", "nowhere"], "There is no `.scruple` file in `"],
    [["format"], "There is no `.scruple` file to format here."],
  ])("%j", async (argv, message) => {
    const { code, out, err } = await run(...argv);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toContain(message);
    expect(err).toMatch(/^error: /);
    expect(err).not.toContain("Usage:");
  });
});

describe("a mistake of ours", () => {
  const broken = async (env: Record<string, string>) => {
    const { io, err } = testIo("/", { env });
    const code = await main(["check"], {
      ...io,
      get cwd(): string {
        throw new TypeError("the seat of somebody");
      },
    });
    return { code, err: err() };
  };

  test("ends with 3, says what to report, and shows nobody's data", async () => {
    const { code, err } = await broken({});
    expect(code).toBe(3);
    expect(err).toContain("Sorry, this is a mistake in Scruple, not in your policy.");
    expect(err).toContain(`TypeError in \`scruple check\`, scruple ${version}, node `);
    expect(err).not.toMatch(/somebody|\.ts|at /);
  });

  test("shows where it happened to those who ask", async () => {
    expect((await broken({ SCRUPLE_DEBUG: "1" })).err).toMatch(/TypeError: the seat of somebody\n +at /);
  });

  test("can be anything that is thrown", () => expect(bugReport("x", "check", {})).toContain("this line: string in"));
});
