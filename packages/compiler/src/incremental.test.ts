import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, it } from "vitest";
import { compile } from "./compile.ts";
import type { Program } from "./program.ts";
import { everything } from "./testing/everything.ts";

const shop = `policy shop
use rules
use more

purpose ads
channel letters reaches customer
category street within place
source orders provided keep at most 30 days {
  name : thing
  road : street
}
condition grown = subject.age > 17

interaction offer started by company {
  purposes ads
  channels letters, loud
  first: allow use orders.name for noise when grown then log(what = "first")
  second: deny use any at half when busy
  third: deny use orders.road at exact unless subject.mood = calm
}
`;
const tests = `policy shop
test "an offer" {
  in offer for noise on loud to customer
  given subject.age = 20, subject.mood = calm
  expect allow use orders.name because offer.first then log(what = "first")
  expect deny use orders.road at exact because offer.third, rules/louder, orders.keep, rules/loud.quiet
}
`;
const rules = `policy rules
use base
category thing
category place precision exact, city
recipient customer within everybody
channel loud reaches customer quiet 22:00..06:00
purpose noise
duty log(what : text)
condition busy = subject.age > 3
louder: deny use thing on loud
`;
const base = `policy base
recipient everybody
recipient nobody
subject { age : int 0..120 mood : calm | glad }
`;
const more = `policy more
purpose silence
`;
const alone = `policy alone
category lone precision whole, half
hints: deny use thing, street for noise, whisper on loud at city
`;
const odd = `policy odd
use rules
odd: deny use noise on loud
`;
const files = new Map(Object.entries({ shop, tests, rules, base, more, alone, odd }));

function filesWith(changes: Readonly<Record<string, string | null>>) {
  return [...new Map([...files, ...Object.entries(changes)])].flatMap(([name, text]) =>
    text === null ? [] : [{ path: `${name}.scruple`, text }],
  );
}

/** What is edited, and how: first without, then with it, and each compiled after the other. */
const edits: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
  "a condition gets another name": { rules: rules.replace("condition busy", "condition idle") },
  "a category gets another name": { rules: rules.replace("category thing", "category things") },
  "a name is declared that was missed": { base: `${base}purpose whisper\n` },
  "a name is declared twice from now on": { base: `policy base\nrecipient customer\n${base.slice(12)}` },
  "a used policy declares a name of another": { more: `${more}purpose noise\n` },
  "a policy that declares a name of another appears": {
    more: null,
    base: base.replace("policy base", "policy more\npurpose noise\n"),
  },
  "a used policy is gone": { more: null },
  "a policy that a used one uses is gone": { base: null },
  "a policy uses one more": { alone: alone.replace("\n", "\nuse rules\n") },
  "a policy uses one less": { shop: shop.replace("use rules\n", "") },
  "a field is gone": { shop: shop.replace("  name : thing\n", "") },
  "a field is of another category": { shop: shop.replace("road : street", "road : thing") },
  "a category is within another": {
    shop: shop.replace("category street within place", "category street within thing"),
  },
  "a scale loses a level": { rules: rules.replace("exact, city", "exact") },
  "a level is one of another policy": {
    rules: rules.replace("exact, city", "city"),
    alone: alone.replace("half", "half, exact"),
  },
  "a level is nowhere any more": { alone: alone.replace("whole, half", "whole") },
  "a channel reaches others": { rules: rules.replace("reaches customer", "reaches nobody") },
  "a recipient is within nobody": {
    rules: rules.replace("customer within everybody", "customer"),
    tests: tests.replace("to customer", "to everybody"),
  },
  "quiet hours are gone": { rules: rules.replace(" quiet 22:00..06:00", "") },
  "a time to keep is gone": { shop: shop.replace(" keep at most 30 days", "") },
  "a duty takes something else": { rules: rules.replace("what : text", "what : int") },
  "a duty takes more": { rules: rules.replace("what : text", "what : text, who : text") },
  "an attribute has another type": { base: base.replace("age : int 0..120", "age : text") },
  "an attribute has less values": { base: base.replace("calm | glad", "sad | glad") },
  "an attribute has two types": { rules: `${rules}subject { age : text }\n` },
  "an interaction gets another name": { shop: shop.replace("interaction offer", "interaction offers") },
  "a rule gets another name": { shop: shop.replace("first: allow", "fourth: allow") },
  "a rule of a used policy allows": { rules: rules.replace("louder: deny", "louder: allow") },
  "a rule comes between": { shop: shop.replace("  second:", "  between: deny use orders\n  second:") },
  "a comment moves declarations": { rules: `// A comment.\n${rules}` },
  "documentation moves declarations": { base: base.replace("recipient", "/// All of them.\nrecipient") },
  "the text breaks": { rules: rules.replace("purpose noise", "purpose") },
  "a file has no policy": { tests: tests.replace("policy shop\n", "") },
  "a declaration moves to another file": {
    rules: rules.replace("purpose noise\n", ""),
    "rules-too": "policy rules\npurpose noise\n",
  },
  "a file has another name": { rules: null, laws: rules },
  "a file is gone": { tests: null },
  "std is used": { alone: alone.replace("\n", "\nuse std.purposes\n") },
};

