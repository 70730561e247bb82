import { diff } from "@scruple/analysis";
import { compile } from "@scruple/compiler";
import { describe, expect, it } from "vitest";
import { at } from "../testing/at.ts";
import { edited } from "../testing/text.ts";
import { extractCondition } from "./extract-condition.ts";
import { inlineCondition } from "./inline-condition.ts";

/** The files after each action that is offered at `$0`, by its title; no policy that could be built decides otherwise then. */
function outcomes(
  source: string,
  rewrite = inlineCondition,
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const { snapshot, offset } = at(source);
  const { program } = snapshot;
  const isBuilt = program.checks.every(({ severity }) => severity !== "error");
  return Object.fromEntries(
    rewrite(snapshot, { start: offset, end: offset }).map(({ title, edit }) => {
      const files = edited(snapshot, edit!);
      const after = compile(program.files.map(({ path, text }) => ({ path, text: files[path] ?? text })));
      if (isBuilt) {
        expect(after.checks.filter(({ severity }) => severity === "error")).toEqual([]);
        for (const { name } of program.policies) {
          const { widened, narrowed, duties } = diff(program.model(name)!, after.model(name)!);
          expect([widened, narrowed, duties], title).toEqual([[], [], []]);
        }
      }
      return [title, files];
    }),
  );
}

const rules = (condition: string, more = "") => `
use std.purposes
use std.channels
use std.categories
source s provided collected for customer_care keep at most 1 year deleted by store { f : preference g : behaviour }
interaction i started by customer {
  purposes customer_care
  channels staff_device
  r: allow use s.f under contract when ${condition} told "x"
  ${more}
}
`;
const everywhere = (name: string) => `Write the test of \`${name}\` wherever it is named, and delete it`;
const here = (name: string) => `Write the test of \`${name}\` here`;

describe("a test that is written in another policy", () => {
  const base = (text: string) => `//- a.scruple
policy a.base
subject { age : int 0..130 }
facts { eu : bool  kind : mild | wild }
purpose care
${text}
`;

  it("names what it named, with the policy where its names mean something else there", () => {
    const source = `${base("condition base = subject.age >= 18\ncondition adult = base and eu and kind = wild")}//- b.scruple
policy b.top
use a.base
condition base = subject.age >= 3
condition eu = true
${rules("adu$0lt and base")}`;
    const found = outcomes(source);
    expect(found[here("adult")]?.["b.scruple"]).toContain("when (a.base.base and a.base.eu and kind = wild) and base");
    expect(found[everywhere("adult")]?.["b.scruple"]).toContain("when (a.base.base and a.base.eu and kind = wild)");
    expect(found[everywhere("adult")]?.["a.scruple"]).not.toContain("adult");
  });

  it("asks for consent to the same purpose", () => {
    const source = `${base("condition asked = consent for care or explicit consent for care")}//- b.scruple
policy b.top
use a.base
purpose care
${rules("as$0ked")}`;
    expect(outcomes(source)[here("asked")]?.["b.scruple"]).toContain(
      "when (consent for a.base.care or explicit consent for a.base.care)",
    );
  });

  it("is not offered where no name means the same", () => {
    const c = `//- c.scruple
policy c.far
use a.base
condition adult = base
`;
    const top = `//- b.scruple
policy b.top
use c.far
${rules("adu$0lt")}`;
    expect(outcomes(`${base("condition base = subject.age >= 18")}${c}${top}`)).toEqual({});
    expect(outcomes(`${base("condition base = subject.age >= 18")}${c.replace("base", "nobody")}${top}`)).toEqual({});
    const used = outcomes(
      `${base("condition base = subject.age >= 18")}${c}${top.replace("use c", "use a.base\nuse c")}`,
    );
    expect(used[here("adult")]?.["b.scruple"]).toContain("when base told");
  });

  it("keeps a value from being taken for a fact", () => {
    const source = `${base("condition mild_one = mild = kind")}//- b.scruple
policy b.top
use a.base
facts { mild : kind | other }
${rules("mild_o$0ne")}`;
    expect(outcomes(source)).toEqual({});
  });
});

