import { describe, expect, test, vi } from "vitest";
import { desk, morning, world } from "./fixtures/desk.ts";
import { type Denial, dated, type Observer, PolicyViolation, seal } from "./index.ts";

const knowMe = desk();
const atDesk = { subject: "p1", on: "desk" } as const;
const seat = () => dated("12A", new Date("2025-02-01"));
const ofAnotherCopy = async () => {
  vi.resetModules();
  return import("./index.ts");
};
const home = () => dated({ street: "Ring 1", city: "Vienna", country: "AT" }, new Date("2025-02-01"));

describe("show", () => {
  test("gives each field that is allowed, and says why others are not", async () => {
    const guard = knowMe.inMemory(world);
    const shown = await guard.greeting.show(
      { ...atDesk, at: "country" },
      { "bookings.seat": seat, "bookings.home": home },
    );
    expect(shown.values).toEqual({ "bookings.seat": "12A", "bookings.home": home().value });
    expect(shown.precision).toEqual({ "bookings.home": "country" });
    const fine = await guard.greeting.show(atDesk, { "bookings.home": home });
    expect(fine.values).toEqual({});
    expect(fine.withheld["bookings.home"]).toMatchObject({ reason: "policy", because: ["No rule allows this."] });
  });

  test("does not load what no age would allow, and withholds what turned out too old", async () => {
    const guard = knowMe.inMemory(world);
    const fine = vi.fn(home);
    const old = vi.fn(() => dated("12A", "2020-01-01"));
    const { values, withheld } = await guard.greeting.show(atDesk, { "bookings.home": fine, "bookings.seat": old });
    expect(fine).not.toHaveBeenCalled();
    expect(old).toHaveBeenCalledTimes(1);
    expect(values).toEqual({});
    expect(withheld["bookings.seat"]?.rules).toEqual(["bookings.keep"]);
  });

  test("loads what may only be used once it is old enough", async () => {
    const guard = knowMe.inMemory(world);
    const act = (since: string) =>
      guard.greeting.act(
        { ...atDesk, operation: "use", key: since },
        { "complaints.complaint": () => dated("cold soup", since) },
        ({ "complaints.complaint": complaint }) => complaint,
      );
    expect(await act("2024-09-01")).toMatchObject({ done: true, value: "cold soup" });
    expect(await act("2025-12-01")).toMatchObject({ done: false, denial: { reason: "policy" } });
    expect(await act("2021-12-01")).toMatchObject({ done: false, denial: { rules: ["complaints.keep"] } });
  });

  test("counts once for all fields, writes one entry for those decided alike, and withholds what is spent", async () => {
    const guard = knowMe.inMemory(world);
    for (const count of [1, 2, 3]) {
      const { receipts } = await guard.greeting.show(atDesk, { "bookings.seat": seat });
      expect(receipts).toHaveLength(1);
      expect(await guard.spent("greeting.spoken", "p1")).toBe(count);
    }
    const { values, withheld } = await guard.greeting.show(
      { ...atDesk, at: "country" },
      { "bookings.seat": seat, "bookings.home": home },
    );
    expect(Object.keys(values)).toEqual(["bookings.home"]);
    expect(withheld["bookings.seat"]).toMatchObject({
      reason: "limit",
      rules: ["greeting.spoken"],
      retryAfter: 86_400,
    });
    expect(guard.entries.at(-1)).toMatchObject({ outcome: "exhausted", data: ["bookings.seat"] });
  });

  test("hands out nothing where a loader throws, and nothing counts", async () => {
    const guard = knowMe.inMemory(world);
    const broken = async (): Promise<string> => {
      throw new Error("no database");
    };
    await expect(guard.greeting.show(atDesk, { "bookings.seat": broken })).rejects.toThrow("no database");
    expect(await guard.spent("greeting.spoken", "p1")).toBe(0);
    expect(guard.entries).toMatchObject([{ outcome: "failed" }]);
  });
});

describe("minimize", () => {
  const generalise = { "bookings.home": { country: ({ country }: { country: string }) => country } };
  const profile = {
    "bookings.seat": dated("12A", "2025-02-01"),
    "bookings.home": home(),
    "people.email": "a@b",
    more: 1,
  };

  test("leaves what is allowed, at the finest level that is", async () => {
    const guard = knowMe.inMemory({ ...world, generalise });
    const { values, withheld, precision } = await guard.greeting.minimize(
      { ...atDesk, operation: "disclose" },
      profile,
    );
    expect(values).toEqual({ "bookings.seat": "12A", "bookings.home": "AT" });
    expect(precision).toEqual({ "bookings.home": "country" });
    expect(Object.keys(withheld).sort()).toEqual(["more", "people.email"]);
  });

  test("leaves out what nothing makes coarse enough", async () => {
    const guard = knowMe.inMemory(world);
    const { values, withheld } = await guard.greeting.minimize({ ...atDesk, operation: "disclose" }, profile);
    expect(values).toEqual({ "bookings.seat": "12A" });
    expect(withheld).toMatchObject({ "bookings.home": { reason: "imprecise" } });
  });
});

