import { compile } from "@scruple/compiler";
import { expect, test } from "vitest";
import { checkReferences, type Model } from "./index.ts";

const text = `policy shop
purpose care
purpose ads within care
recipient guest
channel desk reaches guest
channel sms within desk reaches guest quiet 21:00..07:00 except for care
category taste precision exact, rough
source stays provided collected for care under consent for ads keep at most 3 days except for ads { pillow : taste }
source guesses derived from stays.pillow { mood : taste }
subject { age : int 0..130 tags : set of gold | new }
facts { vip : bool opened : time closed : time day : date tier : low | high }
condition dear = vip and subject.age > 200
duty note(why : text, times : int 1..3)
interaction greet started by company {
  purposes care, ads
  channels desk, sms
  seat: allow use taste for care on desk to guest at rough under consent for ads
    when dear and opened < closed and subject.tags.contains(gold) until 2030-01-31 then note(why = "x", times = 2)
    except for ads unless tier = high
  allow use taste under contract when opened in 09:00..17:00 and day in {2026-01-31} and not objection for care
}
never: deny combine stays.pillow with guesses.mood
promise "x" { never disclose guesses for ads unless vip }
`;

const program = compile([{ path: "shop.scruple", text }]);

/** The model with something else where a path leads. */
function altered(path: string, value: unknown): Model {
  const model = structuredClone(program.model("shop"));
  const keys = path.split("/");
  const last = keys.pop() as string;
  const at = keys.reduce((one: object, key) => {
    const named = Array.isArray(one) ? one.find(({ id, name, path }) => [id, name, path].includes(key)) : undefined;
    return named ?? Reflect.get(one, key);
  }, model as object);
  if (!Reflect.has(at, last)) throw new Error(`There is no ${path}.`);
  Reflect.set(at, last, value);
  return model as Model;
}

