import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { desk, world } from "./fixtures/desk.ts";
import { dated } from "./index.ts";

/** What a request may bring where an application passes it on: nobody's types hold here. */
// biome-ignore lint/suspicious/noExplicitAny: that is the point
type Anything = any;

const guardOf = () => desk().inMemory(world) as Anything;
const call = { subject: "p1", on: "mail", facts: { local_time: "10:00", "data.age": 60 }, key: "k" };
const load = vi.fn(() => dated("12A", "2025-12-01"));
const action = vi.fn();
let guard = guardOf();
beforeEach(() => {
  guard = guardOf();
  load.mockClear();
  action.mockClear();
});

const throwing = (key: string, within: object) =>
  Object.defineProperty({ ...within }, key, {
    enumerable: true,
    get: () => {
      throw new Error("no");
    },
  });
const trap = () => {
  throw new Error("no");
};
const cyclic: Record<string, unknown> = {};
cyclic.self = cyclic;
const huge = "x".repeat(1_000_000);

/** Calls of which nothing may come. */
const calls: readonly (readonly [what: string, call: unknown])[] = [
  ["nothing", undefined],
  ["null", null],
  ["a text", "call"],
  ["a list", [call]],
  ["a key that calls do not have", { ...call, surprise: 1 }],
  ["`__proto__` as a key of its own", JSON.parse(JSON.stringify(call).replace("{", '{"__proto__":{"subject":"p1"},'))],
  ["`__proto__` among the facts", { ...call, facts: JSON.parse('{"__proto__":{"local_time":"10:00"}}') }],
  ["keys that are inherited", Object.create(call)],
  ["a channel that every object has", { ...call, on: "constructor" }],
  ["a purpose that every object has", { ...call, for: "__proto__" }],
  ["a channel that is no text", { ...call, on: { toString: () => "mail" } }],
  ["a list of channels", { ...call, on: ["mail"] }],
  ["a subject that is no text", { ...call, subject: { toString: () => "p1" } }],
  ["an empty subject", { ...call, subject: "" }],
  ["a huge subject", { ...call, subject: huge }],
  ["a huge channel", { ...call, on: huge }],
  ["a huge fact", { ...call, facts: { local_time: huge } }],
  ["a getter that throws", throwing("on", call)],
  ["a fact that throws", { ...call, facts: throwing("local_time", {}) }],
  ["a proxy that throws", new Proxy(call, { get: trap })],
  ["a proxy that does not say its keys", new Proxy(call, { ownKeys: trap })],
  ["facts that are a list", { ...call, facts: ["10:00"] }],
  ["facts in a cycle", { ...call, facts: cyclic }],
  ["a time that is none", { ...call, facts: { local_time: Number.NaN } }],
  ["a time that is a sparse list", { ...call, facts: { local_time: Object.assign([], { length: 2 ** 32 - 1 }) } }],
  ["an age that is none", { ...call, facts: { local_time: "10:00", "data.age": Number.NaN } }],
];

describe.each(calls)("%s", (_, hostile) => {
  test("is denied by everything, and loads nothing", async () => {
    const loader = { "bookings.seat": load };
    const { offer } = guard;
    expect(await offer.act(hostile, loader, action)).toMatchObject({ done: false, denial: { reason: "policy" } });
    expect((await offer.show(hostile, loader)).values).toEqual({});
    expect((await offer.minimize(hostile, { "bookings.seat": "12A" })).values).toEqual({});
    expect(await offer.decide(hostile, ["bookings.seat"])).toMatchObject({ decision: "deny" });
    expect(await offer.preview(hostile, ["bookings.seat"])).toBe("no");
    await expect(offer.assert(hostile, ["bookings.seat"])).rejects.toThrow("is denied");
    expect(load).not.toHaveBeenCalled();
  });
});

/** Lists of fields of which nothing may come. */
const lists: readonly (readonly [what: string, fields: unknown])[] = [
  ["nothing", undefined],
  ["no fields", []],
  ["a name that every object has", ["__proto__"]],
  ["a field beside one that there is not", ["bookings.seat", "constructor"]],
  ["a text", "bookings.seat"],
  ["an object like a list", { 0: "bookings.seat", length: 1 }],
  ["a sparse list", Object.assign([], { length: 3 })],
  ["a list without end", Object.assign([], { length: 2 ** 32 - 1 })],
  ["an element that throws", Object.defineProperty(["x"], 0, { get: trap })],
  ["a proxy", new Proxy(["bookings.seat"], { get: trap })],
  ["a huge name", [huge]],
  ["fields in objects", [{ field: "bookings.seat", age: 0 }]],
];

test.each(lists)("%s for a list of fields is denied", async (_, fields) => {
  expect(await guard.offer.decide(call, fields)).toMatchObject({ decision: "deny", errors: [expect.any(String)] });
  expect(await guard.offer.preview(call, fields)).toBe("no");
  const denied = await guard.offer.assert(call, fields).catch((error: Error) => error);
  expect(denied.name).toBe("PolicyViolation");
  expect(denied.message.length).toBeLessThan(200);
});

