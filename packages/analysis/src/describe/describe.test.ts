import { compile } from "@scruple/compiler";
import { describe, expect, test } from "vitest";
import { analyse } from "../testing/one-cell.ts";
import { describeRegion } from "./describe.ts";

const head = `policy shop
  category note
  purpose marketing purpose email_marketing within marketing
  purpose care
  recipient customer channel email reaches customer
  source notes provided { text : note }
  subject { age : int 0..130 years : int 0..130 region : eu | uk | us member : bool tags : set of gold | new city : text }
  facts { \`größe\` : int 0..300 \`höhe\` : int 0..300 \`treue-karte\` : bool day : date opens : time waited : duration }
`;

/** Where a rule with this condition allows what it is about. */
function allowedWhere(condition: string, more = ""): readonly string[] {
  const text = `${head} ${more} interaction letter { purposes email_marketing channels email\n allow use note ${condition} }`;
  const program = compile([{ path: "shop.scruple", text }]);
  const model = program.model("shop");
  if (model === null) throw new Error(program.diagnostics.map(({ message }) => message).join(" "));
  const { context, decision } = analyse(model);
  const { entries, complete } = describeRegion(context, decision.allowed);
  expect(complete).toBe(true);
  return entries;
}

describe("where something is allowed, in the words of a policy", () => {
  test.each([
    ["", ["always"]],
    ["when subject.age >= 18", ["subject.age >= 18"]],
    ["when not (subject.age < 18)", ["subject.age >= 18"]],
    ["when subject.age > 17", ["subject.age > 17"]],
    ["when subject.age in 18..65", ["subject.age in 18..65"]],
    ["when subject.age > 18 and subject.age < 65", ["subject.age > 18 and subject.age < 65"]],
    ["when subject.age != 18", ["subject.age != 18"]],
    ["when subject.age in {3, 5}", ["subject.age = 3 or subject.age = 5"]],
    ["when subject.age < 200", ["subject.age is known"]],
    ["when subject.region in {eu, uk}", ["subject.region != us"]],
    ["when subject.region = eu", ["subject.region = eu"]],
    ["when not subject.member", ["not subject.member"]],
    ['when subject.city in {"Rome", "Oslo"}', ['subject.city in {"Oslo", "Rome"}']],
    ['when subject.city != "Rome"', ['subject.city != "Rome"']],
    ["when subject.tags.contains(gold)", ["subject.tags.contains(gold)"]],
    ["when opens in 21:00..07:00", ["opens in 21:00..07:00"]],
    ["when day <= 2026-09-01", ["day <= 2026-09-01"]],
    ["when data.age > 3 years", ["data.age > 3 years"]],
    ["when subject.age < subject.years", ["subject.age < subject.years"]],
    ["when subject.age != subject.years", ["subject.age != subject.years"]],
    ["when subject.age >= 18 and subject.years >= subject.age", ["subject.age >= 18 and subject.age <= subject.years"]],
    ["when not `treue-karte` and `größe` > 180", ["not `treue-karte` and `größe` > 180"]],
    ["when `größe` < `höhe`", ["`größe` < `höhe`"]],
    ["under consent", ["consent and not objection"]],
    ["under explicit consent for care", ["explicit consent for care and not objection for care"]],
    ["when subject.age >= 18 or subject.member", ["subject.age >= 18", "subject.member"]],
    [
      "when subject.age >= 18 and (subject.region = eu or consent)",
      ["subject.age >= 18 and subject.region = eu", "subject.age >= 18 and consent"],
    ],
    ["when false", ["never"]],
  ])("%s", (condition, expected) => expect([...allowedWhere(condition)].sort()).toEqual([...expected].sort()));
});

test("a denial is stopped by nothing that is unknown", () => {
  expect(allowedWhere("", "minors: deny use note when subject.age < 18")).toEqual(["subject.age >= 18"]);
  expect(allowedWhere("", "loud: deny use note unless subject.tags.contains(gold)")).toEqual([
    "subject.tags.contains(gold)",
  ]);
});

test("consent to what a purpose is within is consent to it, unless it is explicit", () => {
  expect(allowedWhere("when consent or consent for marketing").toSorted()).toEqual([
    "consent",
    "consent for marketing",
  ]);
  expect(allowedWhere("when explicit consent or explicit consent for marketing").toSorted()).toEqual([
    "explicit consent",
    "explicit consent for marketing",
  ]);
});
