import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { desk, morning } from "./fixtures/desk.ts";
import {
  type AuditEntry,
  type AuditTrail,
  dated,
  InMemoryAudit,
  InMemoryLimits,
  InMemoryPermissions,
  type LimitStore,
  type PermissionStore,
} from "./index.ts";

/** Stores of which any method can be made to fail. */
class Stores {
  readonly permissions = new InMemoryPermissions();
  readonly limits = new InMemoryLimits();
  readonly audit = new InMemoryAudit();
  /** Called before each method, with its name; for entries, with their outcome. */
  before: (what: string) => void = () => {};

  get failing() {
    const permissions: PermissionStore = {
      read: async (subject) => {
        this.before("read");
        return this.permissions.read(subject);
      },
    };
    const limits: LimitStore = {
      reserve: async (request) => {
        this.before("reserve");
        return this.limits.reserve(request);
      },
      commit: async (reservation) => {
        this.before("commit");
        return this.limits.commit(reservation);
      },
      release: async (reservation) => {
        this.before("release");
        return this.limits.release(reservation);
      },
      spent: (...given) => this.limits.spent(...given),
      forget: (subject) => this.limits.forget(subject),
    };
    const audit: AuditTrail = {
      append: async (entry: AuditEntry) => {
        this.before(entry.outcome);
        return this.audit.append(entry);
      },
    };
    return { permissions, limits, audit };
  }
}

const knowMe = desk();
const call = { subject: "p1", on: "mail", facts: { local_time: "10:00" }, key: "job-1" } as const;
const loaders = { "bookings.seat": async () => dated("12A", new Date("2025-02-01")) };
const now = () => new Date(morning);
let stores: Stores;
let note = vi.fn<() => void>();
let send = vi.fn<() => string>();

const make = (subject: (id: string) => { age: number } | undefined = () => ({ age: 34 })) =>
  knowMe({ stores: stores.failing, subject, duties: { note }, now });
const spent = () => stores.limits.spent("airline.desk/offer.enough p1", 7 * 86_400, now().getTime());
const outcomes = () => stores.audit.entries.map(({ outcome }) => outcome);
/** Has one method fail from now on. */
const fail = (...what: string[]) => {
  stores.before = (name) => {
    if (what.includes(name)) throw new Error(`${name} is down`);
  };
};

beforeEach(() => {
  stores = new Stores();
  note = vi.fn();
  send = vi.fn(() => "sent");
  return stores.permissions.give("p1", { purpose: "marketing", channel: "any" });
});

describe("nothing is done, and nothing counts,", () => {
  test("when consents cannot be read", async () => {
    fail("read");
    const out = await make().offer.act(call, loaders, send);
    expect(out).toMatchObject({ done: false, denial: { reason: "unavailable", missing: ["consents", "objections"] } });
    expect(out).toMatchObject({
      denial: { because: expect.arrayContaining(["What tells of `consents`, `objections` does not answer."]) },
    });
    expect(outcomes()).toEqual(["failed"]);
  });

  test("when the person cannot be read", async () => {
    const broken = make(() => {
      throw new Error("no database");
    });
    expect(await broken.offer.act(call, loaders, send)).toMatchObject({
      denial: { reason: "unavailable", missing: ["subject.age"] },
    });
  });

  test("when nobody knows the person, which is no failure", async () => {
    expect(await make(() => undefined).offer.act(call, loaders, send)).toMatchObject({
      denial: { reason: "policy", missing: ["subject.age"] },
    });
  });

  test("when consents cannot be read, and are not what stands in the way", async () => {
    fail("read");
    const child = make(() => ({ age: 12 }));
    expect(await child.offer.act(call, loaders, send)).toMatchObject({ denial: { reason: "policy", missing: [] } });
  });

  test("when the store that counts does not answer", async () => {
    fail("reserve");
    const load = vi.fn(() => dated("12A", new Date("2025-02-01")));
    expect(await make().offer.act(call, { "bookings.seat": load }, send)).toMatchObject({
      denial: { reason: "unavailable" },
    });
    expect(load).not.toHaveBeenCalled();
  });

  test("when the audit trail does not answer", async () => {
    fail("begun");
    expect(await make().offer.act(call, loaders, send)).toMatchObject({ denial: { reason: "unavailable" } });
  });

  test("when a loader throws: the error reaches whoever called", async () => {
    const load = async (): Promise<string> => {
      throw new RangeError("no such seat");
    };
    await expect(make().offer.act(call, { "bookings.seat": load }, send)).rejects.toThrow("no such seat");
    expect(outcomes()).toEqual(["failed"]);
  });

  test("when the date of what was loaded turns it into a denial", async () => {
    const old = { "bookings.seat": () => dated("12A", new Date("2020-01-01")) };
    expect(await make().offer.act(call, old, send)).toMatchObject({ denial: { rules: ["bookings.keep"] } });
    expect(outcomes()).toEqual(["withheld"]);
  });

  test("when the data comes without the date that the answer hangs on, or with one still to come", async () => {
    for (const since of ["2031-01-01", "someday", null]) {
      const load = { "bookings.seat": () => dated("12A", since) };
      expect(await make().offer.act(call, load, send)).toMatchObject({ denial: { missing: ["data.age"] } });
    }
    expect(await make().offer.act(call, { "bookings.seat": () => "12A" }, send)).toMatchObject({ done: false });
  });

  test("when a limit counts by person and there is none", async () => {
    const act = { on: "desk", operation: "disclose", subject: null, key: "k" } as const;
    const out = await make().greeting.act(act, loaders, send);
    expect(out).toMatchObject({ denial: { reason: "uncountable", rules: ["greeting.spoken"] } });
  });

  test("when there is no key to know a repetition by", async () => {
    const { key: _, ...keyless } = call;
    const out = await make().offer.act(keyless as typeof call, loaders, send);
    expect(out).toMatchObject({ denial: { unkeyed: true, because: [expect.stringContaining("`key` is missing")] } });
    const empty = await make().offer.act({ ...call, key: "" }, loaders, send);
    expect(empty).toMatchObject({ denial: { unkeyed: true, because: [expect.stringContaining("`key` is the")] } });
    const nobody = await make().offer.act({ ...call, key: "", subject: "" }, loaders, send);
    expect(nobody).toMatchObject({ denial: { reason: "policy" } });
    expect(nobody).not.toHaveProperty("denial.unkeyed");
  });

  test("even when releasing fails as well: what is held goes on counting", async () => {
    fail("begun", "release");
    expect(await make().offer.act(call, loaders, send)).toMatchObject({ done: false });
    expect(await spent()).toBe(1);
    await stores.limits.release("1");
  });

  // What all of them have in common.
  afterEach(async () => {
    expect(send).not.toHaveBeenCalled();
    expect(note).not.toHaveBeenCalled();
    expect(await spent()).toBe(0);
  });
});

