import { expect, it } from "vitest";
import { compile } from "../compile.ts";

const text = `policy shop
use words
category kind precision exact, city
source people provided {
  phone : kind
  home : kind
}
duty remind(days : int, on : date)
subject {
  age : int
  tags : set of gold | new
  wakes : time
  \`__proto__\` : bool
}
facts {
  nearby : bool
  waited : duration
}
interaction letter {
  purposes care
  channels post
}
some_rule: allow use kind
test "a letter" {
  in letter for care on post to all
  given subject.age = 34, subject.tags = {new, gold}, subject.wakes = 07:00, nearby = true, waited = 2 minutes,
    data.age = 12 days, consent for care, explicit consent for any on post, objection to care on any
  expect allow use people.phone /* a comment */ to customer
    because some_rule, some_rule then remind(on = 2026-01-31, days = 3)
  expect deny combine people.phone with people.home at city
}
test "odd names" {
  in letter for care on post
  given subject.\`__proto__\` = true
  expect deny use people.home
}
test "nothing known" {
  in letter for care on post
  expect deny disclose people.home
}
`;
const words = `policy words
purpose care
recipient all
recipient customer within all
channel post reaches all
`;
const program = compile([
  { path: "shop.scruple", text },
  { path: "words.scruple", text: words },
]);
const tests = program.tests("shop");

it("makes a request of each expectation, with what is given and no more", () => {
  expect(program.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(tests.map(({ name, file, cases }) => [name, file, cases.length])).toEqual([
    ["a letter", "shop.scruple", 2],
    ["odd names", "shop.scruple", 1],
    ["nothing known", "shop.scruple", 1],
  ]);
  expect(tests[0]!.cases[0]!.request).toEqual({
    interaction: "letter",
    operation: "use",
    data: "people.phone",
    with: null,
    purpose: "words.care",
    channel: "words.post",
    recipient: "words.customer",
    precision: null,
    subject: { age: 34, tags: ["gold", "new"], wakes: "07:00" },
    facts: { nearby: true, waited: 120, "data.age": 1_036_800 },
    consents: [
      { purpose: "words.care", channel: "any", explicit: false },
      { purpose: "any", channel: "words.post", explicit: true },
    ],
    objections: [{ purpose: "words.care", channel: "any" }],
  });
});

it("takes the test's recipient where the expectation names none", () => {
  expect(tests[0]!.cases[1]!.request).toMatchObject({
    operation: "combine",
    data: "people.phone",
    with: "people.home",
    recipient: "words.all",
    precision: "city",
  });
});

it("leaves unknown what is not given, but consents and objections, of which there are none", () => {
  expect(tests[2]!.cases[0]!.request).toMatchObject({
    subject: {},
    facts: {},
    consents: [],
    objections: [],
    recipient: null,
  });
});

it("says what is expected, sorted, and how it is written", () => {
  const [first, second] = tests[0]!.cases;
  expect(first!.expect).toEqual({
    decision: "allow",
    rules: ["some_rule"],
    duties: [{ name: "remind", arguments: { days: 3, on: "2026-01-31" } }],
  });
  expect(first!.text).toBe(
    "expect allow use people.phone to customer because some_rule, some_rule then remind(on = 2026-01-31, days = 3)",
  );
  expect(second!.expect).toEqual({ decision: "deny", rules: null, duties: null });
});

it("keeps names that objects have by themselves", () => {
  expect(Object.entries(tests[1]!.cases[0]!.request.subject)).toEqual([["__proto__", true]]);
});
