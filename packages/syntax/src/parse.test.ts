import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clauseOf, type Declaration, type Expr, parse, type Rule, stripRanges } from "./index.ts";

const onePage = readFileSync(new URL("./fixtures/one-page.scruple", import.meta.url), "utf8");

/** What a policy without any error declares. */
function declarations(text: string): readonly Declaration[] {
  const { file, findings } = parse(`policy a\n${text}`);
  expect(findings).toEqual([]);
  return file.declarations;
}
function only<Kind extends Declaration["kind"]>(kind: Kind, text: string): Extract<Declaration, { kind: Kind }> {
  const [found, ...others] = declarations(text);
  expect(others).toEqual([]);
  expect(found?.kind).toBe(kind);
  return found as Extract<Declaration, { kind: Kind }>;
}
function condition(text: string): Expr {
  return only("condition", `condition c = ${text}`).value;
}
/** An expression as a reader with many parentheses would write it. */
function grouped(expr: Expr): string {
  switch (expr.kind) {
    case "and":
    case "or":
      return `(${expr.operands.map(grouped).join(` ${expr.kind} `)})`;
    case "not":
      return `not(${grouped(expr.operand)})`;
    case "compare":
      return `[${grouped(expr.left)} ${expr.operator} ${grouped(expr.right)}]`;
    case "paren":
      return grouped(expr.inner);
    case "ref":
      return expr.path.parts.map(({ text }) => text).join(".");
    case "int":
      return String(expr.value);
    default:
      return expr.kind;
  }
}
const names = (paths: readonly { parts: readonly { text: string }[] }[]) =>
  paths.map(({ parts }) => parts.map(({ text }) => text).join("."));

it("reads the one-page example without a finding", () => {
  const { file, findings } = parse(onePage);
  expect(findings).toEqual([]);
  expect(names([file.policy!.name])).toEqual(["airline.know_me"]);
  expect(file.declarations.map(({ kind }) => kind).join(" ")).toBe(
    "use use use use category source source source source subject condition duty interaction interaction rule promise promise test",
  );
});

describe("declarations", () => {
  it("a source has an origin, clauses and fields", () => {
    const source = only(
      "source",
      "source s derived from a.b, c collected for d under consent for e keep at most 2 weeks except for f { g : h, i }",
    );
    expect(source).toMatchObject({ origin: "derived", keep: { atMost: { seconds: 1_209_600 }, deletedByStore: null } });
    expect(names(source.derivedFrom)).toEqual(["a.b", "c"]);
    expect(names(source.collectedFor)).toEqual(["d"]);
    expect(names([source.consentFor!])).toEqual(["e"]);
    expect(names(source.keep!.exceptFor)).toEqual(["f"]);
    expect(names(source.fields[0]!.categories)).toEqual(["h", "i"]);
  });

  it("a channel has quiet hours, in minutes", () => {
    const channel = only("channel", "channel c within d reaches e, f quiet 22:00..06:30 except for g");
    expect(channel.quiet?.hours).toMatchObject({ from: { value: 1320 }, to: { value: 390 } });
    expect(names(channel.reaches)).toEqual(["e", "f"]);
  });

  it("attributes have types", () => {
    const types =
      "a : bool b? : int c : int -5..5 d : x | y e : set of x f : text g : time h : date i : duration j : other";
    const { attributes } = only("subject", `subject { ${types} }`);
    expect(attributes.map(({ type }) => type.kind).join(" ")).toBe(
      "builtinType intType intType oneOfType setType builtinType builtinType builtinType builtinType unknownType",
    );
    expect(attributes.filter(({ optional }) => optional).map(({ name }) => name.text)).toEqual(["b"]);
    expect(attributes[2]?.type).toMatchObject({ range: { from: { value: -5 }, to: { value: 5 } } });
  });

  it("an interaction has bounds and rules", () => {
    const text =
      "interaction i started by customer until 2030-01-31 { purposes a, b channels c n: allow use d deny use e }";
    const interaction = only("interaction", text);
    expect(interaction).toMatchObject({ startedBy: "customer", until: { value: "2030-01-31" } });
    expect(interaction.bounds.map(({ kind }) => kind)).toEqual(["purposes", "channels"]);
    expect(interaction.rules.map(({ name, effect }) => [name?.text, effect])).toEqual([
      ["n", "allow"],
      [undefined, "deny"],
    ]);
  });

  it("documentation and annotations stay with what follows", () => {
    const text = `/// One.
///Two, // and this is text
/* plain */ // plain
//// plain
@id("x")
/// Three.
@tcf(4) @review(2026-09-01)
purpose p // behind
/// Of q.
purpose q`;
    const [p, q] = declarations(text);
    expect(p?.docs.map((doc) => doc.text)).toEqual(["One.", "Two, // and this is text", "Three."]);
    expect(p?.annotations.map(({ name, args }) => [name.text, args.map((arg) => "value" in arg && arg.value)])).toEqual(
      [
        ["id", ["x"]],
        ["tcf", [4]],
        ["review", ["2026-09-01"]],
      ],
    );
    expect(q?.docs.map((doc) => doc.text)).toEqual(["Of q."]);
  });

  it("a test names what it is about, and rules by their paths", () => {
    const test = only(
      "test",
      `test "t" { in i for p on c to r given explicit consent for p on any, objection to p on c, subject.tags = {gold}
         expect deny combine a.b with c.d to r at city because i.#2, org.rules/sms.quiet then d(n = 3) }`,
    );
    expect(test.given).toMatchObject([
      { kind: "givenConsent", explicit: true, channel: null },
      { kind: "givenObjection", channel: { parts: [{ text: "c" }] } },
      { kind: "givenValue", value: { kind: "set" } },
    ]);
    expect(test.expectations[0]?.because.map(({ text }) => text)).toEqual(["i.#2", "org.rules/sms.quiet"]);
    expect(test.expectations[0]?.because[1]?.policy?.parts.map(({ text }) => text)).toEqual(["org", "rules"]);
  });

  it("a promise has lines", () => {
    const promise = only(
      "promise",
      'promise "p" { never use a, b for c covertly when d always allow disclose e to f }',
    );
    expect(promise.lines.map(({ modality, covertly }) => [modality, covertly !== null])).toEqual([
      ["never", true],
      ["always", false],
    ]);
  });
});

