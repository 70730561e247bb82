import { rmSync } from "node:fs";
import { expect, onTestFinished, test, vi } from "vitest";
import { misspelt, tiny } from "../fixtures/policies.ts";
import { TestProject, testIo } from "../fixtures/project.ts";
import { main } from "../main.ts";

/** Runs a command with `--watch`, and lets a test wait for each of its reports. */
function watching(project: TestProject, argv: readonly string[], cwd = ".") {
  const stop = new AbortController();
  // Where a test fails, nothing goes on in the background.
  onTestFinished(() => stop.abort());
  const { io, err } = testIo(project.path(cwd), { signal: stop.signal });
  const code = main([...argv, "--watch"], io);
  let seen = 0;
  const report = async (): Promise<string> => {
    const end = "stop with Ctrl+C.\n";
    // Where none comes, what came instead is told.
    await vi.waitFor(() => expect(err().slice(seen)).toContain(end), { timeout: 60_000, interval: 10 });
    const text = err().slice(seen, err().indexOf(end, seen));
    seen = err().indexOf(end, seen) + end.length;
    return text;
  };
  return {
    report,
    stop: () => {
      stop.abort();
      return code;
    },
  };
}

test("runs again after changes of policies and of the configuration, until it is stopped", async () => {
  const project = new TestProject({ "scruple.json": "{}", "policies/a.scruple": tiny });
  const { report, stop } = watching(project, ["check"]);
  expect(await report()).toContain("1 file, nothing to report");
  project.write("policies/a.scruple", misspelt);
  expect(await report()).toContain("1 error");
  project.write("policies/b.scruple", "policy shared\n\ncategory x\n");
  expect(await report()).toContain("of 2 files");
  project.write("scruple.json", '{"include": ["policies/b.scruple"]}');
  expect(await report()).toContain("1 file");
  expect(await stop()).toBe(0);
});

test.each(["../shared/*.scruple", "./../shared/*.scruple", "../{shared,other}/*.scruple", "../shared/b.scruple"])(
  "sees what changes outside the project's folder: %s",
  async (pattern) => {
    const project = new TestProject({
      "own/scruple.json": JSON.stringify({ include: ["*.scruple", pattern] }),
      "own/a.scruple": tiny,
      "shared/b.scruple": "policy shared\n",
    });
    const { report, stop } = watching(project, ["check"], "own");
    expect(await report()).toContain("2 files");
    project.write("shared/b.scruple", "policy shared\n\nnonsense\n");
    expect(await report()).toContain("1 error");
    expect(await stop()).toBe(0);
  },
);

test("sees what changes where the configuration leads by now, and what comes there later", async () => {
  const project = new TestProject({ "own/scruple.json": "{}", "own/a.scruple": tiny, "shared/notes.md": "" });
  const { report, stop } = watching(project, ["check"], "own");
  expect(await report()).toContain("1 file, nothing to report");
  project.write("own/scruple.json", '{"include": ["*.scruple", "../shared/deep/*.scruple"]}');
  expect(await report()).toContain("1 file, nothing to report");
  project.write("shared/deep/b.scruple", "policy shared\n");
  expect(await report()).toContain("2 files");
  project.write("shared/deep/b.scruple", "policy shared\n\nnonsense\n");
  expect(await report()).toContain("1 error");
  expect(await stop()).toBe(0);
});

test("waits out what is at fault in the call", async () => {
  const project = new TestProject({ "scruple.json": "{}", "a.scruple": tiny });
  const { report, stop } = watching(project, ["check"]);
  await report();
  project.write("scruple.json", "{");
  expect(await report()).toContain("`scruple.json` is not JSON");
  project.write("scruple.json", "{}");
  expect(await report()).toContain("1 file");
  expect(await stop()).toBe(0);
});

test("follows a configuration that comes above or nearer, and goes again", async () => {
  const project = new TestProject({ "own/a.scruple": tiny, "b.scruple": "policy shared\n" });
  const { report, stop } = watching(project, ["check"], "own");
  expect(await report()).toContain("1 file, nothing to report");
  project.write("scruple.json", "{");
  expect(await report()).toContain("`../scruple.json` is not JSON");
  project.write("scruple.json", "{}");
  expect(await report()).toContain("2 files");
  project.write("own/scruple.json", "{}");
  expect(await report()).toContain("1 file");
  rmSync(project.path("own/scruple.json"));
  expect(await report()).toContain("2 files");
  expect(await stop()).toBe(0);
});

test("waits for the only configuration while that is gone: without it the project would be another", async () => {
  const project = new TestProject({ "scruple.json": "{}", "policies/a.scruple": tiny });
  const { report, stop } = watching(project, ["build"], "policies");
  expect(await report()).toContain("4 files written");
  rmSync(project.path("scruple.json"));
  expect(await report()).toContain("`../scruple.json` is gone, and without it the project would be another.");
  project.write("policies/a.scruple", `${tiny}\n`);
  expect(await report()).toContain("is gone");
  project.write("scruple.json", "{}");
  expect(await report()).toContain("1 policy built");
  expect(project.list("policies")).toEqual(["a.scruple"]);
  expect(await stop()).toBe(0);
});

test("is not woken by what a build writes", async () => {
  const project = new TestProject({ "a.scruple": tiny });
  const { report, stop } = watching(project, ["build"]);
  expect(await report()).toContain("4 files written");
  project.write("a.scruple", tiny.replace("policy tiny", "policy small"));
  expect(await report()).toContain("removed generated/tiny.guard.js");
  expect(await stop()).toBe(0);
});