describe("names from a request, as keys", () => {
  const strange = ["__proto__", "constructor", "toString", "bookings.seat\u0000", huge];

  test("load nothing", async () => {
    const loaders = Object.fromEntries(strange.map((name) => [name, load]));
    const { values, withheld } = await guard.greeting.show({ subject: "p1", on: "desk" }, loaders);
    expect(Object.keys(values)).toEqual([]);
    expect(Object.keys(withheld)).toHaveLength(strange.length);
    expect(await guard.offer.act(call, { ...loaders, "bookings.seat": load }, action)).toMatchObject({ done: false });
    expect(load).not.toHaveBeenCalled();
  });

  test("name no interaction", () => {
    for (const name of strange) expect(guard[name]).toBeUndefined();
    const plain = desk()({ stores: guard.stores, subject: () => null, duties: { note: () => {} } }) as Anything;
    for (const name of strange) expect(plain[name]).toBeUndefined();
  });

  test("are dropped from a profile, and nothing of every object is changed", async () => {
    const profile = JSON.parse(
      '{"__proto__":{"admin":true},"constructor":1,"bookings.seat":"12A","people":{"email":"a@b"}}',
    );
    const at = { subject: "p1", on: "desk", operation: "disclose", facts: { "data.age": 60 } };
    const { values } = await guard.greeting.minimize(at, profile);
    expect(Object.entries(values)).toEqual([["bookings.seat", "12A"]]);
    expect(Object.getPrototypeOf(values)).toBeNull();
    expect(({} as Anything).admin).toBeUndefined();
  });
});

test.each([
  ["no profile", null],
  ["a getter that throws", throwing("bookings.seat", {})],
  ["a proxy that throws", new Proxy({}, { ownKeys: trap })],
])("of %s nothing is left", async (_, profile) => {
  const at = { subject: "p1", on: "desk", operation: "disclose", facts: { "data.age": 60 } };
  expect((await guard.greeting.minimize(at, profile)).values).toEqual({});
});

test("what a getter says the second time does not count", async () => {
  let asked = 0;
  const facts = Object.defineProperty({ "data.age": 60 }, "local_time", {
    enumerable: true,
    get: () => (asked++ === 0 ? "22:00" : "10:00"),
  });
  expect(await guard.offer.act({ ...call, facts }, { "bookings.seat": load }, action)).toMatchObject({
    done: false,
    denial: { rules: ["mail.quiet"] },
  });
  expect(asked).toBe(1);
  const channels = ["desk", "mail"];
  const turning = Object.defineProperty({ ...call }, "on", { enumerable: true, get: () => channels.shift() ?? "mail" });
  expect(await guard.offer.act(turning, { "bookings.seat": load }, action)).toMatchObject({ done: false });
});

test("what the stores or the application answer out of line is unknown", async () => {
  const { stores } = guard;
  const answers = [null, 7, { consents: "all", objections: [] }, throwing("consents", { objections: [] }), cyclic];
  for (const answer of answers) {
    const permissions = { read: async () => answer as never };
    const plain = desk()({
      stores: { ...stores, permissions },
      subject: () => ({ age: 34 }),
      duties: { note: () => {} },
    });
    expect(await plain.offer.preview(call as Anything, ["bookings.seat"])).toBe("no");
    expect(await plain.offer.act(call as Anything, { "bookings.seat": load }, action)).toMatchObject({ done: false });
  }
  for (const person of [7, throwing("age", {}), new Proxy({}, { get: trap }), { age: Number.NaN }, cyclic]) {
    const plain = desk()({ stores, subject: () => person as never, duties: { note: () => {} } });
    expect(await plain.offer.preview(call as Anything, ["bookings.seat"])).toBe("no");
  }
});

test("whatever a call is, nothing throws and nothing is done", async () => {
  const strange = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSparseArray: true,
    withNullPrototype: true,
  });
  const keys = fc.constantFrom("subject", "on", "facts", "with", "operation", "key", "for", "at", "to");
  await fc.assert(
    fc.asyncProperty(keys, strange, strange, async (key, value, whole) => {
      const before = action.mock.calls.length;
      // A person whom nobody knows consents to nothing, and nothing may be offered.
      const base = { ...call, subject: "p3" };
      for (const one of [{ ...base, [key]: value }, whole]) {
        expect(await guard.offer.act(one, { "bookings.seat": load }, action)).toMatchObject({ done: false });
        expect(await guard.offer.preview(one, ["bookings.seat"])).toBe("no");
      }
      expect(action).toHaveBeenCalledTimes(before);
    }),
    { numRuns: 150, seed: 11 },
  );
});

afterEach(() => expect(action).not.toHaveBeenCalled());