describe("rules", () => {
  it("have clauses", () => {
    const rule = only(
      "rule",
      `r: allow combine a with b, c for d on e to f at city under explicit consent for g when h unless i until 2030-01-31
         then j, k(l = 3 days, m = {n}) told "o" because "p"`,
    );
    expect(rule.clauses.map(({ kind }) => kind).join(" ")).toBe(
      "with for on to at under when unless until then told because",
    );
    expect(clauseOf(rule.clauses, "under")).toMatchObject({
      basis: "explicit consent",
      purpose: { parts: [{ text: "g" }] },
    });
    expect(clauseOf(rule.clauses, "then")?.duties.map(({ args }) => args.length)).toEqual([0, 2]);
  });

  it.each([
    ["after 2 per week", { count: 2, every: 1, unit: "week", perChannel: false }],
    ["after 1 per 3 days per channel", { count: 1, every: 3, unit: "day", perChannel: true }],
    ["after 0 per year per channel", { count: 0, every: 1, unit: "year", perChannel: true }],
  ])("have limits: %s", (clause, limit) => {
    expect(only("rule", `r: deny use a ${clause}`).clauses).toMatchObject([{ kind: "after", ...limit }]);
  });

  const exceptions = (rule: Pick<Rule, "clauses">): unknown =>
    clauseOf(rule.clauses, "except")?.exceptions.map(({ data, clauses }) => [
      ...names(data),
      ...clauses.map((clause) => (clause.kind === "except" ? exceptions({ clauses: [clause] }) : clause.kind)),
    ]);

  it.each([
    ["except a, b for c", [["a", "b", "for"]]],
    ["except { a | for b }", [["a"], ["for"]]],
    ["except a except for b", [["a", [["for"]]]]],
    ["except { a except { b | on c } | d }", [["a", [["b"], ["on"]]], ["d"]]],
    ["except { a except on b | d }", [["a", [["on"]]], ["d"]]],
  ])("have exceptions, which nest to the right: %s", (clause, expected) => {
    expect(exceptions(only("rule", `r: deny use x ${clause}`))).toEqual(expected);
  });
});

