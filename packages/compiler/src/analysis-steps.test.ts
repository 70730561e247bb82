import { expect, it } from "vitest";
import { compile } from "./compile.ts";

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

it("goes on from an analysis that was given up", () => {
  const given = compile([{ path: "a.scruple", text }]);
  const work = given.analysis();
  for (let step = 0; step < 3; step++) work.next();
  const edited = [{ path: "a.scruple", text: text.replace("interaction three {", "interaction three {  ") }];
  const next = compile(edited, {}, given);
  const all = [...compile(edited).analysis()].length;
  expect([...next.analysis()].length).toBeLessThan(all);
  expect(next.diagnostics).toEqual(compile(edited).diagnostics);
});
