import { finished } from "@scruple/analysis";
import { expect, it } from "vitest";
import { compile, compileInSteps } from "./compile.ts";

const text = `policy steps
use std.categories
use std.purposes
use std.recipients
use std.channels
source orders provided { size : preference }
${["one", "two", "three"]
  .map((name) => `interaction ${name} { purposes customer_care channels email r: allow use orders.size }`)
  .join("\n")}
`;
const codes = (diagnostics: readonly { readonly code: string }[]) => diagnostics.map(({ code }) => code);

it("gives names and types without any analysis", () => {
  const program = compile([{ path: "a.scruple", text: text.replace("orders.size", "orders.siz") }]);
  expect(codes(program.checks)).toEqual(["SCR2006"]);
  expect(codes(compile([{ path: "a.scruple", text }]).checks)).toEqual([]);
});

it("analyses in steps, and comes to the same as at once", () => {
  const program = compile([{ path: "a.scruple", text }]);
  let steps = 0;
  for (const _ of program.analysis()) steps++;
  expect(steps).toBeGreaterThan(3);
  expect(program.diagnostics).toEqual(compile([{ path: "a.scruple", text }]).diagnostics);
});

it("compiles in steps, and parses no file again where that was given up", () => {
  const files = ["a", "b", "c"].map((name) => ({
    path: `${name}.scruple`,
    text: `policy ${name}\nuse a\npurpose p\n`,
  }));
  const given = compileInSteps(files);
  for (let step = 0; step < 3; step++) expect(given.next().done).toBe(false);
  const all = [...compileInSteps(files.map((file) => ({ ...file })))].length;
  expect([...compileInSteps(files)].length).toBe(all);
  const parsed = finished(compileInSteps(files)).files.map(({ tree }) => tree);
  expect(compile(files).files.map(({ tree }) => tree)).toEqual(parsed);
  expect(compile(files).files.every(({ tree }, place) => tree === parsed[place])).toBe(true);
});

it("goes on from an analysis that was given up", () => {
  const given = compile([{ path: "a.scruple", text }]);
  const work = given.analysis();
  const whole = [...compile([{ path: "a.scruple", text }]).analysis()].length;
  // By then an interaction or two have been looked at: files are lowered first, and rules outside looked at last.
  for (let step = 0; step < whole / 2; step++) work.next();
  const edited = [{ path: "a.scruple", text: text.replace("interaction three {", "interaction three {  ") }];
  const next = compile(edited, {}, given);
  const lowered = compile([{ path: "a.scruple", text }]);
  lowered.model("steps");
  const all = [...compile(edited, {}, lowered).analysis()].length;
  expect([...next.analysis()].length).toBeLessThan(all);
  expect(next.diagnostics).toEqual(compile(edited).diagnostics);
});
