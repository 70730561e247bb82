import { expect, test } from "vitest";
import { Limits, type LimitTable } from "./limits.ts";

const nothing: LimitTable = {
  reserve: async (reservation) => ({ status: "reserved", reservation }),
  commit: async () => "committed",
  release: async () => undefined,
  spent: async () => 0,
  forget: async () => undefined,
};
const request = { key: "job-1", subject: null, uses: [{ counter: "offers p1", count: 2, per: 60 }], now: 0 };

test("a reservation whose answer gets lost is released: nobody will act on it", async () => {
  const held = new Set<string>();
  const limits = new Limits({
    ...nothing,
    reserve: async (reservation) => {
      held.add(reservation);
      throw new Error("The connection broke.");
    },
    release: async (reservation) => void held.delete(reservation),
  });
  await expect(limits.reserve(request)).rejects.toThrow("The connection broke.");
  expect(held.size).toBe(0);
});

test("what cannot be released then is left to count", async () => {
  const fail = async () => {
    throw new Error("The connection broke.");
  };
  const limits = new Limits({ ...nothing, reserve: fail, release: fail });
  await expect(limits.reserve(request)).rejects.toThrow("The connection broke.");
});

test("acts are remembered for their longest window, and for a while at least", async () => {
  const retentions: number[] = [];
  const table: LimitTable = {
    ...nothing,
    reserve: async (reservation, _, retention) => {
      retentions.push(retention);
      return { status: "reserved", reservation };
    },
  };
  await new Limits(table).reserve(request);
  await new Limits(table, 30).reserve(request);
  await new Limits(table, 90).reserve({ ...request, uses: [] });
  expect(retentions).toEqual([31 * 86_400, 60, 90]);
});

test("what is counted is what was checked, whatever becomes of the request", async () => {
  const counted: unknown[] = [];
  const limits = new Limits({
    ...nothing,
    reserve: async (reservation, asked) => {
      // A store may begin later, when others have come.
      await Promise.resolve();
      counted.push(asked);
      return { status: "reserved", reservation };
    },
  });
  const use = { counter: "offers p1", count: 2, per: 60 };
  const asked = { ...request, uses: [use] };
  const answer = limits.reserve(asked);
  asked.uses = [];
  asked.key = "job-2";
  use.count = 100;
  expect(await answer).toMatchObject({ status: "reserved" });
  expect(counted).toEqual([{ ...request, uses: [{ counter: "offers p1", count: 2, per: 60 }] }]);
});

test.each([Number.NaN, -1, 0.5, undefined, "0"])("a count of %s is none", async (count) => {
  const limits = new Limits({ ...nothing, spent: async () => count as number });
  await expect(limits.spent("offers p1", 60, 0)).rejects.toThrow("The store does not say how much is spent.");
});

test.each([
  [{ key: "" }, "The key is empty."],
  [{ key: "k".repeat(1001) }, "The key is 1001 bytes long; stores take up to 1000."],
  [{ key: "a\0b" }, "The key holds a NUL or half of a surrogate pair"],
  [{ key: "\ud800" }, "The key holds a NUL or half of a surrogate pair"],
  [{ now: Number.NaN }, "NaN is not a moment."],
  [{ uses: [{ counter: "c", count: 0.5, per: 60 }] }, "A limit cannot grant 0.5 uses."],
  [{ uses: [{ counter: "c", count: 1, per: 0 }] }, "A window cannot be 0 seconds long."],
  [{ uses: [request.uses[0]!, request.uses[0]!] }, "An act counts against the same counter twice."],
])("refuses what no store could count: %j", async (change, message) => {
  await expect(new Limits(nothing).reserve({ ...request, ...change })).rejects.toThrow(message);
});