describe("of a profile of which one value cannot be opened, minimize leaves the others and says why,", () => {
  const given = { ...atDesk, at: "country", operation: "disclose", facts: { "data.age": 0 } } as const;
  const generalise = { "bookings.home": { country: (same: string) => same } };
  /** @returns why the seat is withheld, where the home is not */
  const why = async (seat: PropertyDescriptor) => {
    const problems: unknown[] = [];
    const observe: Observer = async (_, run) => problems.push(...(await run()).problems);
    const guard = knowMe.inMemory({ ...world, generalise, observe });
    const profile = Object.defineProperty({ "bookings.home": "AT" }, "bookings.seat", { enumerable: true, ...seat });
    const { values, withheld } = await guard.greeting.minimize(given, profile);
    await vi.waitFor(() => expect(problems).toHaveLength(1));
    expect(values).toEqual({ "bookings.home": "AT" });
    expect(guard.entries.map(({ outcome, data }) => [outcome, data])).toEqual([
      ["done", ["bookings.home"]],
      ["failed", ["bookings.seat"]],
    ]);
    const { reason, because } = (withheld as Readonly<Record<string, Denial>>)["bookings.seat"] ?? {};
    expect(reason).toBe("unavailable");
    return because;
  };

  test("as of what was sealed for another field", async () => {
    const because = ["What was sealed for `bookings.home` was loaded as `bookings.seat`."];
    expect(await why({ value: seal("bookings.home", "AT") })).toEqual(because);
  });
  test("as of what another copy of the runtime sealed", async () => {
    const other = await ofAnotherCopy();
    const because = ["`bookings.seat` was sealed by another copy of @scruple/runtime than the guard's."];
    expect(await why({ value: other.seal("bookings.seat", "12A") })).toEqual(because);
  });
  test.each<[string, () => unknown]>([
    ["a promise that fails", () => Promise.reject(new TypeError("no row of p1"))],
    [
      "a getter that throws",
      () => {
        throw new TypeError("no row of p1");
      },
    ],
  ])("as of %s, whose words may hold anything", async (_, get) => {
    expect(await why({ get })).toEqual(["What was given as `bookings.seat` could not be read."]);
  });
});

describe("assert, decide and preview", () => {
  const letter = { subject: "p1", for: "care", on: "desk", facts: { sober: true } } as const;
  const offer = { subject: "p1", on: "mail", facts: { local_time: "10:00", "data.age": "1 day" } } as const;

  test("assert goes no further where it is denied, and names rules and fields", async () => {
    const guard = knowMe.inMemory(world);
    expect(await guard.letter.assert(letter, ["people.email"])).toMatchObject({ decision: "allow" });
    const denied = guard.letter.assert({ ...letter, facts: { sober: false } }, ["people.email"]);
    await expect(denied).rejects.toThrow(PolicyViolation);
    await expect(denied).rejects.toThrow("To use `people.email` in `letter` is denied. No rule allows this.");
    await expect(denied).rejects.toMatchObject({ decision: { decision: "deny" }, denial: { reason: "policy" } });
  });

  test("assert does not pass what only an act can count", async () => {
    const guard = knowMe.inMemory(world);
    expect(await guard.offer.decide(offer, ["bookings.seat"])).toMatchObject({
      decision: "allow",
      limits: [{ rule: "offer.enough" }],
    });
    await expect(guard.offer.assert(offer, ["bookings.seat"])).rejects.toMatchObject({
      denial: { reason: "uncountable" },
    });
  });

  test("preview advises, looks at limits, and spends and writes nothing", async () => {
    const guard = knowMe.inMemory(world);
    const ask = () => guard.offer.preview(offer, ["bookings.seat"]);
    expect(await ask()).toBe("likely");
    expect(guard.entries).toEqual([]);
    for (const key of ["a", "b"]) await guard.offer.act({ ...offer, key }, { "bookings.seat": seat }, () => {});
    expect(await ask()).toBe("no");
    guard.advance(7 * 86_400);
    expect(await ask()).toBe("likely");
    expect(await guard.offer.preview({ ...offer, subject: "p2" }, ["bookings.seat"])).toBe("no");
  });
});

