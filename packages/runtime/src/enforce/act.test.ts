import { expect, test, vi } from "vitest";
import { unknown } from "../index.ts";
import { desk, world } from "./fixtures/desk.ts";
import { dated } from "./index.ts";

const knowMe = desk();
const call = { subject: "p1", on: "mail", facts: { local_time: "10:00" }, key: "job-1" } as const;
const lastYear = new Date("2025-02-01");
const loaders = { "bookings.seat": async () => dated("12A", lastYear) };

test("an act loads, runs, does its duties, and counts", async () => {
  const guard = knowMe.inMemory(world);
  const out = await guard.offer.act(call, loaders, ({ "bookings.seat": seat }) => `Seat ${seat} is free`);
  expect(out).toMatchObject({ done: true, value: "Seat 12A is free", problems: [] });
  expect(await guard.spent("offer.enough", "p1")).toBe(1);
  expect(guard.obliged).toMatchObject([{ duty: "note", subject: "p1", arguments: { why: "offer" } }]);
  expect(guard.entries.map(({ outcome }) => outcome)).toEqual(["begun", "done"]);
});

test("what is denied is not loaded, and says why", async () => {
  const guard = knowMe.inMemory(world);
  const load = vi.fn(() => "12A");
  const action = vi.fn();
  const out = await guard.offer.act({ ...call, subject: "p2" }, { "bookings.seat": load }, action);
  expect(out).toMatchObject({ done: false, denial: { reason: "policy", rules: [], missing: [] } });
  expect(load).not.toHaveBeenCalled();
  expect(action).not.toHaveBeenCalled();
  expect(guard.entries).toMatchObject([{ outcome: "withheld", decision: "deny" }]);
});

test("waits until it may be heard", async () => {
  const night = { ...call, facts: { local_time: "22:00" } } as const;
  const out = await knowMe.inMemory(world).offer.act(night, loaders, () => 0);
  expect(out).toMatchObject({ done: false, denial: { retryAfter: 9 * 3_600 + 60 } });
  const nobodyKnows = { ...call, facts: { local_time: unknown } } as const;
  expect(await knowMe.inMemory(world).offer.act(nobodyKnows, loaders, () => 0)).toMatchObject({ done: false });
});

test("a key is used once, and a limit so often as the policy says", async () => {
  const guard = knowMe.inMemory(world);
  const send = vi.fn();
  const act = (key: string) => guard.offer.act({ ...call, key }, loaders, send);
  await act("a");
  expect(await act("a")).toMatchObject({ done: false, denial: { reason: "repeated", earlier: "done" } });
  await act("b");
  expect(await act("c")).toMatchObject({
    done: false,
    denial: {
      reason: "limit",
      rules: ["offer.enough"],
      because: ["Two offers in a week are enough."],
      retryAfter: 7 * 86_400,
    },
  });
  expect(send).toHaveBeenCalledTimes(2);
  guard.advance(7 * 86_400);
  expect(await act("c")).toMatchObject({ done: true });
});

test("what is counted of a person can be erased, and nothing of others is", async () => {
  const guard = knowMe.inMemory({ ...world, subjects: { ...world.subjects, p3: world.subjects.p1 } });
  await guard.offer.act(call, loaders, () => "sent");
  await guard.stores.limits.forget("p3");
  expect(await guard.spent("offer.enough", "p1")).toBe(1);
  await guard.stores.limits.forget("p1");
  expect(await guard.spent("offer.enough", "p1")).toBe(0);
});

test("shows what may be shown, and loads nothing else", async () => {
  const guard = knowMe.inMemory(world);
  const home = vi.fn(() => "Vienna");
  const { values, withheld } = await guard.greeting.show(
    { subject: "p1", on: "desk", facts: {} },
    { "bookings.seat": () => dated("12A", lastYear), "bookings.home": home },
  );
  expect(values).toEqual({ "bookings.seat": "12A" });
  expect(withheld).toMatchObject({ "bookings.home": { reason: "policy" } });
  expect(home).not.toHaveBeenCalled();
});
