import { expect, test } from "vitest";
import { TestProject } from "../fixtures/project.ts";

test.each([
  [["chek"], "There is no command `chek`. Did you mean `check`?"],
  [["launder"], "There is no command `launder`."],
  [["check", "--fromat", "json"], "There is no option `--fromat`. Did you mean `--format`?"],
  [["check", "--format", "it's"], "`--format` cannot be `it's`. It is one of pretty, json, sarif, github, junit."],
  [["build", "--target", "rust"], "`--target` cannot be `rust`. It is one of javascript, json."],
  [["check", "--max-warnings", "few"], "`--max-warnings` cannot be `few`. It has to be a whole number from 0."],
  [["test", "--filter"], "`--filter` needs a value behind it."],
  [["init", ""], "The argument `dir` cannot be ``. It has to name a folder; `.` is the working directory."],
  ...[["check"], ["build"], ["test"], ["format"], ["prove"], ["check", "a.scruple"]].map((argv): [string[], string] => [
    [...argv, ""],
    "The argument `paths` cannot be ``. It has to name a file or a folder; `.` is the working directory.",
  ]),
  [["diff", ""], "The argument `base` cannot be ``. It has to name a file or a folder; `.` is the working directory."],
  [
    ["audit", "verify", " "],
    "The argument `trail` cannot be ` `. It has to name a file or a folder; `.` is the working directory.",
  ],
  [["decide", "--consent", "help", "--no-consent"], "`--consent` and `--no-consent` contradict each other."],
  [["explain", "--no-consent", "--consent", "help"], "`--consent` and `--no-consent` contradict each other."],
  [["decide", "--no-objection", "--objection=help"], "`--objection` and `--no-objection` contradict each other."],
  [["diff"], "The argument `base` is missing."],
  [["rules", "a", "b"], "There are too many arguments: `rules` takes at most 1, and got 2."],
])("%j is told: %s", async (argv, message) => {
  const { code, out, err } = await new TestProject({}).run(argv);
  expect({ code, out, err }).toEqual({ code: 2, out: "", err: `error: ${message}\n` });
});
