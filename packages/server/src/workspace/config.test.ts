import { describe, expect, it } from "vitest";
import { readConfig as readConfigIn } from "./config.ts";

const readConfig = (text: string | null) => readConfigIn(text, "file:///work/shop");

describe("a configuration", () => {
  it("takes every policy, but none from `node_modules`, hidden folders and the build's own", () => {
    const { matches, problems } = readConfig(null);
    expect(problems).toEqual([]);
    expect(["a.scruple", "deep/in/b.scruple"].map(matches)).toEqual([true, true]);
    expect(["a.txt", "node_modules/p/a.scruple", ".git/a.scruple", "generated/a.scruple"].map(matches)).toEqual([
      ...[false, false, false, false],
    ]);
  });

  it("takes what it includes, also from beside it", () => {
    const { matches } = readConfig('{ "include": ["policies/*.scruple", "../shared/**/*.scruple"], "out": "build" }');
    expect(["policies/a.scruple", "../shared/x/b.scruple", "a.scruple"].map(matches)).toEqual([true, true, false]);
  });

  it("takes nothing that a pattern excludes, and nothing else for it", () => {
    const { matches } = readConfig('{ "include": ["policies/**/*.scruple", "!policies/drafts/**"] }');
    expect(["policies/a.scruple", "policies/drafts/a.scruple", "other/a.scruple"].map(matches)).toEqual([
      ...[true, false, false],
    ]);
    const { matches: odd } = readConfig('{ "include": ["!(drafts)/*.scruple"] }');
    expect(["policies/a.scruple", "drafts/a.scruple"].map(odd)).toEqual([true, false]);
  });

  it("goes on with what is right, and tells what is wrong", () => {
    const right = { include: ["**/*.scruple"], options: { severity: { untold: "off" }, leastGroupSize: 1000 } };
    const wrong: readonly [wrong: object, problem: string][] = [
      [{ include: "policies/*.scruple" }, "`include` has to be a list."],
      [{ include: [] }, "`include` is empty; leave it out for the default."],
      [{ include: ["{.,../shared}/*.scruple"] }, "`include.0` cannot be `{.,../shared}/*.scruple`."],
      [{ targets: ["javascipt"] }, "Did you mean `javascript`?"],
      [{ leastGroupSize: 0 }, "`leastGroupSize` is at least 1."],
      [{ out: 5 }, "`out` has to be a string."],
      [{ severty: {} }, "There is no key `severty`. Did you mean `severity`?"],
      [{ severity: { untold: "off", overdue: "eror" } }, "Did you mean `error`?"],
      [{ größe: 1 }, "There is no key `größe`."],
      [{ severity: { untold: "off", "100 %": "of" } }, "`severity.100 %` cannot be `of`"],
    ];
    for (const [more, problem] of wrong) {
      const { problems, ...read } = readConfig(JSON.stringify({ severity: { untold: "off" }, ...more }));
      expect([problems.length, problems[0]]).toEqual([1, expect.stringContaining(problem)]);
      expect(read).toMatchObject(right);
    }
    expect(readConfig('{ "include": ["a/*.scruple", 5], "outt": "x" }')).toMatchObject({
      include: ["a/*.scruple"],
      problems: ["`include.1` has to be a string.", "There is no key `outt`. Did you mean `out`?"],
    });
    expect(readConfig("{").problems).toEqual([expect.stringMatching(/^This is not JSON: /)]);
    for (const text of ["[]", "null"])
      expect(readConfig(text).problems).toEqual(["The configuration has to be an object."]);
  });
});
