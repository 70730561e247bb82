import type { Expr } from "@scruple/model";
import { checkMarked } from "@scruple/testkit";
import { describe, expect, it } from "vitest";
import { compile } from "../compile.ts";

const vocabulary = `policy p
purpose service
purpose orders within service
subject {
  age : int 0..130
  years : int 0..200
  children : int
  region : eu | uk | us
  home : us | uk | eu
  land : fr | de
  vip : bool
  tags : set of gold | new
  city : text
  town : text
  joined : date
  wakes : time
  \`odd-name\` : bool
}
facts {
  mood : good | bad
  nearby : bool
  waited : duration
  eu : bool
}
condition adult = subject.age >= 18
`;

function check(condition: string): void {
  checkMarked(`${vocabulary}\n${condition}`);
}

/** The condition as the model writes it. */
function lowered(condition: string): Expr {
  const program = compile([{ path: "p.scruple", text: `${vocabulary}\ncondition it = ${condition}` }]);
  const model = program.model("p");
  if (!model) throw new Error(program.diagnostics.map(({ message }) => message).join("\n"));
  return model.conditions.find(({ id }) => id === "p.it")!.expr;
}

const fact = (name: string): Expr => ({ op: "fact", fact: name });
const not = (operand: Expr): Expr => ({ op: "not", operand });
const compared = (name: string, operator: string, value: unknown) => ({ op: "compare", operator, fact: name, value });

describe("a condition in the model", () => {
  it.each<[string, unknown]>([
    ["subject.age >= 18", compared("subject.age", ">=", 18)],
    ["18 <= subject.age", compared("subject.age", ">=", 18)],
    ["18 = subject.age", compared("subject.age", "=", 18)],
    ["data.age <= 1 year", compared("data.age", "<=", 31_536_000)],
    ["waited > 2 minutes", compared("waited", ">", 120)],
    ["local_time < 09:30", compared("local_time", "<", "09:30")],
    ["today != 2026-01-31", compared("today", "!=", "2026-01-31")],
    ['subject.city = "a \\"town\\""', compared("subject.city", "=", 'a "town"')],
    ["group_size >= 1000", compared("group_size", ">=", 1000)],
    ["subject.region = eu", compared("subject.region", "=", "eu")],
    ["us != subject.region", compared("subject.region", "!=", "us")],
    ["mood = good", compared("mood", "=", "good")],
    ["subject.years > subject.age", { op: "compareFacts", operator: ">", left: "subject.years", right: "subject.age" }],
    [
      "subject.region = subject.home",
      { op: "compareFacts", operator: "=", left: "subject.region", right: "subject.home" },
    ],
    ["subject.age in {40, 9, 10, 9}", { op: "in", fact: "subject.age", values: [9, 10, 40] }],
    ["subject.region in {us, eu}", { op: "in", fact: "subject.region", values: ["eu", "us"] }],
    ["subject.age in 10..20", { op: "between", fact: "subject.age", from: 10, to: 20 }],
    ["local_time in 21:00..07:00", { op: "between", fact: "local_time", from: "21:00", to: "07:00" }],
    ["data.age in 1 day..1 week", { op: "between", fact: "data.age", from: 86_400, to: 604_800 }],
    ["subject.tags.contains(gold)", { op: "contains", fact: "subject.tags", value: "gold" }],
    ["adult", { op: "condition", condition: "p.adult" }],
    ["p.adult", { op: "condition", condition: "p.adult" }],
    ["outbound", { op: "outbound" }],
    ["nearby", fact("nearby")],
    ["subject.`odd-name`", fact("subject.odd-name")],
    ["consent", { op: "consent", explicit: false, purpose: null }],
    ["explicit consent for orders", { op: "consent", explicit: true, purpose: "p.orders" }],
    ["objection for service", { op: "objection", purpose: "p.service" }],
    ["not (nearby and subject.vip)", not({ op: "and", operands: [fact("nearby"), fact("subject.vip")] })],
    ["nearby or subject.vip or eu", { op: "or", operands: [fact("nearby"), fact("subject.vip"), fact("eu")] }],
  ])("%s", (text, expected) => {
    expect(lowered(text)).toEqual(expected);
  });

  it.each<[string, Expr]>([
    ["nearby = true", fact("nearby")],
    ["nearby != true", not(fact("nearby"))],
    ["false = nearby", not(fact("nearby"))],
    ["nearby != false", fact("nearby")],
    ["not nearby = true", not(fact("nearby"))],
    ["nearby in {true}", fact("nearby")],
    ["nearby in {false, true}", { op: "or", operands: [not(fact("nearby")), fact("nearby")] }],
    ["1 < 2", { op: "literal", value: true }],
    ["23:00 in 22:00..06:00", { op: "literal", value: true }],
    [
      "nearby = subject.vip",
      {
        op: "or",
        operands: [
          { op: "and", operands: [fact("nearby"), fact("subject.vip")] },
          { op: "and", operands: [not(fact("nearby")), not(fact("subject.vip"))] },
        ],
      },
    ],
  ])("%s is spelt out with not, and, or", (text, expected) => {
    expect(lowered(text)).toEqual(expected);
  });

  it("takes a bare name beside a one-of attribute for its value, even where a fact has that name", () => {
    expect(lowered("subject.region = eu")).toEqual(compared("subject.region", "=", "eu"));
    expect(lowered("eu")).toEqual(fact("eu"));
  });
});

