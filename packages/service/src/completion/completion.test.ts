import { compile } from "@scruple/compiler";
import { applyEdits } from "@scruple/syntax";
import { describe, expect, it } from "vitest";
import type * as lsp from "vscode-languageserver-types";
import { toOffsets } from "../positions.ts";
import { at, shop } from "../testing/at.ts";
import { completion } from "./completion.ts";
import { resolveCompletion } from "./resolve.ts";

function items(source: string, snippets = true) {
  const { snapshot, position } = at(source);
  return completion(snapshot, position, { snippets }).items;
}
const labels = (source: string) => items(source).map(({ label }) => label);
const inLetter = (rule: string) => `${shop}
interaction letter started by customer {
  purposes customer_care
  channels email
  sizes: ${rule}
}
`;

describe("keywords", () => {
  it("are those that the grammar takes at a place", () => {
    expect(labels(inLetter("allow $0"))).toEqual(["collect", "infer", "combine", "use", "disclose", "process"]);
    expect(labels(inLetter("allow use orders under $0"))).toEqual([
      ...["explicit", "consent", "contract", "legal_obligation", "legitimate_interest", "vital_interest"],
      "public_task",
    ]);
  });

  it("are clauses that would be right there", () => {
    const clauses = (rule: string) =>
      labels(inLetter(rule)).filter((label) => /^(with|for|on|when|told|after|except|because)$/.test(label));
    expect(clauses("allow use orders $0")).toEqual(["for", "on", "when", "told", "because", "except"]);
    expect(clauses("allow combine orders.size $0")).toContain("with");
    expect(clauses("allow use orders when outbound $0")).toEqual(["told", "because", "except"]);
    expect(clauses("allow use orders $0 when outbound")).toEqual(["for", "on"]);
    expect(clauses('deny use orders because "no" $0')).toEqual(["after", "except"]);
    expect(clauses("deny use orders except when outbound $0")).toEqual(["except"]);
    expect(clauses("deny use orders except { for direct_marketing $0 }")).toEqual(["with", "on", "when", "except"]);
    expect(clauses("allow use orders under consent $0")).toContain("for");
  });

  it("are bounds that an interaction has not, before its rules", () => {
    const found = (inside: string) =>
      labels(`${shop}\ninteraction letter started by customer { ${inside} }`).filter((label) =>
        /^(purposes|channels)$/.test(label),
      );
    expect(found("$0")).toEqual(["purposes", "channels"]);
    expect(found("purposes customer_care $0")).toEqual(["channels"]);
    expect(found("pur$0 channels email")).toEqual(["purposes"]);
    expect(found("purposes customer_care channels email $0")).toEqual([]);
    expect(found("purposes customer_care sizes: allow use orders $0")).toEqual([]);
  });

  it("are in a line of a promise what promises have", () => {
    const found = (line: string) =>
      labels(`${shop}\npromise "Kept." { ${line} }`).filter((label) => /^[a-z]+$/.test(label));
    expect(found("never use orders when outbound $0")).toEqual(expect.arrayContaining(["unless"]));
    for (const word of ["because", "except", "when", "for", "under"])
      expect(found("never use orders when outbound $0")).not.toContain(word);
    expect(found("never use orders $0")).toContain("covertly");
    expect(found("always allow use orders $0")).not.toContain("covertly");
  });

  it("fill in declarations with places to be tabbed through", () => {
    const source = items(`${shop}\nsou$0`).find(({ label }) => label === "source");
    expect(source?.textEdit?.newText).toContain("keep at most");
    expect(source?.insertTextFormat).toBe(2);
    expect(items(`${shop}\nsou$0`, false).find(({ label }) => label === "source")?.textEdit?.newText).toBe("source");
  });

  it("leave places out for editors that know none", () => {
    const inTags = inLetter("allow use orders when subject.tags.cont$0");
    expect(items(inTags, false).map(({ textEdit, insertTextFormat }) => [textEdit?.newText, insertTextFormat])).toEqual(
      [["contains()", undefined]],
    );
    expect(items(`${shop}\n@own$0`, false).find(({ label }) => label === "owner")?.textEdit?.newText).toBe('owner("")');
  });

  it("include units behind numbers", () => {
    expect(labels(inLetter("allow use orders when data.age <= 3 $0"))).toContain("months");
  });

  it("are there in a file that is empty", () => expect(labels("$0")).toContain("policy"));
});

