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

/** A project that takes long to read, and names one thing that is there and one that is not. */
function largeProject() {
  const files = Array.from({ length: 60 }, (_, i) => {
    const inside = "  // There is much to be read.\n".repeat(150);
    return [`${i}.scruple`, `policy big\ninteraction i${i} {\n${inside}}\npurpose p${i}\n`];
  });
  const made = checkerOf(Object.fromEntries(files));
  made.project.setOpen(
    "b.scruple",
    "policy big\npurpose a within p59\npurpose b within gone;\n",
    "file:///shop/b.scruple",
  );
  return made;
}

it("has names and types of a file ready before a large project is read", async () => {
  const { checker } = largeProject();
  expect(checker.isAhead).toBe(true);
  expect(codes(checker, "b.scruple")).toEqual(["SCR2004", "SCR1016"]);
  expect(checker.isAhead).toBe(true);
  await checker.check();
  expect(checker.isAhead).toBe(false);
  expect(codes(checker, "b.scruple")).toEqual(["SCR2004", "SCR1016"]);
});

it("keeps what it has said of closed files while much of a large project is read again", async () => {
  const { project, checker } = largeProject();
  project.setDisk("c.scruple", "policy big\npurpose c within gone\n");
  await checker.check();
  const before = checker.report("c.scruple");
  expect(before.items.map(({ code }) => code)).toEqual(["SCR2004"]);
  for (let i = 0; i < 60; i++) project.setDisk(`${i}.scruple`, `policy big\n${"// More to read.\n".repeat(300)}`);
  expect(checker.isAhead).toBe(true);
  expect(checker.report("c.scruple")).toEqual(before);
  await checker.check();
  // `p59` has gone.
  expect(codes(checker, "b.scruple")).toEqual(["SCR2004", "SCR2004", "SCR1016"]);
});

it("lets others at it while a large project is read, and catches up with what they change", async () => {
  const { project, checker } = largeProject();
  const steps = project.programInSteps();
  for (let step = 0; step < 60; step++) expect(steps.next().done).toBe(false);
  expect(project.view("b.scruple").isWhole).toBe(false);
  project.setOpen("b.scruple", "policy big\npurpose a within p59\n", "file:///shop/b.scruple");
  expect(project.view("b.scruple").files.at(-1)?.text).not.toContain("gone");
  for (const _ of steps);
  expect(project.isLongToWait).toBe(false);
  await checker.check();
  expect(project.program().isWhole).toBe(true);
  expect(codes(checker, "b.scruple")).not.toContain("SCR2004");
});
