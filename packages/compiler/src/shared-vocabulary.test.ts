import { Dice } from "@scruple/testkit";
import { describe, expect, it } from "vitest";
import { compile } from "./compile.ts";
import type { Program } from "./program.ts";
import type { PolicyFile } from "./project/read-file.ts";

// More than keep what they are analysed on.
const names = Array.from({ length: 20 }, (_, index) => `p${index}`);
const vocabulary = `policy words
use std.categories
use std.purposes
use std.channels
subject { member : bool }
@review(2025-06-01)
source orders provided collected for customer_care keep at most 1 year deleted by store {
  size : preference
  parcel : behaviour
}
no_parcels: deny use orders.parcel for direct_marketing because "It was for the parcel."
promise "No parcel shapes an advertisement." { never use orders.parcel for direct_marketing }
`;
const policyOf = (name: string) => `policy ${name}
use words
use std.purposes
use std.channels
interaction letter started by customer {
  purposes customer_care
  channels email
  a: allow use orders.size under contract told "Your size is known."
}
`;
const project: readonly PolicyFile[] = [
  { path: "a.scruple", text: vocabulary },
  ...names.map((name) => ({ path: `${name}.scruple`, text: policyOf(name) })),
];

/** Each changes what is found in the policy, or in all that use the vocabulary, or nothing. */
const changesOfPolicies: readonly (readonly [string | RegExp, string])[] = [
  [" told", " when member or not member told"],
  [" told", "\n    told"],
  ["orders.size", "orders.parcel"],
  ["  a: allow", '  @accept("redundant-rule", "On purpose.")\n  a: allow'],
  ["  a: allow", '  z: deny use orders.size because "No."\n  a: allow'],
  [/$/, "// Noted.\n"],
  ["use words", "use words\npurpose own"],
  ["use words", 'use words\n@accept("unused-declaration", "Comes soon.")\npurpose own'],
  ["use words", 'use words\npromise "Never." { never use orders.size }'],
];
const changesOfWords: readonly (readonly [string | RegExp, string])[] = [
  ["size : preference", "size : health"],
  ["size : preference", "size : preference\n  colour : preference"],
  ["policy words", "policy words\n"],
  ["for direct_marketing because", "because"],
  ["deleted by store", ""],
  ["never use orders.parcel", "never use orders.size"],
  ["promise", 'zz: deny use orders.size because "No."\npromise'],
];

function replaced(files: readonly PolicyFile[], path: string, text: string): readonly PolicyFile[] {
  return files.map((file) => (file.path === path ? { path, text } : file));
}

describe("policies that use the same vocabulary", () => {
  it("share what its files add to their models", () => {
    const program = compile(project);
    const [one, other] = [program.model("p1")!, program.model("p2")!];
    const source = one.sources.find(({ id }) => id === "words.orders");
    expect(source).toBeDefined();
    expect(other.sources).toContain(source);
  });

  it.each([
    ["p1", "top"],
    ["top", "p1"],
  ])("keep their interactions to themselves, whichever of %s and %s is asked first", (...order) => {
    // Both files come first among those of either policy.
    const files = [
      ...project.slice(0, 1),
      ...["p1", "top"].map((name) => ({ path: `${name}.scruple`, text: policyOf(name) })),
    ];
    const program = compile(
      files.map((file) => ({ ...file, text: `${file.text}`.replace("policy top", "policy top\nuse p1") })),
    );
    expect(program.checks).toEqual([]);
    for (const policy of order)
      expect(program.model(policy)!.interactions.map(({ id }) => id)).toEqual([`${policy}.letter`]);
  });

  it("have each its own places in the text, where the vocabulary is another one among their files", () => {
    const files = [...project, { path: "0.scruple", text: "policy p1\npurpose further\n" }];
    const program = compile(files);
    const placeIn = (policy: string) => {
      const { files: paths, sources } = program.model(policy)!;
      return paths[sources.find(({ id }) => id === "words.orders")!.at.file];
    };
    expect(placeIn("p1")).toBe("a.scruple");
    expect(placeIn("p2")).toBe("a.scruple");
  });

  it("are left alone when another is edited", () => {
    const before = compile(project);
    expect(before.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const all = [...compile(project).analysis()].length;
    const files = replaced(project, "p3.scruple", policyOf("p3").replace("orders.size", "orders.parcel"));
    const next = compile(files, {}, before);
    expect([...next.analysis()].length).toBeLessThan(all / 3);
    expect(next.diagnostics).toEqual(compile(files).diagnostics);
    expect(next.diagnostics).not.toEqual(before.diagnostics);
  });

  it("settle what they settled, after an edit that changes nothing of the model", () => {
    const accepted = policyOf("p1")
      .replace("  a: allow", '  @accept("condition-always-true", "On purpose.")\n  a: allow')
      .replace(" told", " when subject.member or not subject.member told");
    const before = compile(replaced(project, "p1.scruple", accepted));
    expect(before.accepted("p1")).toHaveLength(1);
    const files = replaced(project, "p1.scruple", `${accepted}// Noted.\n`);
    const next = compile(files, {}, before);
    expect(next.accepted("p1")).toEqual(before.accepted("p1"));
    expect(next.diagnostics).toEqual(compile(files).diagnostics);
    expect(next.model("p1")).toBe(before.model("p1"));
  });

  it("are asked about on today's vocabulary, before it has been analysed", () => {
    const before = compile(project);
    expect(before.diagnostics).toBeDefined();
    const files = replaced(project, "a.scruple", vocabulary.replace("size :", "colour : preference\n  size :"));
    const placesOf = (program: Program) => program.space("p9")!.ground.places.map(({ field }) => field);
    expect(placesOf(compile(files, {}, before))).toEqual(placesOf(compile(files)));
  });

  it("come to what a fresh compilation comes to, after any edits", () => {
    const dice = new Dice(7);
    const optionsToChoose = [{}, { leastGroupSize: 5 }, { today: "2026-01-01" }];
    let options: (typeof optionsToChoose)[number] = optionsToChoose[0]!;
    let files = project;
    let program = compile(files, options);
    const seen = new Set<string>();
    let settled = 0;
    for (let edit = 0; edit < 100; edit++) {
      const isOfWords = dice.chance(0.3);
      const name = dice.pick(names);
      const path = isOfWords ? "a.scruple" : `${name}.scruple`;
      const [from, to] = dice.pick(isOfWords ? changesOfWords : changesOfPolicies);
      const last = files.find((file) => file.path === path)!.text as string;
      const text = (dice.chance(0.4) ? last : isOfWords ? vocabulary : policyOf(name)).replace(from, to);
      files = replaced(files, path, text);
      if (dice.chance(0.2)) options = dice.pick(optionsToChoose);
      const next = compile(files, options, program);
      const fresh = compile(files, options);
      expect(next.diagnostics).toEqual(fresh.diagnostics);
      const accepted = (of: Program) => names.map((policy) => of.accepted(policy));
      expect(accepted(next)).toEqual(accepted(fresh));
      settled += accepted(next).flat().length;
      for (const { code } of next.diagnostics) seen.add(code);
      program = next;
    }
    expect(seen.size).toBeGreaterThan(5);
    expect(settled).toBeGreaterThan(0);
  });
});
