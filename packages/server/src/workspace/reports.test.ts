import type { Diagnostic } from "@scruple/compiler";
import { expect, it } from "vitest";
import { Library } from "./library.ts";
import { Project } from "./project.ts";
import { Reports } from "./reports.ts";

/** `age` has a type of its own in `a` and in `b`, which is told in the one with the other's. */
const files = {
  "a.scruple": "policy a\nsubject { age : int }\n",
  "b.scruple": "policy b\n\nsubject { age : text }\n",
  "hub.scruple": "policy hub\nuse a\nuse b\n",
};

function reported() {
  const project = new Project("file:///shop", "{}", new Library(true));
  const reports = new Reports(project);
  for (const [path, text] of Object.entries(files)) project.setDisk(path, text);
  const update = (changed = (findings: readonly Diagnostic[]) => findings) =>
    reports.update(project.program(), changed(project.program().checks));
  update();
  const [found] = project.program().checks.filter(({ related }) => related.some(({ file }) => file === "b.scruple"));
  const path = found!.file;
  const told = () =>
    reports
      .of(path)
      .items.flatMap(({ relatedInformation = [] }) => relatedInformation)
      .find(({ location }) => location.uri === project.uriOf("b.scruple"));
  return { project, reports, update, path, told };
}

it("tells again what has another reason in another file", () => {
  const { project, update, path, told } = reported();
  expect(told()?.message).toContain("`text`");
  project.setDisk("b.scruple", files["b.scruple"].replace("text", "bool"));
  expect(update()).toContain(path);
  expect(told()?.message).toContain("`bool`");
});

it("tells again what stands on another line of another file", () => {
  const { project, update, path, told } = reported();
  expect(told()?.location.range.start.line).toBe(2);
  project.setDisk("b.scruple", files["b.scruple"].replace("\n\n", "\n "));
  expect(update()).toContain(path);
  expect(told()?.location.range.start.line).toBe(1);
});

it("gives what is found as it is, whatever has changed of it", () => {
  const { project, update, path } = reported();
  const fix = { title: "Use `int`", edits: [] };
  const fixed = (findings: readonly Diagnostic[]) => findings.map((one) => ({ ...one, fixes: [fix] }));
  expect(update(fixed)).toContain(path);
  expect(project.snapshot(project.uriOf(path))?.findings()[0]?.fixes).toEqual([fix]);
  expect(update(fixed)).toEqual([]);
});
