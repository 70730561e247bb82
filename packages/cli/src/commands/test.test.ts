import { XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { failing, misspelt, tiny } from "../fixtures/policies.ts";
import { TestProject } from "../fixtures/project.ts";

describe("test", () => {
  test("says which tests passed", async () => {
    const { code, out, err } = await new TestProject({ "a.scruple": tiny }).run(["test"]);
    expect(code).toBe(0);
    expect(out).toBe("✓ tiny a note may be used\n");
    expect(err).toBe("✓ 1 test, all passed\n");
  });

  test("says what was expected, what came, and why", async () => {
    const { code, out, err } = await new TestProject({ "a.scruple": failing }).run(["test"]);
    expect(code).toBe(1);
    expect(out).toContain(
      "✗ tiny a note may be used\n  a.scruple:25:3\n  25 │   expect deny use notes.note because talk.show\n",
    );
    expect(out).toContain("  Expected deny, but it came to allow.\n");
    expect(out).toContain("  rules    talk.show\n");
    expect(err).toBe("✗ 1 test, 0 passed, 1 failed\n");
  });

  test("holds an expectation to all the rules that it names", async () => {
    const other = tiny.replace(
      "    under contract\n",
      "    under contract\n\n  also: allow use notes\n    under contract\n",
    );
    const { code, out } = await new TestProject({ "a.scruple": other }).run(["test"]);
    expect(code).toBe(1);
    expect(out).toContain("Expected `talk.show` to decide, but it was `talk.also`, `talk.show`.\n");
  });

  test("runs no test of a policy with errors, and fails", async () => {
    const { code, out, err } = await new TestProject({ "a.scruple": misspelt }).run(["test"]);
    expect(code).toBe(1);
    expect(out).toContain("a.scruple:18:19 error");
    expect(err).toBe("No test was run: the errors come first.\n");
  });

  test("writes the errors in the format that was asked for", async () => {
    const project = new TestProject({ "a.scruple": misspelt });
    const json = await project.run(["test", "--format", "json"]);
    expect(json).toMatchObject({ code: 1, err: "No test was run: the errors come first.\n" });
    expect(JSON.parse(json.out)).toEqual({
      ...{ tests: [], passed: 0, failed: 0, coverage: null },
      diagnostics: JSON.parse((await project.run(["check", "--format", "json"])).out),
    });
    const junit = await project.run(["test", "--format", "junit"]);
    expect(junit).toMatchObject({ code: 1, err: json.err });
    expect(XMLValidator.validate(junit.out)).toBe(true);
    expect(junit.out).toContain('<testsuites name="scruple test" tests="1" failures="0" errors="1">');
    expect(junit.out).toMatch(
      /<testsuite name="a\.scruple" .*\n.*\n +<error message="[^"]+" type="[a-z-]+">a\.scruple:18:19/,
    );
  });

  test("is no report of success where the project hides its errors", async () => {
    const diagnostics = await new TestProject({ "a.scruple": misspelt }).run(["check", "--format", "json"]);
    const [{ code: hidden }] = JSON.parse(diagnostics.out);
    const config = JSON.stringify({ severity: { [hidden]: "off" } });
    const project = new TestProject({ "a.scruple": misspelt, "scruple.json": config });
    const { code, out } = await project.run(["test", "--format", "junit"]);
    expect(code).toBe(1);
    expect(out).toContain('tests="1" failures="0" errors="1"');
    expect(out).toContain('<error message="No test was run: the errors come first. What is wrong is not shown');
  });

  test("is content where there are no tests, and says so", async () => {
    const { code, err } = await new TestProject({ "a.scruple": tiny.slice(0, tiny.indexOf("\ntest ")) }).run(["test"]);
    expect({ code, err }).toEqual({ code: 0, err: "No tests were found.\n" });
  });

  test("runs the tests whose names hold a text", async () => {
    const second = tiny.slice(tiny.indexOf("test ")).replace("a note may be used", "another one");
    const project = new TestProject({ "a.scruple": `${tiny}\n${second}` });
    expect((await project.run(["test", "--filter", "ANOTHER"])).out).toBe("✓ tiny another one\n");
  });

  test("refuses a filter that no test's name holds, and suggests the nearest name", async () => {
    const project = new TestProject({ "a.scruple": tiny });
    const { code, out, err } = await project.run(["test", "--filter", "a ntoe", "--format", "json"]);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^error: No test has a name with `a ntoe` in it\. Did you mean `a note may be used`\?\n/);
    expect((await project.run(["test", "--filter", "weather"])).err).toContain(
      "`weather` in it.\n`scruple test` without `--filter` runs all of them",
    );
  });

  test("is content with any filter where there are no tests", async () => {
    const project = new TestProject({ "a.scruple": tiny.slice(0, tiny.indexOf("\ntest ")) });
    const { code, err } = await project.run(["test", "--filter", "note"]);
    expect({ code, err }).toEqual({ code: 0, err: "No tests were found.\n" });
  });

  test("runs the tests in the files that the paths choose", async () => {
    const project = new TestProject({ "a.scruple": tiny, "b.scruple": tiny.replace("policy tiny", "policy other") });
    expect((await project.run(["test", "b.scruple"])).out).toBe("✓ other a note may be used\n");
  });
});

