import { expect, it } from "vitest";
import { compile } from "../compile.ts";

const guardrails = `policy org.guardrails
use org.words

/// Nobody's health is anybody's business.
@id("G-1")
private_matters: deny disclose health to public unless group_size >= 1000
generous: allow use any
duty log
interaction theirs { purposes care channels sms }
promise "Health stays with us." { never disclose health to public }
`;
const words = `policy org.words
category health special
purpose care
recipient public
channel sms reaches public quiet 21:00..07:30 except for care
subject { age? : int }
facts { nearby : bool }
`;
const shop = `policy shop
use org.guardrails
use org.words
category place precision exact, city
category diet within health, place
source orders provided
  collected for care
  under consent for care
  keep at most 2 years except for care
{
  /// What they eat.
  meal : diet, place, diet
  home : place
}
source score derived from orders, orders.meal { value : health }
purpose offers within care
recipient fans within public
channel push within sms reaches fans
condition adult = subject.age >= 18
duty remind(days : int, tone : kind | stern)
subject { age : int }
interaction letter started by company until 2027-01-31 {
  purposes offers, care
  channels sms
  allow combine orders.meal, health, orders.meal, any, special
    with place
    for care, offers, care
    on sms
    to fans
    at city
    under explicit   consent for offers
    when adult and nearby
    unless objection
    until 2026-12-31
    then remind(tone = stern, days = 3), org.guardrails.log, remind(days = 3, tone = stern)
    told "We do."
    because "They asked."
    except {
      health for care except on sms |
      when subject.age < 16
    }
  often: deny use any after 2 per 3 days per channel
  deny infer, collect special
}
own_rule: deny use place after 0 per year
promise "Said." {
  never   use health
    for care covertly when adult // never
  always allow disclose orders.home at city unless nearby
}
`;

const program = compile([
  { path: "shop.scruple", text: shop },
  { path: "org/guardrails.scruple", text: guardrails },
  { path: "org/words.scruple", text: words },
]);
const model = program.model("shop")!;
const at = expect.objectContaining({ file: expect.any(Number), line: expect.any(Number) });

it("has no mistake to begin with", () => {
  // The promise is here for its form; that it can be broken makes no other model.
  const isMistake = ({ severity, code }: (typeof program.diagnostics)[number]) =>
    severity === "error" && code !== "SCR6001";
  expect(program.diagnostics.filter(isMistake)).toEqual([]);
});

it("holds the declarations of the policy and of all that it uses, sorted", () => {
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
  expect(model).toMatchObject({
    format: "scruple.model",
    version: 1,
    policy: "shop",
    uses: ["org.guardrails", "org.words"],
  });
  expect(model.files).toEqual(["org/guardrails.scruple", "org/words.scruple", "shop.scruple"]);
  expect(ids(model.categories)).toEqual(["org.words.health", "shop.diet", "shop.place"]);
  expect(ids(model.purposes)).toEqual(["org.words.care", "shop.offers"]);
  expect(ids(model.duties)).toEqual(["org.guardrails.log", "shop.remind"]);
  expect(ids(model.interactions)).toEqual(["shop.letter"]);
});

it("holds the policy's own rules, and the denials of used policies that stand outside interactions", () => {
  expect(model.rules.map(({ path }) => path)).toEqual([
    "letter.#1",
    "letter.#3",
    "letter.often",
    "org.guardrails/private_matters",
    "own_rule",
  ]);
  expect(program.model("org.guardrails")!.rules.map(({ path }) => path)).toEqual(["generous", "private_matters"]);
});