describe("expressions", () => {
  it.each([
    ["a or b and not c = 1 or d", "(a or (b and not([c = 1])) or d)"],
    ["not a and b", "(not(a) and b)"],
    ["not not a", "not(not(a))"],
    ["(a or b) and c", "((a or b) and c)"],
    ["a = (b)", "[a = b]"],
    ["a and b and c", "(a and b and c)"],
    ["x in {a, b} or y", "(in or y)"],
    ["explicit consent for p and consent or objection for q", "((consent and consent) or objection)"],
    ["explicit or outbound", "(explicit or outbound)"],
  ])("%s", (text, expected) => {
    expect(grouped(condition(text))).toBe(expected);
  });

  it("ask what a set contains", () => {
    expect(stripRanges(condition("subject.tags.contains(gold)"))).toMatchObject({
      kind: "contains",
      receiver: { path: { parts: [{ text: "subject" }, { text: "tags" }] } },
      value: { kind: "ref" },
    });
  });

  it.each([
    ["1..9", { from: { value: 1 }, to: { value: 9 } }],
    ["22:00..06:00", { from: { value: 1320 }, to: { value: 360 } }],
    ["2026-01-01..2026-12-31", { from: { value: "2026-01-01" }, to: { value: "2026-12-31" } }],
    ["1 day..2 weeks", { from: { seconds: 86_400 }, to: { seconds: 1_209_600 } }],
  ])("have ranges: %s", (range, expected) => {
    expect(condition(`x in ${range}`)).toMatchObject({ kind: "in", right: { kind: "range", ...expected } });
  });

  it.each([
    ['"a\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9 é 😀"', 'a"\\/\b\f\n\r\té é 😀'],
    ['"\\ud83d\\ude00 \\ud800"', "😀 \ud800"],
    ['"// no comment, /* neither */"', "// no comment, /* neither */"],
  ])("have strings as in JSON: %s", (written, value) => {
    expect(condition(`x = ${written}`)).toMatchObject({ right: { kind: "string", value } });
  });

  it("have integers to 2^53-1 and no further", () => {
    expect(condition("x = -9007199254740991")).toMatchObject({ right: { value: -9007199254740991 } });
    expect(parse("policy a condition c = x = 9007199254740992").findings.map(({ code }) => code)).toEqual(["SCR1009"]);
  });
});

describe("any keyword is a name where the grammar leaves no doubt", () => {
  it.each([
    "category source within category, within special precision precision, special",
    "purpose use within for",
    "recipient to within reaches",
    "channel quiet reaches reaches quiet 22:00..06:00",
    "source keep derived from from collected for for under consent for under keep at most 3 days { to : for, keep collected : at }",
    "subject { allow : allow | deny deny : deny | bool int : int int? : int | set set : set of of | per not : bool }",
    "facts { day : bool week : int 0..5 year : int }",
    "duty then (then : bool)",
    "use use.use",
    "interaction interaction started by company { purposes purposes, channels channels channels allow: allow use use deny: deny deny.deny }".replace(
      "deny deny.deny",
      "deny use deny.deny",
    ),
    'when: allow use, use use for for on on to to at at when when unless unless until 2030-01-31 then then told "x"',
    "r: deny use a when subject.and = to and subject.not in {in_, for, to} to_be: allow use x".replace(
      " to_be",
      "\nto_be",
    ),
    "r: deny use x after 2 per 3 days day: allow use y",
    "r: deny use x when a < 3 day: allow use y",
    'promise "p" { never use never for never when never always allow use always }',
    'test "t" { in in for for on on to to given given = to expect allow use expect because because.because, because/because }',
    "condition condition = condition and subject.consent and consent.x = objection.y",
    "`for`: allow use `any thing`, `é`, `1`".replace("`any thing`", "`any-thing`"),
  ])("%s", (text) => {
    declarations(text);
  });

  it("and a unit only behind an integer", () => {
    const [rule, other] = declarations("r: deny use day for week after 2 per day\nday: allow use days");
    expect(rule?.kind === "rule" && names(rule.data)).toEqual(["day"]);
    expect(other?.kind === "rule" && other.name?.text).toBe("day");
  });
});

describe("the text", () => {
  it("may begin with a byte order mark, and end its lines in any way", () => {
    const spoken = (text: string) => stripRanges(parse(text).file);
    const plain = "policy a\n/// doc\npurpose p\n";
    expect(spoken(`\ufeff${plain}`)).toEqual(spoken(plain));
    expect(spoken(plain.replaceAll("\n", "\r\n"))).toEqual(spoken(plain));
    expect(spoken(plain.replaceAll("\n", "\r"))).toEqual(spoken(plain));
    expect(parse(`\ufeff${plain}`).file.policy?.start).toBe(1);
  });

  it("has tokens that tell what they are in their place", () => {
    const { text, tokens } = parse("policy use\n// c\nuse: allow use use after 1 per day");
    expect(tokens.map(({ type, start, end }) => `${type} ${text.slice(start, end)}`)).toEqual([
      ...["keyword policy", "name use", "comment // c", "name use", "punctuation :", "keyword allow", "keyword use"],
      ...["name use", "keyword after", "int 1", "keyword per", "unit day"],
    ]);
  });

  it("keeps NUL and lone surrogates where they may stand", () => {
    const text = 'policy a /* \0 \ud800 */ condition c = x = "\udc00"';
    expect(parse(text).findings).toEqual([]);
  });
});
