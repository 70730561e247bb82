import { compile } from "@scruple/compiler";
import { expect, test } from "vitest";
import { assignmentOf, type GivenFacts } from "./assignment.ts";
import { nearestChanges } from "./nearest-changes.ts";
import { analyse } from "./testing/one-cell.ts";
import { wireFacts } from "./wire-facts.ts";

const text = `policy shop
  category note
  purpose marketing recipient customer channel email reaches customer quiet 21:00..07:00
  source notes provided { text : note }
  subject { age : int 0..130 member : bool region : eu | uk }
  interaction letter started by company { purposes marketing channels email
    allow use note under consent when subject.age >= 18
    allow use note when subject.member and subject.region = uk
  }`;
const { context, decision } = analyse(compile([{ path: "shop.scruple", text }]).model("shop")!);

/** What would have to be otherwise, each way by the facts that it changes. */
function changes(given: Partial<GivenFacts>): readonly unknown[] {
  const nobody: GivenFacts = { channel: "shop.email", facts: new Map(), consents: [], objections: [] };
  const from = assignmentOf(context, { ...nobody, ...given });
  return nearestChanges(context, from, decision.allowed).map(({ assignment, changed }) => {
    const after = new Map(changed.map(({ index }) => [index, assignment.get(index)!]));
    const { ages, ...facts } = wireFacts(context, after, { near: from });
    return facts;
  });
}

test("one fact short of an allow: that fact, by the least step, and other ways after it", () => {
  const facts = new Map<string, string | number | boolean>([
    ["subject.age", 17],
    ["subject.member", false],
    ["subject.region", "uk"],
    ["local_time", "12:00"],
  ]);
  const marketing = [{ purpose: "shop.marketing", channel: null, explicit: false }];
  expect(changes({ facts, consents: marketing })).toEqual([
    { subject: { member: true }, facts: {} },
    { subject: { age: 18 }, facts: {} },
  ]);
});

test("a value moves no further than it must", () => {
  const facts = new Map<string, string | boolean>([
    ["subject.member", true],
    ["subject.region", "uk"],
    ["local_time", "21:30"],
  ]);
  expect(changes({ facts })).toEqual([{ subject: {}, facts: { local_time: "20:59" } }]);
});

test("unknown facts are filled in, and nothing known is forgotten", () => {
  const [nearest] = changes({ facts: new Map([["subject.member", true]]) });
  expect(nearest).toEqual({ subject: { region: "uk" }, facts: { local_time: "07:01" } });
});

test("what is already so needs no change", () => {
  const facts = new Map<string, string | boolean>([
    ["subject.member", true],
    ["subject.region", "uk"],
    ["local_time", "12:00"],
  ]);
  expect(changes({ facts })).toEqual([{ subject: {}, facts: {} }]);
});
