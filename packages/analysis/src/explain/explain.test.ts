import { compile } from "@scruple/compiler";
import { evaluator, type Model } from "@scruple/model";
import { randomRequests } from "@scruple/testkit";
import { describe, expect, test } from "vitest";
import { randomModel } from "../testing/random-model.ts";
import { applyChange } from "./apply-change.ts";
import { explain, explainer } from "./explain.ts";

function modelOf(text: string): Model {
  const program = compile([{ path: "a.scruple", text }]);
  const model = program.model("shop");
  if (model === null) throw new Error(program.diagnostics.map(({ message }) => message).join("\n"));
  return model;
}

const shop = (rules: string, levels?: string) => modelOf(shopText(rules, levels));
const shopText = (rules: string, levels = "exact, city") => `policy shop
purpose marketing
purpose service
recipient customer
recipient staff
channel email reaches customer
channel sms reaches customer quiet 21:00..07:00
channel desk reaches staff
category behaviour
category place precision ${levels}
source orders provided keep at most 30 days {
  purchases : behaviour
  home : place
}
subject { age : int 0..130  region : eu | us | uk  tags : set of gold | new  since : date }
facts { nearby : bool  opens : time }
condition adult = subject.age >= 18 and subject.region = eu
duty note
interaction offer started by company {
  purposes marketing, service
  channels email, sms, desk
${rules}
}`;

const request = {
  interaction: "offer",
  operation: "use",
  data: "orders.purchases",
  purpose: "marketing",
  channel: "email",
  subject: { age: 34, region: "eu" },
  facts: { "data.age": "3 days" },
  consents: [],
  objections: [],
};
const changesOf = (model: Model, raw: unknown) => explain(model, raw).changes.map(({ set }) => set);

describe("rules", () => {
  test("fall into parts, each in the policy's words with what came of it", () => {
    const model = shop("  deals: allow use behaviour under consent when adult and not nearby then note");
    const { rules } = explain(model, { ...request, subject: { age: 12 } });
    expect(rules.map(({ rule, condition, applies }) => [rule, condition, applies])).toEqual([
      ["offer.deals", "false", false],
      ["orders.keep", "false", false],
    ]);
    expect(rules[0]!.parts.map(({ text, value, condition }) => [text, value, condition])).toEqual([
      ["subject.age >= 18", "false", "adult"],
      ["subject.region = eu", "unknown", "adult"],
      ["not nearby", "unknown", null],
      ["consent", "false", null],
      ["not objection", "true", null],
    ]);
    expect(rules[0]!.parts[0]!.facts).toEqual({ "subject.age": 12 });
    expect(rules[1]!.parts.map(({ text }) => text)).toEqual(["data.age > 1 month"]);
  });

  test("show what alternatives and exceptions are made of", () => {
    const model = shop("  no: deny use any when nearby or subject.age < 18 except when subject.tags.contains(gold)");
    const [no] = explain(model, { ...request, facts: { nearby: true } }).rules;
    expect(no!.parts.map(({ text, value }) => [text, value])).toEqual([
      ["nearby or subject.age < 18", "true"],
      ["not subject.tags.contains(gold)", "unknown"],
    ]);
    expect(no!.parts[0]!.parts.map(({ text, value }) => [text, value])).toEqual([
      ["nearby", "true"],
      ["subject.age < 18", "false"],
    ]);
  });

  test("say of exceptions without conditions only whether one selects it", () => {
    const partsOf = (exceptions: string) =>
      explain(shop(`  no: deny use behaviour ${exceptions}`), request).rules.map(({ parts }) =>
        parts.map(({ text, value }) => [text, value]),
      )[0];
    const inner = (rest: string) => `except for marketing ${rest}`;
    expect(partsOf(inner(""))).toEqual([["no exception selects it", "false"]]);
    expect(partsOf(inner(inner("")))).toEqual([]);
    expect(partsOf(inner(inner(inner(""))))).toEqual([["no exception selects it", "false"]]);
    expect(partsOf(inner(inner("when nearby")))).toEqual([["nearby", "unknown"]]);
    expect(partsOf(inner(`when subject.age >= 18 ${inner("when nearby")}`))).toEqual([
      ["not (subject.age >= 18 and not nearby)", "unknown"],
    ]);
  });

  test("come once for each piece of data", () => {
    const model = shop("  all: allow use behaviour, place under contract");
    const { rules } = explain(model, { ...request, data: ["orders.purchases", "orders.home"] });
    expect(rules.map(({ rule, data }) => `${rule} ${data}`)).toEqual([
      "offer.all shop.orders.purchases",
      "orders.keep shop.orders.purchases",
      "offer.all shop.orders.home",
      "orders.keep shop.orders.home",
    ]);
  });

  test("a request with an error has a decision and no more", () => {
    const { decision, rules, changes } = explain(shop("  a: allow use any under contract"), {
      ...request,
      purpose: "x",
    });
    expect(decision.errors).toEqual(["There is no purpose `x`."]);
    expect({ rules, changes }).toEqual({ rules: [], changes: [] });
  });
});

