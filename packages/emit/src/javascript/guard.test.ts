import { evaluator } from "@scruple/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { knowMe, offer } from "../fixtures/know-me.ts";
import { instantiate } from "./instantiate.ts";

const model = knowMe();
const { decide, policy, trace } = instantiate(model);
const reference = evaluator(model);

describe("a decision", () => {
  test("says all that there is to say, in the order of the wire", () => {
    const keys = "id decision rules because told basis duties limits missing precision retryAfter model errors";
    expect(Object.keys(decide(offer)).join(" ")).toBe(keys);
    expect(decide(offer)).toEqual(reference.decide(offer));
    expect(decide(offer)).toMatchObject({
      id: "r1",
      decision: "allow",
      rules: ["offer.deals"],
      basis: ["consent"],
      duties: [{ name: "record", arguments: { why: "offer" } }],
      limits: [{ rule: "offer.enough", count: 2, per: 604_800, by: "subject" }],
      model: policy.hash,
    });
  });

  test("is a plain object that can be spread and cloned", () => {
    const decision = decide(offer);
    expect({ ...decision }).toEqual(decision);
    expect(structuredClone(decision)).toEqual(decision);
  });

  test("cannot be changed for those who get the next one", () => {
    const { rules, duties } = decide(offer);
    expect(() => (rules as string[]).push("x")).toThrow();
    expect(() => Object.assign(duties[0]?.arguments ?? {}, { why: "x" })).toThrow();
    expect(decide(offer).rules).toEqual(["offer.deals"]);
  });

  test("can be traced to the conditions of all rules that select the request", () => {
    expect(trace(offer)).toEqual({ decision: decide(offer), conditions: expect.any(Object) });
    expect(trace(offer).conditions).toMatchObject({ "offer.deals": "true", minors: "false" });
    expect(trace({ ...offer, subject: {} }).conditions).toMatchObject({ "offer.deals": "unknown", minors: "unknown" });
    expect(trace({ ...offer, unheard: 1 })).toMatchObject({
      decision: { errors: [expect.any(String)] },
      conditions: {},
    });
  });

  test("names what is missing", () => {
    const { subject, ...rest } = offer;
    expect(decide(rest)).toMatchObject({ decision: "deny", rules: ["minors"], missing: ["subject.age"] });
    expect(decide({ ...offer, consents: null, subject: { age: 34 } }).missing).toEqual(["consents"]);
  });

  test("tells when to try again, where quiet alone denies", () => {
    const night = { ...offer, facts: { ...offer.facts, local_time: "23:30" } };
    expect(decide(night)).toMatchObject({ decision: "deny", rules: ["sms.quiet"], retryAfter: (30 + 7 * 60 + 1) * 60 });
    expect(decide({ ...night, consents: [] }).retryAfter).toBeNull();
  });

  test("is denied by default outside the interaction's bounds, and no rule is asked", () => {
    expect(decide({ ...offer, purpose: "care" })).toMatchObject({ decision: "deny", rules: [], missing: [] });
  });

  test("of several pieces is the denial of those that are denied", () => {
    const data = ["bookings.email", { field: "profile.segment", age: "40 days" }];
    const { "data.age": _, ...facts } = offer.facts;
    const decision = decide({ ...offer, data: ["bookings.email", "profile.segment"] });
    expect(decision.decision).toBe("allow");
    expect(decide({ ...offer, data, facts })).toMatchObject({ rules: ["bookings.keep", "profile.keep"] });
  });

  test("depends on the precision that is asked for", () => {
    const home = { ...offer, interaction: "greeting", purpose: "care", channel: "desk", data: "bookings.home" };
    expect(decide({ ...home, precision: "city" })).toMatchObject({ decision: "allow", precision: "city" });
    expect(decide(home).decision).toBe("deny");
    expect(decide({ ...home, precision: "exact" }).decision).toBe("deny");
  });
});