describe("what is sealed", () => {
  const sealed = seal("bookings.seat", dated("12A", "2025-02-01"));

  test("is opened by a guard, as what it was sealed for", async () => {
    const guard = knowMe.inMemory(world);
    const { values } = await guard.greeting.show(atDesk, { "bookings.seat": () => sealed });
    expect(values).toEqual({ "bookings.seat": "12A" });
    // @ts-expect-error the compiler says it too
    const wrong = guard.greeting.show({ ...atDesk, at: "country" }, { "bookings.home": () => sealed });
    await expect(wrong).rejects.toThrow("What was sealed for `bookings.seat` was loaded as `bookings.home`.");
  });

  test("tells nothing else", async () => {
    const { inspect } = await import("node:util");
    const told = [
      String(sealed),
      JSON.stringify({ sealed }),
      inspect(sealed),
      `${sealed}`,
      inspect({ sealed }, { showHidden: true }),
    ];
    told.push(JSON.stringify(Object.entries(sealed)), JSON.stringify(structuredClone({ ...sealed })));
    for (const text of told) expect(text).not.toContain("12A");
  });
});

test("an observer sees names and outcomes, and what it does wrong disturbs nothing", async () => {
  const seen: unknown[] = [];
  const guard = knowMe.inMemory({
    ...world,
    observe: async (call, run) => {
      seen.push(call, await run());
      await run();
      throw new Error("an observer's own trouble");
    },
  });
  const { values } = await guard.greeting.show(atDesk, { "bookings.seat": seat });
  expect(values).toEqual({ "bookings.seat": "12A" });
  await vi.waitFor(() => expect(seen).toHaveLength(2));
  expect(seen).toMatchObject([
    { call: "show", policy: "airline.desk", interaction: "greeting", operation: "disclose", data: ["bookings.seat"] },
    { entries: [{ outcome: "done" }], problems: [], thrown: null },
  ]);
  expect(await guard.spent("greeting.spoken", "p1")).toBe(1);
  const idle = knowMe.inMemory({ ...world, observe: () => new Promise(() => {}) });
  expect((await idle.greeting.show(atDesk, { "bookings.seat": seat })).values).toEqual(values);
});

test("a small world keeps its own time", () => {
  expect(() => knowMe.inMemory({ now: "tomorrow" })).toThrow("`now` is no date.");
  expect(knowMe.inMemory({ now: morning }).entries).toEqual([]);
});

describe("dates", () => {
  const fresh = "2025-12-01";
  const old = "2020-01-01";
  test("count however deep they are, and the oldest counts", async () => {
    const guard = knowMe.inMemory(world);
    const shown = async (load: () => unknown) =>
      (await guard.greeting.show(atDesk, { "bookings.seat": load as typeof seat })).values;
    expect(await shown(() => dated(Promise.resolve(dated("12A", fresh)), fresh))).toEqual({ "bookings.seat": "12A" });
    expect(await shown(() => dated(Promise.resolve(dated("12A", old)), fresh))).toEqual({});
    expect(await shown(() => dated(dated("12A", fresh), old))).toEqual({});
    expect(await shown(() => dated(dated("12A", null), fresh))).toEqual({});
    expect(await shown(() => dated(dated("12A", fresh), null))).toEqual({});
  });

  test("count in a profile, promised ones too", async () => {
    const guard = knowMe.inMemory(world);
    const call = { ...atDesk, operation: "disclose", facts: { "data.age": 0 } } as const;
    const minimal = async (seat: unknown) => (await guard.greeting.minimize(call, { "bookings.seat": seat })).values;
    expect(await minimal(Promise.resolve(dated("12A", fresh)))).toEqual({ "bookings.seat": "12A" });
    expect(await minimal(Promise.resolve(dated("12A", old)))).toEqual({});
    expect(await minimal(Promise.reject(new Error("no row")))).toEqual({});
  });

  test("count if another copy of the runtime gave them; what another copy sealed stays sealed", async () => {
    const other = await ofAnotherCopy();
    const guard = knowMe.inMemory(world);
    const aged = { ...atDesk, facts: { "data.age": 0 } };
    const shown = await guard.greeting.show(aged, { "bookings.seat": () => other.dated("12A", old) });
    expect(shown.values).toEqual({});
    const sealed = other.seal("bookings.seat", "12A");
    await expect(guard.greeting.show(aged, { "bookings.seat": () => sealed })).rejects.toThrow(
      "sealed by another copy of @scruple/runtime",
    );
  });
});

test("an observer changes nothing of what is decided", async () => {
  const guard = knowMe.inMemory({
    ...world,
    observe: (call, run) => {
      (call.data as string[])[0] = "bookings.seat";
      return run();
    },
  });
  const call = { ...atDesk, operation: "disclose", facts: { "data.age": 0 } } as const;
  const decision = await guard.greeting.decide(call as never, ["people.email"] as never);
  expect(decision.decision).toBe("deny");
  expect(guard.entries.at(-1)?.data).toEqual(["people.email"]);
});
