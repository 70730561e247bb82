import { expect, it } from "vitest";
import { Checker } from "./checker.ts";
import { Library } from "./library.ts";
import { Project } from "./project.ts";

const faulty = "policy b\npurpose a within x;\n";

function checkerOf(files: Readonly<Record<string, string>>) {
  const project = new Project("file:///shop", "{}", new Library(true));
  for (const [path, text] of Object.entries(files)) project.setDisk(path, text);
  const told: (readonly string[])[] = [];
  const failed = (error: unknown) => {
    throw error;
  };
  const checker = new Checker(project, (paths) => told.push(paths), failed);
  return { project, checker, told };
}
const codes = (checker: Checker, path: string) => checker.report(path).items.map(({ code }) => code);

it("tells which files have something else to be told, and nothing twice", async () => {
  const { project, checker, told } = checkerOf({ "a.scruple": "policy a\npurpose one\n", "b.scruple": faulty });
  await checker.check();
  expect(codes(checker, "b.scruple")).toContain("SCR2004");
  told.length = 0;
  const before = checker.report("b.scruple").id;
  project.setOpen("a.scruple", "policy a\npurpose two\n", "file:///shop/a.scruple");
  await checker.check();
  expect(checker.report("b.scruple").id).toBe(before);
  project.setDisk("b.scruple", null);
  await checker.check();
  expect(told.flat()).toContain("b.scruple");
});

it("gives up what is out of date, and settles on what is there in the end", async () => {
  const { project, checker } = checkerOf({ "a.scruple": "policy a\n" });
  const done = checker.check();
  for (let edit = 0; edit < 20; edit++) {
    project.setOpen("b.scruple", edit === 19 ? faulty : `policy b\npurpose p${edit}\n`, "file:///shop/b.scruple");
    await Promise.resolve();
  }
  await done;
  expect(checker.isSettled).toBe(true);
  expect(codes(checker, "b.scruple")).toContain("SCR2004");
});

it("has the syntax of a file ready before a large project is compiled", async () => {
  const rest = `policy big\n${"// much to be read\n".repeat(60_000)}`;
  const { checker } = checkerOf({ "a.scruple": rest, "b.scruple": faulty });
  expect(checker.isAhead).toBe(true);
  expect(checker.syntax("b.scruple").items.map(({ code }) => code)).toEqual(["SCR1016"]);
  await checker.check();
  expect(checker.isAhead).toBe(false);
  expect(codes(checker, "b.scruple")).toEqual(expect.arrayContaining(["SCR1016", "SCR2004"]));
});