describe("a request", () => {
  test.each([
    [{ ...offer, surprise: 1 }, "`surprise` is no key of a request."],
    [{ ...offer, recipent: "staff" }, "`recipent` is no key of a request."],
    [{ ...offer, data: "bookings.emial" }, "There is no field `bookings.emial`."],
    [{ ...offer, data: [] }, "`data` is empty."],
    [{ ...offer, purpose: undefined }, "`purpose` is missing."],
    [{ ...offer, channel: 7 }, "`channel` is a name, in a string."],
    [{ ...offer, operation: "peek" }, "There is no operation `peek`."],
    [{ ...offer, interaction: "__proto__" }, "There is no interaction `__proto__`."],
    [{ ...offer, data: "constructor" }, "There is no field `constructor`."],
    [{ ...offer, with: "bookings.seat" }, "`with` belongs to the operation `combine` alone."],
    [{ ...offer, operation: "combine" }, "`combine` needs `with`: the field that the data is joined with."],
    [{ ...offer, recipient: "staff" }, "The channel does not reach `staff`."],
    [{ ...offer, precision: "city" }, "None of the data has the precision `city`."],
    [{ ...offer, subject: [] }, "`subject` is an object."],
    [{ ...offer, subject: { agee: 3 } }, "`agee` is no key of subject."],
    [
      { ...offer, data: { field: "bookings.email", age: 3 } },
      "The age is one for all, as the fact `data.age`, or each piece has its own; here are both.",
    ],
    ["use", "A request is a JSON object."],
  ])("%# with a fault is denied and told so", (request, message) => {
    expect(decide(request)).toMatchObject({ decision: "deny", rules: [], because: [], errors: [message] });
    expect(reference.decide(request).errors).not.toEqual([]);
  });

  test("`__proto__` as a key of its own is just an undeclared one", () => {
    const request = JSON.parse(JSON.stringify(offer).replace('"subject":{', '"subject":{"__proto__":{"age":40},'));
    expect(decide(request).errors).toHaveLength(1);
  });

  test("a bad value is unknown, and that is no error", () => {
    for (const age of ["34", 34.5, 131, -1, {}, [34], Number.NaN])
      expect(decide({ ...offer, subject: { age } })).toMatchObject({
        missing: ["subject.age"],
        errors: [],
      });
  });

  test("one malformed consent makes the list unknown", () => {
    for (const more of [
      { purpose: "marketing" },
      { purpose: "x", channel: "any" },
      { ...offer.consents[0], by: 1 },
      7,
    ]) {
      expect(decide({ ...offer, consents: [...offer.consents, more] }).missing).toContain("consents");
    }
  });

  test("names may be qualified", () => {
    const data = "airline.know_me.bookings.email";
    const request = { ...offer, data, purpose: "airline.know_me.marketing", interaction: "airline.know_me.offer" };
    expect(decide(request).decision).toBe("allow");
  });
});

describe("whatever comes", () => {
  const throwing = (key: string, within: object) =>
    Object.defineProperty({ ...within }, key, {
      enumerable: true,
      get: () => {
        throw new Error("no");
      },
    });

  test("getters that throw deny", () => {
    for (const key of Object.keys(offer)) {
      expect(decide(throwing(key, offer))).toMatchObject({
        decision: "deny",
        errors: ["The request could not be read."],
      });
    }
    expect(decide({ ...offer, subject: throwing("age", {}) }).errors).toHaveLength(1);
    expect(decide({ ...offer, consents: [throwing("purpose", {})] }).errors).toHaveLength(1);
    expect(decide(offer).decision).toBe("allow");
  });

  test("what a request that threw had said does not count for the next", () => {
    expect(decide({ ...offer, subject: throwing("region", { age: 34 }) }).errors).toHaveLength(1);
    const { subject, ...rest } = offer;
    expect(decide(rest).missing).toEqual(["subject.age"]);
  });

  test("a getter is asked once", () => {
    let asked = 0;
    const subject = Object.defineProperty({}, "age", { enumerable: true, get: () => (asked++ === 0 ? 34 : 12) });
    expect(decide({ ...offer, subject }).decision).toBe("allow");
    expect(asked).toBe(1);
  });

  test("a getter that asks the same guard gets its answer, and disturbs nothing", () => {
    const young = { ...offer, id: "inner", subject: { age: 7 }, facts: {} };
    let inner: unknown;
    const facts = Object.defineProperty({ ...offer.facts }, "opened", {
      enumerable: true,
      get: () => {
        inner = decide(young);
        return null;
      },
    });
    expect(decide({ ...offer, facts })).toMatchObject({ id: "r1", decision: "allow" });
    expect(inner).toMatchObject({ id: "inner", decision: "deny" });
  });

  test("keys that somebody gave to every object do not count", () => {
    const { consents, ...rest } = offer;
    const everything = Object.prototype as { consents?: unknown; explicit?: unknown };
    try {
      everything.consents = consents;
      expect(decide(rest)).toMatchObject({ decision: "deny", errors: [] });
      expect(decide(offer).decision).toBe("allow");
    } finally {
      delete everything.consents;
    }
  });

  test("a proxy, an object without a prototype and a frozen one are objects too", () => {
    expect(decide(new Proxy({ ...offer }, {})).decision).toBe("allow");
    expect(decide(Object.assign(Object.create(null), offer)).decision).toBe("allow");
    expect(decide(Object.freeze({ ...offer })).decision).toBe("allow");
  });

  test("nothing throws, and nothing strange is allowed", () => {
    const keys = fc.constantFrom(...Object.keys(offer), "with", "recipient", "precision");
    const strange = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSparseArray: true,
      withNullPrototype: true,
    });
    fc.assert(
      fc.property(keys, strange, (key, value) => {
        const request = { ...offer, [key]: value };
        const decision = decide(request);
        const wanted = reference.decide(request);
        expect({ ...decision, errors: decision.errors.length > 0 }).toEqual({
          ...wanted,
          errors: wanted.errors.length > 0,
        });
      }),
      { numRuns: 2_000, seed: 7 },
    );
    fc.assert(
      fc.property(strange, (request) => {
        expect(decide(request).decision).toBe("deny");
      }),
      { seed: 7 },
    );
  });
});

test("two guards of one model keep apart", () => {
  const other = instantiate(model);
  expect(other.decide({ ...offer, subject: { age: 7 } }).decision).toBe("deny");
  expect(decide(offer).decision).toBe("allow");
});