test("an act whose key is held by one under way is not done", async () => {
  const guard = make();
  let inner: unknown;
  await guard.offer.act(call, loaders, async () => {
    inner = await guard.offer.act(call, loaders, send);
  });
  expect(inner).toMatchObject({ done: false, denial: { reason: "repeated", earlier: "unsettled" } });
});

test("an action that throws frees what was held, and the same key may be tried again", async () => {
  const guard = make();
  send.mockImplementationOnce(() => {
    throw new Error("no connection");
  });
  await expect(guard.offer.act(call, loaders, send)).rejects.toThrow("no connection");
  expect(await spent()).toBe(0);
  expect(await guard.offer.act(call, loaders, send)).toMatchObject({ done: true, value: "sent" });
  expect(outcomes()).toEqual(["begun", "failed", "begun", "done"]);
});

test("a duty that throws leaves what was done to be counted, and not to be done again", async () => {
  const guard = make();
  note.mockImplementationOnce(() => {
    throw new Error("the ledger is closed");
  });
  await expect(guard.offer.act(call, loaders, send)).rejects.toThrow("the ledger is closed");
  expect(await spent()).toBe(1);
  expect(await guard.offer.act(call, loaders, send)).toMatchObject({ denial: { reason: "repeated", earlier: "done" } });
  expect(send).toHaveBeenCalledTimes(1);
  expect(outcomes()).toEqual(["begun", "failed", "repeated"]);
});

test("what was done is said to be done where the stores fail afterwards, and goes on counting", async () => {
  fail("commit", "done");
  const out = await make().offer.act(call, loaders, send);
  expect(out).toMatchObject({
    done: true,
    value: "sent",
    problems: [{ message: "commit is down" }, { message: "done is down" }],
  });
  expect(await spent()).toBe(1);
  expect(outcomes()).toEqual(["begun"]);
});

test("consents are read anew for each act", async () => {
  const guard = make();
  expect(await guard.offer.act(call, loaders, send)).toMatchObject({ done: true });
  await stores.permissions.withdraw("p1", { purpose: "marketing", channel: "any" });
  expect(await guard.offer.act({ ...call, key: "job-2" }, loaders, send)).toMatchObject({ done: false });
});

test("twenty acts at once are no more than the limit grants", async () => {
  const guard = make();
  const acts = Array.from({ length: 20 }, (_, i) => guard.offer.act({ ...call, key: `k${i}` }, loaders, send));
  expect((await Promise.all(acts)).filter(({ done }) => done)).toHaveLength(2);
  expect(send).toHaveBeenCalledTimes(2);
});

test("the audit trail holds names, and nothing of whom or what", async () => {
  await make().offer.act(call, loaders, send);
  const text = JSON.stringify(stores.audit.entries);
  for (const value of ["p1", "job-1", "12A", "10:00", "34"]) expect(text).not.toContain(`"${value}"`);
  expect(stores.audit.entries[0]).toMatchObject({
    policy: "airline.desk",
    interaction: "offer",
    data: ["bookings.seat"],
    limits: ["offer.enough"],
    duties: ["note"],
    conditions: { "offer.deals": "true", "bookings.keep": "false" },
    subject: expect.stringMatching(/^hmac:[0-9a-f]{8}:[0-9a-f]{64}$/),
  });
});

test("a guard is not made without what it needs", () => {
  const { failing } = stores;
  const subject = () => undefined;
  expect(() => knowMe({ stores: failing, subject } as never)).toThrow("needs `duties.note`");
  expect(() => knowMe({ stores: failing, duties: { note } } as never)).toThrow("needs `subject`");
  expect(() => knowMe({ stores: { ...failing, audit: undefined }, subject, duties: { note } } as never)).toThrow(
    "`stores.audit`",
  );
});