it("has no mistake to begin with but those of the policies that have them on purpose", () => {
  const { checks, model } = compile(filesWith({}));
  const mistaken = checks.filter(({ severity }) => severity === "error").map(({ file }) => file);
  expect(new Set(mistaken)).toEqual(new Set(["alone.scruple", "odd.scruple"]));
  expect(model("shop")).not.toBeNull();
});

it.each(Object.entries(edits))("sees that %s, and that it is taken back", (_, changes) => {
  const [before, after] = [filesWith({}), filesWith(changes)];
  const first = compile(before);
  const second = compile(after, {}, first);
  const third = compile(before, {}, second);
  expect(everything(second, false)).not.toEqual(everything(first, false));
  expect(everything(second, false)).toEqual(everything(compile(after), false));
  expect(everything(third, false)).toEqual(everything(compile(before), false));
});

it("keeps the objects of a model that stay as they are", () => {
  const first = compile(filesWith({}));
  const edited = shop.replace("at half when", "at half when not");
  const old = first.model("shop")!;
  const oldRules = first.model("rules");
  const second = compile(filesWith({ shop: edited }), {}, first);
  const now = second.model("shop")!;
  const changed = now.rules.filter((rule, i) => rule !== old.rules[i]).map(({ path }) => path);
  expect(changed).toEqual(["offer.second"]);
  expect(now.sources).toBe(old.sources);
  expect(now.interactions).toBe(old.interactions);
  expect(second.model("rules")).toBe(oldRules);
});

it("makes anew what has moved, with the places of today", () => {
  const first = compile(filesWith({}));
  const second = compile(filesWith({ shop: shop.replace("  second:", "\n  second:") }), {}, first);
  const [old, now] = [first.model("shop")!, second.model("shop")!];
  const moved = now.rules.flatMap((rule, i) =>
    rule === old.rules[i] ? [] : [[rule.path, rule.at.line - old.rules[i]!.at.line]],
  );
  expect(moved).toEqual([
    ["offer.second", 1],
    ["offer.third", 1],
  ]);
});

it("sees which of two rules that say the same comes later now", () => {
  const rule = (name: string) => `  ${name}: allow use orders.name under contract told "So."\n`;
  const withRules = (...names: readonly string[]) =>
    filesWith({ shop: shop.replace(/ {2}first:[^}]*/, names.map(rule).join("")), tests: null });
  const redundant = ({ diagnostics }: Program) =>
    diagnostics.filter(({ name }) => name === "redundant-rule").map(({ message }) => message.split("`")[1]);
  const first = compile(withRules("one", "two"));
  expect(redundant(first)).toEqual(["offer.two"]);
  expect(redundant(compile(withRules("two", "one"), {}, first))).toEqual(["offer.one"]);
});

it("sees which rules tests name now", () => {
  const rule = (name: string) => `  ${name}: allow use orders.name under contract told "So."\n`;
  const edited = shop.replace(/ {2}first:[^}]*/, rule("one") + rule("two"));
  const withTest = (because: string) =>
    filesWith({
      shop: edited,
      tests: `policy shop\ntest "t" { in offer for ads on letters expect allow use orders.name because ${because} }`,
    });
  const fixes = ({ diagnostics }: Program) =>
    diagnostics.filter(({ name }) => name === "redundant-rule").map((one) => one.fixes.length);
  const first = compile(withTest("offer.one"));
  expect(fixes(first)).toEqual([1]);
  const second = compile(withTest("offer.one, offer.two"), {}, first);
  expect(fixes(second)).toEqual([0]);
  expect(fixes(compile(withTest("offer.one"), {}, second))).toEqual([1]);
});

it("has the same model after an edit of a test", () => {
  const first = compile(filesWith({}));
  const old = first.model("shop");
  const second = compile(filesWith({ tests: tests.replace("20", "21") }), {}, first);
  expect(second.model("shop")).toBe(old);
});

it("keeps the objects of the last model while an edit is half done", () => {
  const first = compile(filesWith({}));
  const old = first.model("shop")!;
  const broken = compile(
    filesWith({ shop: shop.replace("deny use any at half when busy", "deny use any at half when") }),
    {},
    first,
  );
  expect(broken.model("shop")).toBeNull();
  const mended = compile(filesWith({}), {}, broken);
  expect(mended.model("shop")).toBe(old);
});

it("does not hold on to earlier programs, nor to their texts", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  let program = compile(filesWith({}));
  const ask = () => everything(program, true);
  ask();
  const old = [new WeakRef(program), new WeakRef(program.files.find(({ path }) => path === "rules.scruple")!)];
  for (const text of [`// One.\n${rules}`, `// Two.\n${rules}`]) {
    program = compile(filesWith({ rules: text }), {}, program);
    ask();
  }
  // What a WeakRef has been made of stays until the end of the turn.
  await new Promise((resolve) => setTimeout(resolve));
  collect();
  expect(old.map((ref) => ref.deref())).toEqual([undefined, undefined]);
});
