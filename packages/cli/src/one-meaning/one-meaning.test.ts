import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { instantiate } from "@scruple/emit";
import { type Decision, evaluator } from "@scruple/model";
import type { RandomProject, WireRequest } from "@scruple/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { subjects } from "../fixtures/subjects.ts";
import { main } from "../main.ts";

/** One meaning: whoever evaluates a policy decides alike. The seeds are fixed; a failure names the one that repeats it. */
const policies = 2_000;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "scruple-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What `scruple decide` answers, in this process: a process for each policy would test the machine rather than us. */
async function decideByCommand(
  project: RandomProject,
  seed: number,
  requests: readonly WireRequest[],
): Promise<Decision[]> {
  const cwd = join(folder, String(seed));
  mkdirSync(cwd);
  for (const { path, text } of project.files) writeFileSync(join(cwd, path), text);
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const stdin = Readable.from(requests.map((request) => `${JSON.stringify(request)}\n`));
  const answers = text(stdout);
  stderr.resume();
  await main(["decide", "--policy", project.policy], { cwd, env: {}, stdin, stdout, stderr });
  stdout.end();
  return (await answers)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** The wording of an error is no contract; that there is one is. */
function comparable(decision: Decision): Record<string, unknown> {
  return { ...JSON.parse(JSON.stringify(decision)), errors: decision.errors.length > 0 };
}

test(`reference = guard = scruple decide, on ${policies} random policies`, { timeout: 600_000 }, async () => {
  let allowed = 0;
  for (const { seed, project, model, requests } of subjects(1, policies)) {
    const reference = evaluator(model);
    const guard = instantiate(model);
    const answers = await decideByCommand(project, seed, requests);
    const expected = requests.map((request) => comparable(reference.decide(request)));
    const context = `seed ${seed}, of the requests ${JSON.stringify(requests)}`;
    const guarded = requests.map((request) => comparable(guard.decide(request)));
    expect(guarded, `guard, ${context}`).toEqual(expected);
    expect(answers.map(comparable), `scruple decide, ${context}`).toEqual(expected);
    allowed += expected.filter(({ decision }) => decision === "allow").length;
  }
  // Requests that are always refused would prove little.
  expect(allowed).toBeGreaterThan(policies);
});