describe("changes", () => {
  test("come smallest first: a fact, a consent, another way", () => {
    const model = shop(`
  deals: allow use behaviour for marketing under consent
  help: allow use behaviour for service under contract`);
    expect(changesOf(model, request)).toEqual([
      { consents: [{ purpose: "marketing", channel: "email" }] },
      { purpose: "service" },
    ]);
  });

  test("keep to the nearest value", () => {
    const model = shop("  a: allow use behaviour under contract when subject.age in 18..64");
    expect(changesOf(model, { ...request, subject: { age: 70 } })).toEqual([{ "subject.age": 64 }]);
    expect(changesOf(model, { ...request, subject: { age: 7 } })).toEqual([{ "subject.age": 18 }]);
  });

  test.each(["<=", ">="])("keep to the nearest value of a fact that has to be %s another", (operator) => {
    const text = shopText(`  a: allow use behaviour under contract when subject.since ${operator} day`);
    const model = modelOf(text.replace("facts {", "facts { day : date"));
    const since = operator === "<=" ? "2026-08-08" : "2026-02-02";
    const raw = { ...request, subject: { since }, facts: { "data.age": 0, day: "2026-05-05" } };
    expect(changesOf(model, raw)).toEqual([{ day: since }]);
  });

  test("set a fact of any name", () => {
    const model = modelOf(
      shopText("  a: allow use behaviour under contract when `__proto__`").replace(
        "facts {",
        "facts { `__proto__` : bool ",
      ),
    );
    expect(changesOf(model, request).map((set) => Object.entries(set))).toEqual([[["__proto__", true]]]);
  });

  test("turn an allow as well", () => {
    const model = shop("  a: allow use behaviour under legitimate_interest when subject.age >= 18");
    expect(changesOf(model, request)).toEqual([
      { "data.age": 2_592_001 },
      { "subject.age": 17 },
      { objections: [{ purpose: "marketing", channel: "email" }] },
      { channel: "sms" },
    ]);
  });

  test("ask for a coarser precision, or another channel", () => {
    const model = shop("  a: allow use place at city on email under contract");
    expect(changesOf(model, { ...request, data: "orders.home" })).toEqual([{ precision: "city" }]);
    expect(changesOf(model, { ...request, data: "orders.home", precision: "city", channel: "sms" })).toContainEqual({
      channel: "email",
    });
  });

  test("name two selectors only where one does not help", () => {
    const model = shop("  a: allow use behaviour for service on desk under contract");
    expect(changesOf(model, request)).toEqual([{ channel: "desk", purpose: "service" }]);
  });

  test("take back a consent that stands in the way, and no other", () => {
    const model = shop(`
  a: allow use behaviour under contract
  b: deny use any when consent for service`);
    const consents = [
      { purpose: "marketing", channel: "any", explicit: true },
      { purpose: "service", channel: "any" },
      { purpose: "marketing", channel: "sms" },
      { purpose: "service", channel: "email" },
    ];
    const [first] = explain(model, { ...request, consents }).changes;
    expect(first).toEqual({ set: { consents: [consents[0], consents[2]] }, decision: "allow" });
  });

  test("take back an objection that stands in the way, and no other", () => {
    const model = shop("  a: allow use behaviour for marketing on email under legitimate_interest");
    const other = { purpose: "service", channel: "email" };
    const objections = [{ purpose: "marketing", channel: "email" }, other, { ...other, channel: "sms" }];
    expect(changesOf(model, { ...request, objections })).toEqual([{ objections: objections.slice(1) }]);
  });

  test("keep of a list that cannot be read what can", () => {
    const model = shop("  a: allow use behaviour for marketing on email under consent");
    const consents = [
      { purpose: "service", channel: "any" },
      { purpose: "marketing", channel: "pigeon" },
    ];
    expect(changesOf(model, { ...request, consents })).toEqual([
      { consents: [consents[0], { purpose: "marketing", channel: "email" }] },
    ]);
  });

  test("take back one of two consents where that is enough, and give a weaker one in the place of an explicit one", () => {
    const both = shop(`
  a: allow use behaviour for marketing under consent
  b: deny use any when explicit consent`);
    const consents = [
      { purpose: "service", channel: "any" },
      { purpose: "marketing", channel: "any", explicit: true },
    ];
    expect(changesOf(both, { ...request, consents })).toEqual([
      { consents: [consents[0], { purpose: "marketing", channel: "email" }] },
    ]);
  });

  test("ask for no coarser precision than it takes", () => {
    const model = shop("  a: allow use place at street under contract", "exact, street, city, country");
    expect(changesOf(model, { ...request, data: "orders.home" })).toEqual([{ precision: "street" }]);
  });

  test("ask for a consent on the channel of the request, and not for the same on a wider one", () => {
    const within = modelOf(
      shopText("  a: allow use behaviour under consent when nearby")
        .replace(
          "channel sms reaches customer",
          "channel phone reaches customer channel sms within phone reaches customer",
        )
        .replace("email, sms, desk", "phone, sms"),
    );
    const known = { channel: "sms", facts: { ...request.facts, local_time: "12:00" } };
    expect(changesOf(within, { ...request, ...known })).toEqual([
      { nearby: true, consents: [{ purpose: "marketing", channel: "sms" }] },
    ]);
  });

  test("leave pieces of their own age their age, and set a single one's", () => {
    const model = shop("  a: allow use behaviour under contract when data.age <= 5 days");
    const data = { field: "orders.purchases", age: "10 days" };
    expect(changesOf(model, { ...request, facts: {}, data })).toEqual([
      { data: { field: "orders.purchases", age: 432_000 } },
    ]);
  });

  test("make of several pieces younger those that are too old, and no other", () => {
    const model = shop("  a: allow use behaviour, place under contract");
    const young = { field: "orders.purchases", age: "2 days" };
    const [old, unknown] = [{ field: "orders.home", age: "40 days" }, { field: "orders.home" }];
    const asked = (...data: readonly object[]) => changesOf(model, { ...request, facts: {}, data });
    const month = { field: "orders.home", age: 2_592_000 };
    expect(asked(young, old)).toEqual([{ data: [young, month] }]);
    expect(asked(old, young)).toEqual([{ data: [month, young] }]);
    expect(asked(unknown, young, old)).toEqual([{ data: [month, young, month] }]);
    const pair = shop("  a: allow combine behaviour with place under contract when data.age < 3 days");
    const joined = { ...request, operation: "combine", facts: {}, data: ["orders.purchases", young], with: old };
    const [change] = changesOf(pair, joined);
    expect(change).toMatchObject({ data: [{ age: expect.any(Number) }, young], with: { age: expect.any(Number) } });
  });

  test("there are none where nothing would help", () => {
    expect(changesOf(shop("  a: deny use any"), request)).toEqual([]);
  });
});

