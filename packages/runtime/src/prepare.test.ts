import { expect, test } from "vitest";
import { guardOfDesk } from "./enforce/fixtures/desk.ts";

const core = guardOfDesk();
const act = { interaction: "offer", operation: "use", data: "bookings.seat", purpose: "marketing", channel: "mail" };
const known = {
  subject: { age: 34, name: "Ada", constructor: "odd" },
  facts: { local_time: "10:00" },
  consents: [{ purpose: "marketing", channel: "any" }],
  objections: [],
  dataAge: "2 years",
};

test("a prepared check says what `decide` would", () => {
  const check = core.prepare(act);
  expect(check(known)).toBe(true);
  expect(check({ ...known, subject: { age: 12 } })).toBe(false);
  expect(check({ ...known, facts: { local_time: "22:00" } })).toBe(false);
  expect(check({ ...known, dataAge: "4 years" })).toBe(false);
  expect(check({ ...known, consents: [] })).toBe(false);
  expect(check({ ...known, objections: [{ purpose: "any", channel: "mail" }] })).toBe(false);
  expect(check(known)).toBe(true);
});

test("what is left out is unknown, and nothing of it is left from before", () => {
  const check = core.prepare(act);
  for (const key of Object.keys(known) as (keyof typeof known)[]) {
    const { [key]: _, ...rest } = known;
    expect(check(known)).toBe(true);
    expect(check(rest)).toBe(false);
  }
});

test("consents and objections of one do not count for the next, however many there were", () => {
  const check = core.prepare(act);
  const consent = { purpose: "marketing", channel: "any" };
  const objection = { purpose: "any", channel: "mail" };
  for (const count of [1, 3, 1_000]) {
    const many = { ...known, consents: Array(count).fill(consent), objections: Array(count).fill(objection) };
    expect(check({ ...many, objections: [] })).toBe(true);
    expect(check(many)).toBe(false);
    expect(check(known)).toBe(true);
    expect(check({ ...known, consents: [] })).toBe(false);
    expect(check({ ...known, consents: [...many.consents, { purpose: "marketing" }] })).toBe(false);
    expect(check({ ...known, consents: [{ ...consent, channel: "desk" }] })).toBe(false);
  }
});

test("several pieces are checked together, and pairs too", () => {
  const both = core.prepare({ ...act, data: ["bookings.seat", "people.email"] });
  expect(both(known)).toBe(true);
  expect(both({ ...known, dataAge: "9 years" })).toBe(false);
  const pair = {
    interaction: "greeting",
    operation: "combine",
    data: "bookings.seat",
    with: "people.email",
    purpose: "care",
    channel: "desk",
  };
  expect(core.prepare(pair)(known)).toBe(false);
});

test("an act with an unknown name is refused when it is prepared", () => {
  expect(() => core.prepare({ ...act, data: "bookings.seet" })).toThrow("There is no field `bookings.seet`.");
  expect(() => core.prepare({ ...act, channel: "fax" })).toThrow(TypeError);
});

test("whatever is given, a check does not throw", () => {
  const check = core.prepare(act);
  const throwing = Object.defineProperty({ ...known }, "subject", {
    get: () => {
      throw new Error("no");
    },
  });
  for (const odd of [
    null,
    undefined,
    7,
    "x",
    throwing,
    new Proxy(
      {},
      {
        get: () => {
          throw new Error("no");
        },
      },
    ),
  ])
    expect(check(odd as never)).toBe(false);
  expect(check({ ...known, consents: Object.assign([], { length: 4e9 }) })).toBe(false);
  expect(check(known)).toBe(true);
});

test("a getter that asks the guard gets an answer, and disturbs nothing", () => {
  const check = core.prepare(act);
  const young = { ...known, subject: { age: 7 } };
  const inner: boolean[] = [];
  const consents = [
    {
      channel: "any",
      get purpose() {
        inner.push(check(young), check(known), core.decide({}).decision === "allow");
        return "marketing";
      },
    },
  ];
  expect(check({ ...known, consents })).toBe(true);
  expect(inner).toEqual([false, true, false]);
});

test("a check that a getter prepares is one like others, and disturbs nothing", () => {
  let inner: boolean | undefined;
  const consents = [
    {
      channel: "any",
      get purpose() {
        inner = core.prepare({ ...act, data: ["people.email", "bookings.seat"] })({ ...known, consents: [] });
        return "marketing";
      },
    },
  ];
  const check = core.prepare(act);
  expect(check({ ...known, consents })).toBe(true);
  expect(inner).toBe(false);
  expect(check(known)).toBe(true);
});

test("keys that somebody gave to every object do not count", () => {
  const check = core.prepare(act);
  const everything = Object.prototype as { age?: number; consents?: unknown; by?: number };
  const { consents, ...rest } = known;
  try {
    Object.assign(everything, { age: 34, consents, by: 1 });
    expect(check({ ...known, subject: {} })).toBe(false);
    expect(check(rest)).toBe(false);
    expect(check({})).toBe(false);
    expect(check(known)).toBe(true);
  } finally {
    delete everything.age;
    delete everything.consents;
    delete everything.by;
  }
});

test("nor do those that no loop comes by, each by itself", () => {
  const check = core.prepare(act);
  const { consents, dataAge, ...rest } = known;
  const cases = [
    ["age", 34, { ...known, subject: {} }],
    ["consents", consents, { ...rest, dataAge }],
    ["dataAge", dataAge, { ...rest, consents }],
  ] as const;
  for (const [key, value, without] of cases) {
    Object.defineProperty(Object.prototype, key, { value, configurable: true, writable: true });
    try {
      expect(check(without)).toBe(false);
      expect(check(known)).toBe(true);
    } finally {
      delete (Object.prototype as Record<string, unknown>)[key];
    }
  }
});

test("an act stays what it was when it was prepared, whatever becomes of the object", () => {
  const data = ["people.email"];
  const check = core.prepare({ ...act, data });
  data[0] = "bookings.seat";
  const inner: boolean[] = [];
  const subject = {
    get age() {
      // Prepared anew for those who come while somebody is on the way.
      inner.push(check({ ...known, dataAge: "9 years" }));
      return 34;
    },
  };
  expect(check({ ...known, subject })).toBe(true);
  expect(inner).toEqual([true]);
});

test("an act that cannot be read is refused when it is prepared", () => {
  const throwing = {
    ...act,
    get data(): string {
      throw new Error("no");
    },
  };
  expect(() => core.prepare(throwing)).toThrow("The request could not be read.");
});
