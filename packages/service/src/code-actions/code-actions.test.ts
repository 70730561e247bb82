import { describe, expect, it } from "vitest";
import { at, shop } from "../testing/at.ts";
import { edited } from "../testing/text.ts";
import { codeActions } from "./code-actions.ts";
import { declareName } from "./declare-name.ts";

function actions(source: string, only?: string[]) {
  const { snapshot, position } = at(source);
  const found = codeActions(
    snapshot,
    { start: position, end: position },
    { diagnostics: [], ...(only ? { only } : {}) },
  );
  return found.map(({ title, kind, edit, isPreferred }) => ({
    title,
    kind,
    isPreferred,
    text: edit === undefined ? "" : edited(snapshot, edit)["main.scruple"]!,
  }));
}
const titled = (source: string, title: string, only?: string[]) =>
  actions(source, only).find((one) => one.title.includes(title))?.text ?? "";
const letter = (rules: string) => `${shop}
interaction letter started by customer {
  purposes customer_care
  channels email

  ${rules}
}
`;

describe("fixes", () => {
  it("are those of what is found at the place", () => {
    const [first] = actions(letter("r: allow use orders.siz$0"));
    expect(first).toMatchObject({ title: "Write `size`", kind: "quickfix", isPreferred: true });
    expect(first?.text).toContain("allow use orders.size");
  });

  it("are made all at once when they are asked for by their kind", () => {
    const source = letter("r: allow use orders.siz for customer_car$0");
    expect(titled(source, "Fix all", ["source.fixAll"])).toContain("allow use orders.size for customer_care");
    expect(titled(source, "Fix all")).toBe("");
  });

  it("declare what is declared nowhere", () => {
    expect(titled(letter("r: allow use orders for nob$0ody_knows"), "Declare the purpose")).toContain(
      "purpose nobody_knows\n\ninteraction letter",
    );
  });

  it("declare a condition without saying what it means: the policy is in error until somebody does", () => {
    const declared = titled(letter("r: allow use orders when nob$0ody"), "Declare the condition");
    expect(declared).toContain("condition nobody =\n\ninteraction");
    const errors = at(declared).snapshot.program.checks.filter(({ severity }) => severity === "error");
    expect(errors).toMatchObject([{ message: expect.stringMatching(/Expected a condition/) }]);
  });

  it.each([
    ["sc$0ore >= 3", "int"],
    ["3 days < sc$0ore", "duration"],
    ["(sc$0ore) = 09:30", "time"],
    ['sc$0ore != "x"', "text"],
    ["subject.age > sc$0ore", "int 0..130"],
    ["today >= sc$0ore", "date"],
    ["sc$0ore in {low, `very-high`}", "low | `very-high`"],
    ["sc$0ore in 1..3", "int"],
    ["sc$0ore.contains(low)", "set of low"],
    ["sc$0ore = true", "bool"],
    ["(sc$0ore) = adult", "bool"],
    ["adult and not sc$0ore", "bool"],
  ])("declare a fact as it is asked for: %s", (test, type) => {
    const source = letter(`r: allow use orders when ${test}`);
    const declared = titled(source, "Declare the fact");
    expect(declared).toContain(`facts {\n  score : ${type}\n}`);
    expect(at(declared).snapshot.program.checks.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(titled(source, "Declare the condition") !== "").toBe(type === "bool");
  });

  it("declare a fact that a test gives", () => {
    const test = 'test "t" { in letter for customer_care on email given sc$0ore = true expect deny use orders.size }';
    const source = `${letter("r: allow use orders")}\n${test}\n`;
    expect(titled(source, "Declare the fact")).toContain("facts {\n  score : bool\n}\n\ntest");
    expect(titled(source, "Declare the condition")).toBe("");
  });

  it("declare no fact of a type that is still to be said", () => {
    const { snapshot, offset } = at(letter("r: allow use orders when sc$0ore in {low}"));
    const { message, ...finding } = snapshot.findings().find(({ code }) => code === "SCR2004")!;
    const found = { ...snapshot, findings: () => [{ message, ...finding }] };
    expect(declareName(found, { start: offset, end: offset })).toEqual([]);
  });

  it("settle a finding of logic or privacy with a reason", () => {
    const source = letter("/// Sizes.\n  si$0zes: allow use orders.size");
    expect(titled(source, "Accept `untold`")).toContain(
      '/// Sizes.\n  @accept("untold", "why this is right")\n  sizes:',
    );
  });
});

describe("rewritings", () => {
  it("give a test a name", () => {
    expect(titled(letter("r: allow use orders when adult and subj$0ect.age < 70"), "Give this test a name")).toMatch(
      /condition new_condition = subject\.age < 70\n\ninteraction[\s\S]*when adult and new_condition/,
    );
  });

  it("keep what follows a comment out of it", () => {
    const test = '(adult // grown up\n    an$0d subject.age < 70  // not old\n    or nearby)told "x"';
    expect(titled(letter(`// Letters.\n  r: allow use orders when ${test}`), "Give this test a name")).toContain(
      "condition new_condition = adult // grown up\nand subject.age < 70\n\ninteraction",
    );
    const source = letter("r: deny use orders when // Ask the adults.\n    adu$0lt");
    expect(titled(source, "here")).toContain("when // Ask the adults.\n    (subject.age >= 18)");
  });

  it("leave comments with what they are about", () => {
    const source = letter("r: allow use orders for nob$0ody").replace("interaction", "// Letters.\ninteraction");
    expect(titled(source, "Declare the purpose")).toContain("purpose nobody\n\n// Letters.\ninteraction letter");
    const told = titled(letter("// Be$0cause.\n  r: allow use orders under contract // asked"), "`told`");
    expect(told).toContain('\n  r: allow use orders under contract // asked\n    told "Because."');
  });

  it("write a condition where it is named, and everywhere", () => {
    const source = letter("r: allow use orders when adu$0lt\n  s: deny use orders when adult");
    expect(titled(source, "here")).toContain(
      "r: allow use orders when (subject.age >= 18)\n  s: deny use orders when adult",
    );
    expect(titled(source, "wherever")).not.toContain("adult");
  });

  it("make a comment what the customer is told", () => {
    const source = letter("// $0Your size.\n  r: allow use orders under contract");
    expect(titled(source, "`told`")).toContain("{\n  purposes customer_care\n  channels email\n\n  r: allow");
    expect(titled(source, "`told`")).toContain('r: allow use orders under contract\n    told "Your size."');
    expect(titled(letter("r: deny use orders // No$0body asked."), "`because`")).toContain(
      'r: deny use orders\n    because "Nobody asked."',
    );
  });

  it.each([
    ["lines that follow each other", "// We$0 know\n  // your size."],
    ["any of them", "// We know\n  // your$0 size."],
    ["lines of documentation", "/// We know\n  /// your$0 size."],
    ["a block", "/* We know$0\n   * your size.\n   */"],
    ["a block with more stars", "/** We know$0 your size. **/"],
  ])("take the words of a comment, and all of them: %s", (_, comment) => {
    const text = titled(letter(`${comment}\n  r: allow use orders under contract`), "`told`");
    expect(text).toContain('\n\n  r: allow use orders under contract\n    told "We know your size."');
    expect(text).not.toMatch(/We know\n|\/\*/);
  });

  it("take a comment for another one than that on the line above the empty one, or behind a rule", () => {
    const apart = titled(letter("// Letters.\n\n  // We$0 know.\n  r: allow use orders under contract"), "`told`");
    expect(apart).toContain('// Letters.\n\n  r: allow use orders under contract\n    told "We know."');
    const rules =
      "r: allow use orders under contract // Letters.\n  // We$0 know.\n  s: allow use orders under consent";
    expect(titled(letter(rules), "`told`")).toContain(
      '// Letters.\n  s: allow use orders under consent\n    told "We know."',
    );
  });

  it("take a comment behind several rules for the last one's", () => {
    const rules = "r: allow use orders under contract  s: allow use orders under consent // We$0 know.";
    expect(titled(letter(rules), "`told`")).toMatch(/contract {2}s: allow use orders under consent\s+told "We know\."/);
  });

  it("add a test in which a rule decides", () => {
    const text = titled(letter("si$0zes: allow use orders.size under contract when adult"), "Add a test");
    expect(text).toContain("in letter for customer_care on email");
    expect(text).toMatch(/given .*subject\.age = \d+/);
    expect(text).toContain("expect allow use orders.size because letter.sizes");
  });

  it("add a test whose names could be taken for keywords", () => {
    const rule = "si$0zes: allow use orders.size under contract when mood = `true` and `until`";
    const text = titled(`${letter(rule)}\nfacts { mood : \`true\` | low  \`until\` : bool }\n`, "Add a test");
    expect(text).toMatch(/given .*mood = `true`/);
    expect(text).toMatch(/given .*`until` = true/);
  });

  it("add a test in which a denial decides that asks what a test always gives", () => {
    const told = 'a: allow use orders.size under contract told "x"';
    const text = (denial: string) => titled(letter(`${told}\n  ${denial}`), "Add a test");
    expect(text("no$0: deny use orders.size when objection for direct_marketing")).toMatch(
      /given objection to .*direct_marketing\n {2}expect deny use orders.size because letter.no/,
    );
    expect(text("no$0: deny use orders.size unless consent for direct_marketing")).toContain(
      "on email\n  expect deny use orders.size because letter.no",
    );
    expect(text("no$0: deny use orders.size when subject.age < 18 and objection")).toContain(
      "given objection to customer_care\n",
    );
    // That consents are unknown, no test can say.
    expect(text("no$0: deny use orders.size when consent and not consent")).toBe("");
  });
});