describe("names", () => {
  it("are of the kind that the place takes", () => {
    const found = labels(inLetter("allow use orders for $0"));
    expect(found).toContain("direct_marketing");
    expect(found).not.toContain("email");
    expect(labels(inLetter("allow use orders on $0"))).toContain("email");
    expect(labels(inLetter("allow use orders to $0"))).toContain("customer");
    expect(labels(inLetter("allow use $0"))).toEqual(expect.arrayContaining(["any", "orders", "orders.size"]));
    expect(labels(inLetter("allow use orders then $0"))).toEqual(["record_contact"]);
    expect(labels(inLetter("allow use orders then record_contact($0)"))).toEqual(["within"]);
  });

  it("behind a dot are what is there", () => {
    expect(labels(inLetter("allow use orders.$0"))).toEqual(["size", "email"]);
    expect(labels(inLetter("allow use orders when subject.$0"))).toEqual(["age", "region", "tags"]);
    expect(labels(inLetter("allow use orders for std.$0"))).toContain("purposes");
    expect(labels(inLetter("allow use orders for std.purposes.$0"))).toContain("customer_care");
  });

  it("are values where something of a one-of type is compared", () => {
    expect(labels(inLetter("allow use orders when subject.region = $0")).slice(0, 3)).toEqual(["eu", "uk", "other"]);
    expect(labels(inLetter("allow use orders when subject.region in {eu, $0}"))).toEqual(["eu", "uk", "other"]);
    expect(labels(inLetter("allow use orders when subject.tags.contains($0)"))).toEqual(["gold", "silver"]);
  });

  it("of policies that are not used bring their `use`", () => {
    const { snapshot, position } = at("policy shop\n\npurpose x within customer_$0");
    const care = completion(snapshot, position, { snippets: true }).items.find(
      ({ label }) => label === "customer_care",
    );
    expect(care?.additionalTextEdits).toEqual([
      {
        range: { start: { line: 0, character: 11 }, end: { line: 0, character: 11 } },
        newText: "\n\nuse std.purposes",
      },
    ]);
  });

  describe("that are not at hand yet", () => {
    const others = `
//- in.scruple
policy \`l-1\`.in
use std.categories
purpose buying
purpose selling
source ls provided { f : preference }
interaction far started by customer { purposes buying channels std.channels.email }
//- k.scruple
policy k
purpose buying`;
    /** The file once an item has been chosen, and what is wrong with it then. */
    function chosen(text: string, label: string) {
      const { snapshot, position } = at(`//- b.scruple\n${text}${others}`);
      const { file } = snapshot;
      const item = completion(snapshot, position, { snippets: false }).items.find((one) => one.label === label);
      if (item === undefined) return null;
      const edits = [item.textEdit as lsp.TextEdit, ...(item.additionalTextEdits ?? [])];
      const after = applyEdits(
        file.text,
        edits.map(({ range, newText }) => ({ ...toOffsets(file, range), text: newText })),
      );
      const rest = snapshot.program.files.filter(({ path }) => path !== file.path);
      const { checks } = compile([{ path: file.path, text: after }, ...rest]);
      return checks.flatMap((one) => (one.file === file.path && one.severity === "error" ? one.message : []));
    }

    it("come with their `use` behind the name of a source as well", () => {
      expect(chosen("policy b\nx: deny use ls.$0", "f")).toEqual([]);
      expect(chosen("policy b\nx: deny use `l-1`.`in`.ls.$0", "f")).toEqual([]);
    });

    it("come with their `use` behind the name of a policy as well", () => {
      expect(chosen("policy b\npurpose x within `l-1`.in.$0", "selling")).toEqual([]);
      expect(chosen("policy b\npurpose x within std.purposes.$0", "customer_care")).toEqual([]);
    });

    it("are not offered where their `use` would make another name ambiguous", () => {
      const twice = "policy b\nuse k\npurpose q within buying\npurpose p within $0";
      expect(chosen(twice, "selling")).toBeNull();
      expect(chosen(twice.replace("$0", "`l-1`.in.$0"), "selling")).toBeNull();
      expect(chosen(twice.replace("within buying", "within k.buying"), "selling")).toEqual([]);
      expect(
        chosen(
          `${twice.replace("use k", "use k\nuse std.categories")}`.replace("purpose p within", "x: deny use ls."),
          "f",
        ),
      ).toBeNull();
    });

    it("are not offered where their `use` would give a fact two types", () => {
      const one = "policy b\nfacts { k : int }\nx: deny use th$0";
      const other = (type: string) =>
        `${one}\n//- m.scruple\npolicy m\nuse n\ncategory thing\n//- n.scruple\npolicy n\nfacts { k : ${type} }`;
      expect(chosen(other("bool"), "thing")).toBeNull();
      expect(chosen(other("int"), "thing")).toEqual([]);
    });

    it("are never interactions, which are those of the policy alone", () => {
      const inside = (text: string) => labels(`//- b.scruple\n${text}${others}`);
      const own = "policy b\nuse `l-1`.in\ninteraction near {}\n";
      expect(inside(`${own}test "t" { in $0`)).toEqual(["near"]);
      expect(inside(`${own}test "t" { in b.$0`)).toEqual(["near"]);
      expect(inside(`${own}test "t" { in \`l-1\`.in.$0`)).toEqual([]);
    });
  });

  it("tell what they stand for when they are looked at", () => {
    const { snapshot, position } = at(inLetter("allow use orders for $0"));
    const found = completion(snapshot, position, { snippets: true }).items.find(({ label }) => label === "marketing")!;
    expect(resolveCompletion(snapshot, found).documentation).toMatchObject({
      value: expect.stringContaining("purpose marketing"),
    });
  });

  it("of rules can be expected to decide", () => {
    const test = `test "t" {\n  in letter for customer_care on email\n  expect deny use orders.size because $0\n}`;
    expect(labels(`${inLetter("allow use orders")}\n${test}`)).toEqual(
      expect.arrayContaining(["letter.sizes", "orders.keep"]),
    );
  });

  it("are written between backticks where they could be taken for keywords, and nowhere else", () => {
    const text = (source: string, label: string) =>
      items(source).find((item) => item.label === label)?.textEdit?.newText;
    expect(text(inLetter("allow use orders to $0"), "customer")).toBe("customer");
    const facts = "facts { `false` : bool }\n`to-day`: deny use orders\n`until`: deny use orders";
    expect(text(`${inLetter("allow use orders when $0")}\n${facts}`, "false")).toBe("`false`");
    const because = (path: string) =>
      `${inLetter("allow use orders")}\n${facts}\ntest "t" { expect deny use orders.size because ${path}$0 }`;
    expect(text(because(""), "to-day")).toBe("`to-day`");
    expect(text(because(""), "until")).toBe("`until`");
    expect(text(because("letter."), "sizes")).toBe("sizes");
    const unnamed = because("letter.").replace("sizes: allow", "allow");
    expect(text(unnamed, "#1")).toBe("#1");
  });

  it("replace the word that is there", () => {
    const found = items(inLetter("allow use ord$0ers"));
    expect(found.find(({ label }) => label === "orders")?.textEdit).toMatchObject({
      range: { start: { character: 19 }, end: { character: 25 } },
    });
  });
});

describe("what is typed", () => {
  const matched = (typed: string) =>
    items(`${shop}\ncategory \`loyal people\`\nnobody: deny use ${typed}`).find(({ label }) => label.includes("loyal"));

  it("is looked for in the label", () => {
    expect(matched("lo$0")).toMatchObject({ filterText: "loyal people", textEdit: { newText: "`loyal people`" } });
  });

  it("is looked for with its backticks, once it has one", () => {
    expect(matched("`lo$0`")).toMatchObject({ filterText: "`loyal people`" });
  });
});

describe("in broken text", () => {
  it("goes on behind mistakes in the same rule", () => {
    expect(labels(inLetter("allow use , , orders for $0"))).toContain("direct_marketing");
    expect(labels(inLetter("allow usee orders when (subject.age > 3 on $0"))).toContain("email");
  });

  it("stays silent in comments and in text", () => {
    expect(labels(`${shop}// so$0`)).toEqual([]);
    expect(labels(inLetter('allow use orders told "so$0"'))).toEqual([]);
  });
});
