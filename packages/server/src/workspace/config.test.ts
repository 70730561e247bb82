import { describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";

describe("a configuration", () => {
  it("takes every policy, but none from `node_modules`, hidden folders and the build's own", () => {
    const { matches, problem } = readConfig(null);
    expect(problem).toBeNull();
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
    expect(readConfig('{ "include": "x", "severity": { "untold": "off" } }')).toMatchObject({
      include: ["**/*.scruple"],
      options: { severity: { untold: "off" } },
    });
    expect(readConfig("{").problem).toMatch(/^This is not JSON: /);
    expect(readConfig("[]").problem).toContain("object");
  });
});