describe("what is said of a condition", () => {
  const shop = (declared: string) => `policy p
subject { age : int 0..130 }
${declared}
${rules("gro$0wn")}`;

  it("goes with its test where it is about that", () => {
    const found = outcomes(shop("condition grown = // By law.\n  subject.age >= 18 // Since 1974."));
    expect(found[here("grown")]?.["main.scruple"]).toContain("when (subject.age >= 18) told");
    expect(found[everywhere("grown")]?.["main.scruple"]).toContain(
      'when (// By law.\nsubject.age >= 18 // Since 1974.\n) told "x"',
    );
  });

  it("stays where it stands in a name that is replaced", () => {
    const source = `//- a.scruple
policy a.lib
subject { age : int 0..130 }
condition base = subject.age >= 18
condition grown = a /* home */ . lib.base
//- b.scruple
policy b
use a.lib
condition base = true
${rules("a /* why */ .lib. // where\n gro$0wn")}`;
    const found = outcomes(source);
    for (const title of [here("grown"), everywhere("grown")])
      expect(found[title]?.["b.scruple"]).toContain("when /* why */ // where\n");
    expect(found[here("grown")]?.["b.scruple"]).toContain("a /* home */ . lib.base");
    const bare = outcomes(source.replace("a /* home */ . lib.base", "base and /* c */ base"));
    expect(bare[here("grown")]?.["b.scruple"]).toContain("(a.lib.base and /* c */ a.lib.base)");
  });

  it("is named where it goes with the condition", () => {
    const titles = Object.keys(outcomes(shop('/// Grown up.\n@owner("legal")\ncondition grown = subject.age >= 18')));
    expect(titles).toEqual([here("grown"), `${everywhere("grown")} with its documentation and annotations`]);
    const commented = shop('@owner(/* whose */ "legal")\ncondition /* why */ grown /* so */ = subject.age >= 18');
    expect(Object.keys(outcomes(commented))[1]).toBe(`${everywhere("grown")} with its annotations and comments`);
    const behind = shop("condition grown = /* why */ subject.age >= 18");
    expect(Object.keys(outcomes(behind))[1]).toBe(everywhere("grown"));
  });
});

describe("a name that a test is given", () => {
  const member = "//- d.scruple\npolicy d.lib\nsubject { member : bool }\ncondition new_condition = subject.member\n";
  const extracted = (source: string, path: string) =>
    outcomes(source, extractCondition)["Give this test a name"]?.[path] ?? "";

  it("is nobody's yet in what the policy uses", () => {
    const source = `${member}//- b.scruple
policy b.top
use d.lib
subject { age : int 0..130 }
${rules("subject.age$0 > 3", 'no: deny use s.g when new_condition because "members said no"')}`;
    expect(extracted(source, "b.scruple")).toContain("condition new_condition_2 = subject.age > 3");
  });

  it("is nobody's yet beside the policy, in what those use that use it", () => {
    const source = `${member}//- a.scruple
policy a
subject { age : int 0..130 }
condition some = subject.age > 3 and subject.a$0ge < 9
//- b.scruple
policy b
use a
use d.lib
${rules("some and new_condition")}`;
    expect(extracted(source, "a.scruple")).toContain("condition new_condition_2 = subject.age < 9");
  });
});

describe("a test that is half written", () => {
  const declared = "policy p\nsubject { age : int 0..130 region : eu | uk tags : set of a | b }\n";

  it.each(["(subject.age > 3", "subject.region in {eu", "subject.tags.contains(a", "(("])(
    "is written nowhere else: %s",
    (test) => {
      expect(outcomes(`${declared}condition gro$0wn = ${test}\n${rules("grown")}`)).toEqual({});
    },
  );

  it.each(["$0( subject.age>3", "subject.region in$0 {eu", "subject.tags.cont$0ains(a", "$0(("])(
    "gets no name: %s",
    (test) => {
      expect(outcomes(`${declared}${rules(test)}`, extractCondition)).toEqual({});
    },
  );
});