it("writes a rule out in full", () => {
  const consented = { op: "condition", condition: "shop.adult" };
  expect(model.rules[0]).toEqual({
    doc: "",
    annotations: [],
    at: { file: 2, line: 25, column: 3, endLine: 41, endColumn: 6 },
    path: "letter.#1",
    policy: "shop",
    interaction: "shop.letter",
    effect: "allow",
    operations: ["combine"],
    data: [
      { kind: "field", id: "shop.orders.meal" },
      { kind: "category", id: "org.words.health" },
      { kind: "any" },
      { kind: "special" },
    ],
    with: [{ kind: "category", id: "shop.place" }],
    purposes: ["org.words.care", "shop.offers"],
    channels: ["org.words.sms"],
    recipients: ["shop.fans"],
    level: "city",
    basis: { kind: "explicit consent", purpose: "shop.offers", text: "explicit consent for offers" },
    when: { op: "and", operands: [consented, { op: "fact", fact: "nearby" }] },
    unless: { op: "objection", purpose: null },
    until: "2026-12-31",
    limit: null,
    duties: [
      { duty: "org.guardrails.log", name: "org.guardrails.log", arguments: {} },
      { duty: "shop.remind", name: "remind", arguments: { days: 3, tone: "stern" } },
    ],
    told: "We do.",
    because: "They asked.",
    exceptions: [
      {
        data: [{ kind: "category", id: "org.words.health" }],
        with: null,
        purposes: ["org.words.care"],
        channels: null,
        recipients: null,
        level: null,
        when: null,
        unless: null,
        exceptions: [
          {
            data: null,
            with: null,
            purposes: null,
            channels: ["org.words.sms"],
            recipients: null,
            level: null,
            when: null,
            unless: null,
            exceptions: [],
            at,
          },
        ],
        at,
      },
      expect.objectContaining({ data: null, when: { op: "compare", operator: "<", fact: "subject.age", value: 16 } }),
    ],
  });
});

it("counts limits in seconds, by person or by person and channel", () => {
  const limits = Object.fromEntries(model.rules.map(({ path, limit }) => [path, limit]));
  expect(limits["letter.often"]).toEqual({ count: 2, per: 259_200, by: "subject+channel" });
  expect(limits.own_rule).toEqual({ count: 0, per: 31_536_000, by: "subject" });
});

it("carries documentation and annotations, and points below them", () => {
  expect(model.rules.find(({ path }) => path === "org.guardrails/private_matters")).toMatchObject({
    doc: "Nobody's health is anybody's business.",
    annotations: [{ name: "id", args: ["G-1"] }],
    at: { file: 0, line: 6, column: 1, endLine: 6 },
    policy: "org.guardrails",
    interaction: null,
  });
});

it("writes sources, channels and interactions as declared", () => {
  const [orders, score] = model.sources;
  expect(orders).toMatchObject({
    origin: "provided",
    derivedFrom: [],
    collectedFor: ["org.words.care"],
    consentFor: "org.words.care",
    keep: { atMost: 63_072_000, deletedByStore: false, exceptFor: ["org.words.care"] },
    fields: [
      { id: "shop.orders.meal", doc: "What they eat.", categories: ["shop.diet", "shop.place"] },
      { id: "shop.orders.home", doc: "", categories: ["shop.place"] },
    ],
  });
  expect(score).toMatchObject({
    origin: "derived",
    derivedFrom: [
      { kind: "source", id: "shop.orders" },
      { kind: "field", id: "shop.orders.meal" },
    ],
    keep: null,
  });
  expect(model.channels).toMatchObject([
    { id: "org.words.sms", quiet: { from: "21:00", to: "07:30", exceptFor: ["org.words.care"] } },
    { id: "shop.push", within: ["org.words.sms"], reaches: ["shop.fans"], quiet: null },
  ]);
  expect(model.interactions).toMatchObject([
    {
      id: "shop.letter",
      name: "letter",
      startedBy: "company",
      until: "2027-01-31",
      purposes: ["shop.offers", "org.words.care"],
    },
  ]);
});

it("merges attributes, which are optional where any declaration says so", () => {
  expect(model.subject).toMatchObject([
    { name: "age", optional: true, type: { kind: "int", min: null, max: null }, at: { file: 2 } },
  ]);
  expect(model.facts).toMatchObject([{ name: "nearby", type: { kind: "bool" } }]);
});

it("holds the promises of all, each line as written", () => {
  expect(model.promises.map(({ policy, text, lines }) => [policy, text, lines.map((line) => line.text)])).toEqual([
    [
      "shop",
      "Said.",
      ["never use health for care covertly when adult", "always allow disclose orders.home at city unless nearby"],
    ],
    ["org.guardrails", "Health stays with us.", ["never disclose health to public"]],
  ]);
  expect(model.promises[0]!.lines[0]).toMatchObject({
    modality: "never",
    covertly: true,
    operations: ["use"],
    when: { op: "condition", condition: "shop.adult" },
  });
});

it("is the same whatever the order of the files", () => {
  const again = compile([
    { path: "org/words.scruple", text: words },
    { path: "shop.scruple", text: shop },
    { path: "org/guardrails.scruple", text: guardrails },
  ]);
  expect(JSON.stringify(again.model("shop"))).toBe(JSON.stringify(model));
});