describe("test --format", () => {
  test("json holds requests, expectations and decisions", async () => {
    const { code, out } = await new TestProject({ "a.scruple": failing }).run(["test", "--format", "json"]);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      passed: 0,
      failed: 1,
      coverage: null,
      tests: [
        {
          policy: "tiny",
          name: "a note may be used",
          file: "a.scruple",
          passed: false,
          cases: [
            {
              passed: false,
              expected: { decision: "deny", rules: ["talk.show"] },
              request: { interaction: "talk", consents: [], objections: [] },
              decision: { decision: "allow", rules: ["talk.show"] },
            },
          ],
        },
      ],
    });
  });

  test("junit has a suite for each policy", async () => {
    const { out } = await new TestProject({ "a.scruple": failing }).run(["test", "--format", "junit"]);
    expect(XMLValidator.validate(out)).toBe(true);
    expect(out).toContain('<testsuite name="tiny" tests="1" failures="1"');
    expect(out).toContain('message="Expected deny, but it came to allow."');
  });
});

describe("test --coverage", () => {
  const withConditions = tiny
    .replace("source notes", "facts {\n  open : bool\n  late : bool\n}\n\nsource notes")
    .replace(
      /( {4}under contract\n)(.*\n)/,
      "$1    when open\n$2    except when late\n\n  spare: deny use notes\n    when late\n",
    )
    .replace("on desk\n  expect", "on desk\n  given open = true, late = false\n  expect");

  test("shows the rules and branches that no test reaches", async () => {
    const { code, out } = await new TestProject({ "a.scruple": withConditions }).run(["test", "--coverage"]);
    expect(code).toBe(0);
    const lines = out.split("\n").slice(1);
    expect(lines[0]).toBe("coverage: rules 1/2 (50 %), branches 3/6 (50 %), cells 1/2 (50 %)");
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^ {2}a\.scruple:29:3 talk\.spare decided in no test$/),
      expect.stringMatching(/talk\.show `when` was never false; no test asks \{.*"open":false.*\}: deny$/),
      expect.stringMatching(/talk\.show `except › when` was never true; no test asks \{.*"late":true.*\}: deny$/),
      expect.stringMatching(/talk\.spare `when` was never true; no test asks \{.*\}: deny$/),
      expect.stringMatching(/^ {2}tiny no test asks \{"interaction":"talk",.*\}: deny \(talk\.show.*\)$/),
      "",
    ]);
  });

  test("can be demanded", async () => {
    const project = new TestProject({ "a.scruple": withConditions });
    expect((await project.run(["test", "--min-coverage", "50"])).code).toBe(0);
    const { code, err } = await project.run(["test", "--min-coverage", "51"]);
    expect(code).toBe(1);
    expect(err).toContain("The tests cover 50 % of the rules; `--min-coverage` asks for 51 %.");
  });

  test("counts a shared denial that a test of the using policy reaches", async () => {
    const project = new TestProject({
      "a.scruple": tiny
        .replace("policy tiny\n", "policy tiny\n\nuse shared\n")
        .replace(/expect .*\n/, "expect deny use notes.note because shared/never\n"),
      "b.scruple": "policy shared\n\nnever: deny use any\n",
    });
    const { out } = await project.run(["test", "--coverage", "--format", "json"]);
    const { coverage, failed } = JSON.parse(out);
    expect(failed).toBe(0);
    expect(coverage.rules).toMatchObject({ covered: 1, total: 2, uncovered: [{ policy: "tiny", rule: "talk.show" }] });
  });
});