describe("a condition with a mistake", () => {
  it.each([
    [
      "a text where a time is needed",
      `condition c = local_time >= "18:00"
//                          ^^^^^^^ SCR3001 \`local_time\` is a \`time\`, but this is a text.`,
    ],
    [
      "a whole number where a duration is needed",
      `condition c = data.age <= 365
//                        ^^^ SCR3001 \`data.age\` is a \`duration\`, but this is a whole number.`,
    ],
    [
      "a text beside a one-of type",
      `condition c = subject.region = "eu"
//                             ^^^^ SCR3001`,
    ],
    [
      "a bare name beside a text",
      `condition c = subject.city = Rome
//                           ^^^^ SCR3001`,
    ],
    [
      "no value of the type",
      `condition c = subject.region = ue
//                             ^^ SCR3003 one of \`eu\`, \`uk\`, \`us\``,
    ],
    [
      "no value of the type, on the left",
      `condition c = europe = subject.region
//            ^^^^^^ SCR3003`,
    ],
    [
      "no element of the set",
      `condition c = subject.tags.contains(golden)
//                                  ^^^^^^ SCR3003 Did you mean \`gold\`?`,
    ],
    [
      "one wrong element among several",
      `condition c = subject.region in {eu, ua}
//                                   ^^ SCR3003`,
    ],
    [
      "different types",
      `condition c = subject.age = subject.joined
//            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SCR3002 \`subject.age\` is an \`int\` from 0 to 130, but \`subject.joined\` is a \`date\`, so`,
    ],
    [
      "one-of types of different values",
      `condition c = subject.region = subject.land
//            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SCR3002 but \`subject.land\` is one of`,
    ],
    [
      "a truth beside a number",
      `condition c = subject.age = nearby
//            ^^^^^^^^^^^^^^^^^^^^ SCR3002`,
    ],
    [
      "a number as a condition",
      `condition c = subject.age
//            ^^^^^^^^^^^ SCR3004 \`subject.age\` is an \`int\` from 0 to 130`,
    ],
    [
      "a set as a condition",
      `condition c = not subject.tags
//                ^^^^^^^^^^^^ SCR3004 Ask whether it \`.contains\` a value.`,
    ],
    [
      "an order on texts",
      `condition c = subject.city < "Rome"
//                         ^ SCR3005 It has no order`,
    ],
    [
      "an order on one-of types",
      `condition c = subject.region >= eu
//                           ^^ SCR3005`,
    ],
    [
      "an order on truths",
      `condition c = nearby < subject.vip
//                   ^ SCR3005`,
    ],
    [
      "a range of one-of values",
      `condition c = subject.region in 1..3
//            ^^^^^^^^^^^^^^^^^^^^^^ SCR3005 It has no order: give a set`,
    ],
    [
      "equality of sets",
      `condition c = subject.tags = gold
//                         ^ SCR3005 Ask \`subject.tags.contains(gold)\`.`,
    ],
    [
      "contains of what is no set",
      `condition c = subject.city.contains(a)
//            ^^^^^^^^^^^^^^^^^^^^^^^^ SCR3005 Only sets contain something.`,
    ],
    [
      "a range that ends before it begins",
      `condition c = subject.age in 20..10
//                           ^^^^^^ SCR3007`,
    ],
    [
      "a set where one value is needed",
      `condition c = subject.region = {eu, uk}
//                             ^^^^^^^^ SCR3011`,
    ],
    [
      "an unknown attribute",
      `condition c = subject.agee > 3
//            ^^^^^^^^^^^^ SCR2010 Did you mean \`age\`?`,
    ],
    [
      "an attribute without the subject",
      `condition c = age > 3
//            ^^^ SCR2004 write \`subject.age\``,
    ],
    [
      "an unknown fact",
      `condition c = nearbye
//            ^^^^^^^ SCR2004 Did you mean \`nearby\`?`,
    ],
    [
      "a misspelt built-in",
      `condition c = group_sise > 3
//            ^^^^^^^^^^ SCR2004 Did you mean \`group_size\`?`,
    ],
    [
      "another part of data",
      `condition c = data.size > 3
//            ^^^^^^^^^ SCR2004 \`data.age\` alone is known`,
    ],
    [
      "a purpose that is none",
      `condition c = consent for marketing
//                        ^^^^^^^^^ SCR2004`,
    ],
    [
      "a third partner",
      `condition c = subject.age > subject.years
condition d = subject.children < subject.age
//            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SCR3013 \`subject.age\` is compared with \`subject.years\` already`,
    ],
  ])("%s", (_, text) => {
    check(text);
  });

  it("draws one report where one name is wrong", () => {
    check(`condition c = (nowhere = 3 and nearby) or subject.age = nowhere_else
//             ^^^^^^^ SCR2004
//                                                      ^^^^^^^^^^^^ SCR2004`);
  });

  it.each([
    ['local_time >= "18:00"', "18:00"],
    ['subject.region = "uk"', "uk"],
    ["subject.city = Rome", '"Rome"'],
    ['subject.age = "18"', "18"],
    ['subject.joined > "2026-01-31"', "2026-01-31"],
    ['waited > "2 hours"', "2 hours"],
    ["nearby = 1", null],
    ["subject.age in 9..3", "3..9"],
  ])("offers to write %s as it was meant", (text, meant) => {
    const { diagnostics } = compile([{ path: "p.scruple", text: `${vocabulary}\ncondition it = ${text}` }]);
    const [fix] = diagnostics.find(({ severity }) => severity === "error")!.fixes;
    expect(fix?.edits[0]?.text ?? null).toBe(meant);
  });
});

it("allows the same two to be compared as often as one likes, either way round", () => {
  check(`condition c = subject.age > subject.years
condition d = subject.years != subject.age and subject.age != 3`);
});

it("counts partners over all that a policy uses", () => {
  checkMarked(`
//- a.scruple
policy a
use b
condition c = subject.age < subject.children
//            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SCR3013
subject { children : int }
//- b.scruple
policy b
subject {
  age : int
  years : int
}
condition c = subject.age < subject.years`);
});
