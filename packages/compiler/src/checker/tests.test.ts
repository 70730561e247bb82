import { checkMarked } from "@scruple/testkit";
import { expect, it } from "vitest";
import { compile } from "../compile.ts";

const vocabulary = `policy p
use q
category contact
category place precision exact, city
purpose service
purpose marketing
recipient people
recipient customer within people
recipient staff
channel email reaches people quiet 22:00..07:00
duty note(days : int)
source persons provided keep at most 3 years {
  phone : contact
  home : place
}
subject {
  age : int 0..130
  tags : set of gold | new
}
facts { nearby : bool }
condition adult = subject.age >= 18
interaction letter {
  purposes service
  channels email
  first: allow use contact
  deny use place
}
private: deny disclose contact
generous: allow disclose contact
`;
const guardrails = `
//- q.scruple
policy q
use r
purpose other
recipient crowd
channel post reaches crowd quiet 20:00..08:00
category thing
source things provided under consent for other { thing_one : thing }
interaction theirs { purposes other channels post }
guard: deny use any
allowed: allow use any
//- r.scruple
policy r
category deep
deep_guard: deny use deep`;

function check(test: string): void {
  checkMarked(`${vocabulary}\n${test}\n${guardrails}`);
}

it("takes everything that a request may carry", () => {
  check(`test "all of it" {
  in letter for service on email to customer
  given subject.age = 34, subject.tags = {gold}, nearby = true, data.age = 12 days, local_time = 09:30,
    today = 2026-01-31, group_size = 3, consent for any, explicit consent for marketing on email, objection to service on any
  expect allow use persons.phone because letter.first, generous then note(days = 3)
  expect deny disclose persons.home to people at city because letter.#2, email.quiet, persons.keep
  expect deny combine persons.phone with persons.home because q/guard, r/deep_guard, q/post.quiet, q/things.consent
}`);
});

it("asks one operation of fields, a pair where it combines", () => {
  check(`test "t" {
  in letter for service on email
  expect deny process persons.phone
//            ^^^^^^^ SCR3022
  expect deny use persons
//                ^^^^^^^ SCR2005 \`persons\` is a source, but a field is needed here.
  expect deny use any
//                ^^^ SCR2005
  expect deny combine persons.phone
//            ^^^^^^^ SCR3023 name the field that this one is joined with
}`);
});

it("names recipients whom the channel reaches, and levels that the data has", () => {
  check(`test "t" {
  in letter for service on email to staff
//                                  ^^^^^ SCR3020 \`email\` does not reach \`staff\`
  expect deny use persons.phone to staff
//                                 ^^^^^ SCR3020
  expect deny use persons.phone at city
//                                 ^^^^ SCR3021 \`persons.phone\` has no level \`city\`
  expect deny use persons.home at town
//                                ^^^^ SCR2011
  expect deny combine persons.phone with persons.home at city
}`);
});

it("gives each fact once, with a value of its type and range", () => {
  check(`test "t" {
  in letter for service on email
  given subject.age = 34,
    subject.age = 35,
//  ^^^^^^^^^^^ SCR3024
    subject.tags = {gold, golden},
//                        ^^^^^^ SCR3003
    group_size = 0,
//               ^ SCR3009
    data.age = 12,
//             ^^ SCR3001
    adult = true,
//  ^^^^^ SCR3025 \`adult\` is a condition
    outbound = true,
//  ^^^^^^^^ SCR3025 \`outbound\` follows from
    subject.height = 3,
//  ^^^^^^^^^^^^^^ SCR2010
    consent for sale,
//              ^^^^ SCR2004
    objection to service on phone
//                          ^^^^^ SCR2004
  expect deny use persons.phone
}`);
});

it("belongs to the policy whose interaction it is in", () => {
  check(`test "t" {
  in theirs for other on post
//   ^^^^^^ SCR2014 \`theirs\` is an interaction of \`q\`
  expect deny use persons.phone
}`);
});

it.each([
  ["letter.frist", "Did you mean `letter.first`?"],
  ["letter.#1", "Did you mean `letter.first`?"],
  ["letter.#9", "Did you mean `letter.#2`?"],
  ["guard", "Did you mean `q/guard`?"],
  ["p/private", "Did you mean `private`?"],
  ["q/allowed", ""],
  ["q/theirs.#1", ""],
  ["email.keep", ""],
  ["persons.consent", ""],
  ["letter", ""],
  ["persons.phone", ""],
  ["adult", ""],
])("expects no rule %s", (path, hint) => {
  const files = [
    {
      path: "p.scruple",
      text: `${vocabulary}\ntest "t" {\n in letter for service on email\n expect deny use persons.phone because ${path}\n}`,
    },
    ...guardrails
      .split(/\n\/\/- (?=\w)/)
      .slice(1)
      .map((text) => ({ path: text.slice(0, 9), text: text.slice(10) })),
  ];
  const found = compile(files).diagnostics.filter(({ severity }) => severity === "error");
  expect(found.map(({ code }) => code)).toEqual(["SCR2013"]);
  expect(found[0]!.message).toContain(hint || "A path is");
});