describe("waiting", () => {
  const model = shop("  a: allow use behaviour under contract unless opens > local_time");

  test("until the quiet time ends", () => {
    const raw = { ...request, channel: "sms", facts: { "data.age": 0, local_time: "22:30", opens: "00:00" } };
    const { wait, decision } = explain(model, raw);
    expect(wait).toEqual({ seconds: 30_660, set: { local_time: "07:01", "data.age": 30_660 } });
    expect(decision.retryAfter).toBe(30_660);
  });

  test("until a day comes, and not where the data is too old by then", () => {
    const embargo = shop("  a: allow use behaviour under contract when today >= 2026-12-01");
    const at = (age: string, today: string) => explain(embargo, { ...request, facts: { "data.age": age, today } }).wait;
    expect(at("3 days", "2026-11-21")?.seconds).toBe(10 * 86_400);
    expect(at("25 days", "2026-11-21")).toBeNull();
  });

  test("until a time of a later day", () => {
    const embargo = shop("  a: allow use behaviour under contract when today >= 2026-12-01");
    for (const [local_time, seconds] of [
      ["12:00", 9 * 86_400 + 19 * 3_600 + 60],
      ["22:00", 9 * 86_400 + 9 * 3_600 + 60],
    ] as const) {
      const facts = { "data.age": 0, today: "2026-11-21", local_time };
      expect(explain(embargo, { ...request, channel: "sms", facts }).wait).toEqual({
        seconds,
        set: { today: "2026-12-01", local_time: "07:01", "data.age": seconds },
      });
    }
  });

  test("until a time that the request itself says", () => {
    const raw = { ...request, facts: { "data.age": 0, local_time: "06:00", opens: "08:30" } };
    expect(explain(model, raw).wait?.set).toEqual({ local_time: "08:30", "data.age": 9_000 });
  });

  test("not beyond the last day that there is", () => {
    const ancient = shop("  a: allow collect behaviour under contract when data.age >= 300000 years");
    const raw = { ...request, operation: "collect", facts: { "data.age": 0, today: "2026-11-21" } };
    expect(explain(ancient, raw).wait).toBeNull();
  });

  test("until data is old enough", () => {
    const cooled = shop("  a: allow use behaviour under contract when data.age >= 2 days");
    const data = { field: "orders.purchases", age: "1 day" };
    expect(explain(cooled, { ...request, facts: {}, data }).wait?.set).toEqual({ data: { ...data, age: 172_800 } });
  });
});