test("what is compiled is what it names", () => {
  expect(program.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(() => checkReferences(program.model("shop") as Model)).not.toThrow();
});

const dear = (when: object) => ["rules/greet.seat/when", when] as const;
const compare = (fact: string, operator: string, value: unknown) => dear({ op: "compare", operator, fact, value });
const circle = { op: "not", operand: { op: "condition", condition: "shop.dear" } };
let deep: object = { op: "outbound" };
for (let depth = 0; depth < 900; depth++) deep = { op: "not", operand: deep };

test.each<readonly [string, string, unknown]>([
  ["a category is within what is none", "categories/shop.taste/within", ["shop.care"]],
  ["a purpose is within what is none", "purposes/shop.ads/within", ["shop.nope"]],
  ["a recipient is within what is none", "recipients/shop.guest/within", "shop.desk"],
  ["a channel is within what is none", "channels/shop.sms/within", ["shop.nope"]],
  ["a channel reaches what is no recipient", "channels/shop.desk/reaches", ["shop.desk"]],
  ["a channel is quiet except for what is no purpose", "channels/shop.sms/quiet/exceptFor", ["shop.nope"]],
  ["a source is collected for what is no purpose", "sources/shop.stays/collectedFor", ["shop.nope"]],
  ["a source takes consent for what is no purpose", "sources/shop.stays/consentFor", "shop.guest"],
  ["a source is kept except for what is no purpose", "sources/shop.stays/keep/exceptFor", ["shop.nope"]],
  [
    "a source is derived from what is no field",
    "sources/shop.guesses/derivedFrom",
    [{ kind: "field", id: "shop.stays" }],
  ],
  ["a field is of no category", "sources/shop.stays/fields/shop.stays.pillow/categories", ["shop.nope"]],
  ["a field is of another source", "sources/shop.stays/fields/shop.stays.pillow/id", "shop.guesses.pillow"],
  ["an interaction is for what is no purpose", "interactions/shop.greet/purposes", ["shop.nope"]],
  ["an interaction is on what is no channel", "interactions/shop.greet/channels", ["shop.guest"]],
  ["an interaction is of another policy", "interactions/shop.greet/id", "store.greet"],
  ["a rule stands in no interaction", "rules/greet.seat/interaction", "shop.nope"],
  ["a rule of an interaction stands outside", "rules/greet.seat/interaction", null],
  ["a rule is named like another", "rules/greet.seat/path", "greet.#2"],
  ["a rule has a line break in its path", "rules/greet.seat/path", "greet.a\n::error::b"],
  ["another policy allows", "rules/greet.seat/policy", "org"],
  ["a denial is of no data", "rules/never/data", [{ kind: "field", id: "shop.stays.nope" }]],
  ["a denial is of a source that is a category", "rules/never/data", [{ kind: "source", id: "shop.taste" }]],
  ["a denial is of pairs with no data", "rules/never/with", [{ kind: "category", id: "shop.nope" }]],
  ["a rule is for no purpose", "rules/greet.seat/purposes", ["shop.nope"]],
  ["a rule is on no channel", "rules/greet.seat/channels", ["shop.nope"]],
  ["a rule is to no recipient", "rules/greet.seat/recipients", ["shop.nope"]],
  ["a basis is consent for no purpose", "rules/greet.seat/basis/purpose", "shop.nope"],
  ["a rule ends on no day", "rules/greet.seat/until", "2030-02-30"],
  ["a duty is none", "rules/greet.seat/duties/0/duty", "shop.nope"],
  ["a duty has another's name", "rules/greet.seat/duties/note/name", "call"],
  ["a duty is not given all", "rules/greet.seat/duties/note/arguments", { why: "x" }],
  ["a duty is given more", "rules/greet.seat/duties/note/arguments", { why: "x", times: 2, more: 1 }],
  ["a duty is given what it does not take", "rules/greet.seat/duties/note/arguments", { why: "x", times: 4 }],
  ["an exception is for no purpose", "rules/greet.seat/exceptions/0/purposes", ["shop.nope"]],
  ["an exception asks for no fact", "rules/greet.seat/exceptions/0/unless", { op: "fact", fact: "nope" }],
  ["a promise is of no data", "promises/0/lines/0/data", [{ kind: "source", id: "shop.nope" }]],
  ["a promise asks for no fact", "promises/0/lines/0/unless", { op: "fact", fact: "nope" }],
  ["something stands in no file", "rules/never/at/file", 1],
  ["two are of one name", "purposes/shop.ads/id", "shop.care"],
  ["a condition is none", ...dear({ op: "condition", condition: "shop.nope" })],
  ["a condition asks for itself", "conditions/shop.dear/expr", circle],
  ["a consent is for no purpose", ...dear({ op: "consent", explicit: false, purpose: "shop.nope" })],
  ["an objection is to no purpose", ...dear({ op: "objection", purpose: "shop.nope" })],
  ["a fact is not true or false", ...dear({ op: "fact", fact: "tier" })],
  ["an int is compared with text", ...compare("subject.age", "=", "3")],
  ["a duration is compared with text", ...compare("data.age", "<", "3 days")],
  ["a date is compared with what is none", ...compare("day", "<", "2026-13-01")],
  ["a one-of is compared with what it never is", ...compare("tier", "=", "middle")],
  ["a one-of is compared by size", ...compare("tier", "<", "low")],
  ["a set is compared", ...compare("subject.tags", "=", ["gold"])],
  [
    "facts are compared that differ in type",
    ...dear({ op: "compareFacts", operator: "<", left: "opened", right: "day" }),
  ],
  ["a fact is in what it never is", ...dear({ op: "in", fact: "opened", values: ["09:00", "25:00"] })],
  ["a range is empty", ...dear({ op: "between", fact: "subject.age", from: 9, to: 1 })],
  ["a range is of what has no order", ...dear({ op: "between", fact: "tier", from: "low", to: "low" })],
  ["a set contains what it never does", ...dear({ op: "contains", fact: "subject.tags", value: "old" })],
  ["what is no set contains something", ...dear({ op: "contains", fact: "tier", value: "low" })],
  ["a condition is nested as none is", ...dear(deep)],
])("a model contradicts itself where %s", (_, path, value) => {
  const model = altered(path, value);
  expect(() => checkReferences(model)).toThrow();
});

test("it is said where, in a way that holds nothing of the model's text", () => {
  const model = altered("rules/greet.seat/exceptions/0/purposes", ["shop.ads", "::error::"]);
  expect(() => checkReferences(model)).toThrow("`#/rules/1/exceptions/0/purposes/1` names what is not declared");
});
