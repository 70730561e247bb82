import { posix } from "node:path";
import { pathToFileURL } from "node:url";
import { findProject, policyPaths } from "@scruple/project";
import { TemporaryFolder } from "@scruple/testkit";
import { expect, onTestFinished, test } from "vitest";
import { readConfig } from "../packages/server/src/workspace/config.ts";

// The server runs where there is no disk, so it matches `include` itself: what it takes for a project's files the command takes as well.
const project = [
  "project/a.scruple",
  "project/policies/b.scruple",
  "project/policies/deep/c.scruple",
  "project/generated/d.scruple",
  "shared/s.scruple",
  "other/o.scruple",
];

function projectWith(include: readonly string[], files: readonly string[] = project, place = "project") {
  const config = JSON.stringify({ include });
  const folder = new TemporaryFolder(Object.fromEntries(files.map((file) => [file, ""])), onTestFinished);
  folder.write(`${place}/scruple.json`, config);
  const paths = files.map((file) => posix.relative(place, file));
  const { matches, problems } = readConfig(config, pathToFileURL(folder.path(place)).href);
  return {
    command: async () => policyPaths(await findProject(folder.path(place))),
    editor: paths.filter(matches).sort(),
    problems,
  };
}

test.each([
  [["**/*.scruple"], 3],
  [["*.scruple", "policies{,/deep}/*.scruple"], 3],
  [["./policies/*.scruple"], 1],
  [["../**/*.scruple"], 5],
  [["../shared/*.scruple", "*.scruple"], 2],
  [["./../shared/*.scruple"], 1],
  [["../{shared,other}/*.scruple"], 2],
  [["../@(shared|other)/*.scruple"], 2],
  [["../!(shared)/*.scruple"], 2],
  [["../*/*.scruple", "!../shared/*.scruple"], 2],
  [["../*/*.scruple", "!./../{shared,project}/*"], 1],
  [["../other/o.scruple"], 1],
  [["policies/../../shared/*.scruple", "*.scruple"], 2],
  [["policies/../../*/*.scruple", "!policies/../a.scruple"], 2],
  [["../project/*.scruple"], 1],
  [["../project/a.scruple"], 1],
  [["policies/**/*.scruple", "!../project/policies/deep/*"], 1],
  [["../*/*.scruple", "!a.scruple"], 2],
  [["!(a).scruple", "policies/b.scruple"], 1],
] as const)("the command and the editors take the same files: %j", async (include, count) => {
  const { command, editor, problems } = projectWith(include);
  expect(problems).toEqual([]);
  expect(editor).toEqual(await command());
  expect(editor).toHaveLength(count);
});

test.each([
  "{.,../shared}/*.scruple",
  "{../shared,../other}/*.scruple",
  "{..,.}/*.scruple",
  "@(.|../shared)/*.scruple",
  "(../shared)/*.scruple",
  "..{/shared,/other}/*.scruple",
  "../{shared,../up}/*.scruple",
  "*/../../shared/*.scruple",
  "!{../shared,x}/*.scruple",
  "{a,{../shared,b}}/*.scruple",
  "../!(x)/../shared/*.scruple",
  "{/abs/olute,policies}/*.scruple",
])("neither takes a pattern that leads elsewhere after its first mark: %j", async (pattern) => {
  const { command, editor, problems } = projectWith(["*.scruple", pattern]);
  expect(problems).toEqual([expect.stringContaining(`\`include.1\` cannot be \`${pattern}\`. Where a pattern leads`)]);
  await expect(command()).rejects.toThrow(problems[0]);
  expect(editor).toEqual(["a.scruple"]);
});

const oddlyNamed = [
  "project/team\nshop/d.scruple",
  "project/c\rd/e\u2028f/deep/d.scruple",
  "project/\nd.scruple",
  "project/\u2029.scruple",
  "project/.deny.scruple",
  "project/team\nshop/.deny.scruple",
  "project/.#open.scruple",
  "project/.hidden/d.scruple",
  "project/team\nshop/.hidden/.deny.scruple",
  "project/generated/.deny.scruple",
  "project/team\nshop/node_modules/p/d.scruple",
];
test.each([
  [["**/*.scruple"], 6],
  [["*/*.scruple"], 2],
  [["*.scruple"], 3],
  [["team\n*/*.scruple", ".deny.scruple"], 3],
  [["../*/**/*.scruple"], 6],
  [["**/*.scruple", "!*/*.scruple"], 4],
  [["**/*.scruple", "!**/.deny.scruple"], 4],
  [["**/*.scruple", "!**/\n*"], 5],
  [["{team\nshop,other}/.*.scruple"], 1],
] as const)("so they do where a name holds the end of a line, or begins with a dot: %j", async (include, count) => {
  const { command, editor } = projectWith(include, oddlyNamed);
  expect(editor).toEqual(await command());
  expect(editor).toHaveLength(count);
});

const installed = [
  "x/node_modules/@org/p+1/own.scruple",
  "x/node_modules/@org/p+1/deep/own.scruple",
  "x/node_modules/@org/p+1/node_modules/p/a.scruple",
  "x/node_modules/@org/p+1/deep/node_modules/p/a.scruple",
  "x/node_modules/@org/q/b.scruple",
  "x/node_modules/@org/q/node_modules/p/a.scruple",
  "x/shared/s.scruple",
  "x/shared/node_modules/p/a.scruple",
  "node_modules/p/a.scruple",
];
test.each([
  [["**/*.scruple"], 2],
  [["**/*.scruple", "../../../shared/*.scruple"], 3],
  [["own.scruple", "../../../shared/s.scruple"], 2],
  [["own.scruple", "../../../shared/**/*.scruple", "!../../../shared/s.scruple"], 1],
  [["../q/**/*.scruple"], 1],
  [["../../../../**/*.scruple"], 4],
  [["../../../../node_modules/p/a.scruple", "*.scruple"], 1],
  [["../../shared/*.scruple", "*.scruple"], 1],
] as const)("so they do where the project lies in `node_modules`: %j", async (include, count) => {
  const { command, editor } = projectWith(include, installed, "x/node_modules/@org/p+1");
  expect(editor).toEqual(await command());
  expect(editor).toHaveLength(count);
});