/** A list of consents or objections with one of those that it lacks, or without one that it has besides. */
function differingLess(before: unknown, after: unknown): readonly (readonly unknown[])[] {
  const old = Array.isArray(before) ? before : [];
  const now = after as readonly unknown[];
  const isIn = (list: readonly unknown[], one: unknown) =>
    list.some((other) => JSON.stringify(other) === JSON.stringify(one));
  return [
    ...old.filter((one) => !isIn(now, one)).map((one) => [...now, one]),
    ...now.filter((one) => !isIn(old, one)).map((one) => now.filter((other) => other !== one)),
  ];
}
const withoutChannels = (_key: string, value: unknown) =>
  typeof value === "object" && value !== null && "channel" in value ? { ...value, channel: null } : value;

test("on random policies, every change is minimal and does what it says", () => {
  let checked = 0;
  let turned = 0;
  let more = 0;
  let aged = 0;
  for (let seed = 1; seed <= 100; seed++) {
    const model = randomModel(seed);
    const { decide } = evaluator(model);
    const { explain } = explainer(model);
    for (const raw of randomRequests(model, seed, 6)) {
      const { decision, rules, changes, wait } = explain(raw);
      checked++;
      expect(decision).toEqual(decide(raw));
      for (const { set, decision: then } of changes) {
        turned++;
        expect(then).not.toBe(decision.decision);
        expect(decide(applyChange(raw, set)), JSON.stringify({ seed, raw, set })).toMatchObject({
          decision: then,
          errors: [],
        });
        for (const key of Object.keys(set)) {
          const { [key]: _without, ...less } = set;
          expect(
            decide(applyChange(raw, less)).decision === then && decide(applyChange(raw, less)).errors.length === 0,
          ).toBe(false);
        }
        for (const [at, before] of (Array.isArray(set.data) ? (raw.data as unknown[]) : []).entries()) {
          const data = (set.data as unknown[]).with(at, before);
          if (JSON.stringify(data) === JSON.stringify(set.data)) continue;
          aged++;
          const then = decide(applyChange(raw, { ...set, data }));
          expect(then.decision, JSON.stringify({ seed, raw, set, at })).toBe(decision.decision);
        }
        for (const key of ["consents", "objections"] as const) {
          if (!(key in set)) continue;
          const lists = differingLess(raw[key], set[key]);
          more += lists.length;
          for (const list of lists) {
            const then = decide(applyChange(raw, { ...set, [key]: list }));
            expect(then.decision, JSON.stringify({ seed, raw, set, list })).toBe(decision.decision);
          }
        }
      }
      const said = changes.map(({ set }) => JSON.stringify(Object.entries(set).sort(), withoutChannels));
      expect(new Set(said).size, JSON.stringify({ seed, raw, changes })).toBe(said.length);
      if (wait !== null) expect(decide(applyChange(raw, wait.set)).decision).toBe("allow");
      const applying = rules.filter(
        ({ applies, effect, limits }) => applies && effect === decision.decision && !limits,
      );
      for (const rule of decision.rules) expect(applying.map((one) => one.rule)).toContain(rule);
      for (const { condition, parts } of rules) {
        const values = parts.map(({ value }) => value);
        const whole = values.includes("false") ? "false" : values.includes("unknown") ? "unknown" : "true";
        expect(whole).toBe(condition);
      }
    }
  }
  expect(checked).toBeGreaterThan(200);
  expect(turned).toBeGreaterThan(100);
  expect(more).toBeGreaterThan(20);
  expect(aged).toBeGreaterThan(5);
});
