import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Model } from "@scruple/model";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { at, release, request, shop, theirs, trusted } from "./fixtures/releases.ts";
import { Refused } from "./refused.ts";
import { type ReloadEvent, type ReloadingOptions, reloading } from "./reloading.ts";

const denying = () => shop("never: deny use taste");

/** A guard whose source a test can change. */
async function guardOf(first: string, options: Partial<ReloadingOptions> = {}) {
  const world = { text: first, now: at(12), events: [] as ReloadEvent[] };
  const guard = await reloading({
    policy: "shop",
    keys: [trusted],
    from: async () => world.text,
    every: 3_600,
    now: () => world.now,
    told: (event) => world.events.push(event),
    ...options,
  });
  onTestFinished(() => guard.close());
  const offer = (text: string) => {
    world.text = text;
    return guard.refresh();
  };
  return { guard, world, offer, decision: () => guard.decide(request).decision };
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "scruple-reload-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test("a later model is in force from the next decision on", async () => {
  const { guard, world, offer, decision } = await guardOf(release(shop(), 9));
  const before = guard.policy.hash;
  expect(decision()).toBe("allow");
  expect(await offer(release(denying(), 10))).toBeNull();
  expect(decision()).toBe("deny");
  expect(guard.decide(request)).toMatchObject({ rules: ["greet.never"], model: guard.policy.hash });
  expect(guard.trace(request).conditions).toEqual({ "greet.never": "true", "greet.seat": "true" });
  expect(guard.policy.hash).not.toBe(before);
  expect(guard.surface.interactions.map(({ name }) => name)).toEqual(["greet"]);
  expect(world.events.map((event) => event.kind === "taken" && event.signed)).toEqual([
    "2026-11-21T09:00:00.000Z",
    "2026-11-21T10:00:00.000Z",
  ]);
});

test("one that comes while a request is decided is not in force before its end", async () => {
  const { guard, world } = await guardOf(release(shop(), 9));
  world.text = release(denying(), 10);
  let asked = false;
  const decided = guard.decide({
    ...request,
    // A getter is the only moment at which anything else can happen during a decision.
    get facts() {
      asked = true;
      void guard.refresh();
      return {};
    },
  });
  expect(asked).toBe(true);
  expect(decided).toMatchObject({ decision: "allow" });
  await guard.refresh();
  expect(guard.decide(request).decision).toBe("deny");
});

describe("a guard keeps the model that it has, and says why, when", () => {
  test.each<[string, string, string]>([
    ["there is garbage", "garbage", "It is no signed model"],
    ["somebody else has signed", release(denying(), 10, { key: theirs }), "None of the trusted keys"],
    ["it is an older one", release(denying(), 8), "older ones stay out"],
    ["it is another one of the same moment", release(denying(), 9), "Sign it again."],
    ["it is of another policy", release(shop("", "store"), 10), "It is of the policy `store`"],
  ])("%s", async (_, text, reason) => {
    const { guard, world, offer, decision } = await guardOf(release(shop(), 9));
    const { hash } = guard.policy;
    expect(await offer(text)).toContain(reason);
    await guard.refresh();
    expect(decision()).toBe("allow");
    expect(guard.policy.hash).toBe(hash);
    expect(world.events.slice(1)).toEqual([{ kind: "kept", reason: expect.stringContaining(reason) }]);
    expect(await offer(release(denying(), 11))).toBeNull();
    expect(decision()).toBe("deny");
  });

  test("the source fails, and takes the next one all the same", async () => {
    let fails = false;
    let text = release(shop(), 9);
    const { guard, decision } = await guardOf(text, {
      from: async () => {
        if (fails) throw new Error("connect ECONNREFUSED");
        return text;
      },
    });
    fails = true;
    expect(await guard.refresh()).toBe("It could not be read: connect ECONNREFUSED");
    expect(decision()).toBe("allow");
    fails = false;
    text = release(denying(), 10);
    expect(await guard.refresh()).toBeNull();
    expect(decision()).toBe("deny");
  });

  test.each<[string, () => Promise<string>]>([
    [
      "throws at once",
      () => {
        throw new Error("no address");
      },
    ],
    ["throws what has no text", () => Promise.reject(Object.create(null))],
  ])("the source %s", async (_, fail) => {
    await expect(guardOf("", { from: fail })).rejects.toThrow(Refused);
    let from = async () => release(shop(), 9);
    const { guard, decision } = await guardOf("", { from: () => from() });
    from = fail;
    expect(await guard.refresh()).toContain("It could not be read");
    from = async () => release(denying(), 10);
    expect(await guard.refresh()).toBeNull();
    expect(decision()).toBe("deny");
  });

  test("a model binds to a duty that nobody does", async () => {
    const binding = (): Model => shop("also: allow use taste under contract then note");
    const { offer } = await guardOf(release(shop(), 9), { duties: [] });
    expect(await offer(release(binding(), 10))).toBe("Nobody here does the duty `note` that it binds to.");
    const able = await guardOf(release(shop(), 9), { duties: ["note"] });
    expect(await able.offer(release(binding(), 10))).toBeNull();
  });

  test("whoever listens throws", async () => {
    const { offer, decision } = await guardOf(release(shop(), 9), {
      told: () => {
        throw new Error("the log is full");
      },
    });
    expect(await offer("garbage")).toContain("no signed model");
    expect(await offer(release(denying(), 10))).toBeNull();
    expect(decision()).toBe("deny");
  });
});

describe("a source that never answers", () => {
  /** A source that answers when the test says so. */
  function slow() {
    vi.useFakeTimers();
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const asked: { readonly signal: AbortSignal; readonly answer: (text: string) => void }[] = [];
    const from = (signal: AbortSignal) => new Promise<string>((answer) => asked.push({ signal, answer }));
    return { asked, from };
  }

  test("is given up, and asked again; what it says late is not taken", async () => {
    const { asked, from } = slow();
    const starting = guardOf("", { from, every: 5 });
    asked[0]?.answer(release(shop(), 9));
    const { world, decision } = await starting;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(29_000);
    expect(asked).toHaveLength(2);
    expect(asked[1]?.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(asked[1]?.signal.aborted).toBe(true);
    const reason = "It could not be read: there was no answer within 30 seconds.";
    expect(world.events.slice(1)).toEqual([{ kind: "kept", reason }]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(asked).toHaveLength(3);
    asked[1]?.answer(release(shop("late: allow use taste under consent"), 11));
    asked[2]?.answer(release(denying(), 10));
    await vi.advanceTimersByTimeAsync(0);
    expect(world.events.map((event) => event.kind === "taken" && event.signed)).toEqual([
      "2026-11-21T09:00:00.000Z",
      false,
      "2026-11-21T10:00:00.000Z",
    ]);
    expect(decision()).toBe("deny");
  });

  test("does not keep whoever asks for a look waiting, nor the start", async () => {
    const { asked, from } = slow();
    const none = expect(guardOf("", { from, every: 60 })).rejects.toThrow("no answer within 60 seconds");
    await vi.advanceTimersByTimeAsync(60_000);
    await none;
    const starting = guardOf("", { from, every: 5 });
    asked[1]?.answer(release(shop(), 9));
    const { guard } = await starting;
    const looks = [guard.refresh(), guard.refresh()];
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await Promise.all(looks)).toEqual(Array(2).fill(expect.stringContaining("no answer")));
  });
});

test("an expired model denies everything until another comes", async () => {
  const { guard, world, offer, decision } = await guardOf(release(shop(), 9, { expires: new Date(at(13)) }));
  expect(decision()).toBe("allow");
  world.now = at(13);
  expect(guard.decide(request)).toMatchObject({
    decision: "deny",
    errors: ["The model has expired at 2026-11-21T13:00:00.000Z. Sign it again, or a later one."],
  });
  expect(guard.trace(request)).toMatchObject({ decision: { decision: "deny" }, conditions: {} });
  expect(await offer(release(shop(), 12))).toBeNull();
  expect(decision()).toBe("allow");
});

describe("by a clock that is broken", () => {
  const clocks: [string, () => unknown][] = [
    ["says no number", () => Number.NaN],
    ["is beyond all time", () => Number.NEGATIVE_INFINITY],
    ["says something else", () => new Date(at(12))],
    ["says a text", () => String(at(12))],
    [
      "throws",
      () => {
        throw new Error("no clock");
      },
    ],
  ];
  const expiring = () => release(shop(), 9, { expires: new Date(at(13)) });
  const { subject, facts, consents, objections, ...act } = request as Record<string, unknown>;
  const given = { subject, facts, consents, objections };

  test.each(clocks)("that %s, a model that expires allows nothing", async (_, broken) => {
    let now: () => unknown = () => at(12);
    const { guard, decision } = await guardOf(expiring(), { now: () => now() as number });
    const check = guard.prepare(act);
    expect([decision(), check(given)]).toEqual(["allow", true]);
    now = broken;
    expect(guard.decide(request)).toMatchObject({
      decision: "deny",
      errors: ["The clock is broken, and the model expires at 2026-11-21T13:00:00.000Z."],
    });
    expect(guard.trace(request)).toMatchObject({ decision: { decision: "deny" }, conditions: {} });
    expect(check(given)).toBe(false);
    now = () => at(12);
    expect([decision(), check(given)]).toEqual(["allow", true]);
  });

  test.each(clocks)("that %s, no model is taken", async (_, broken) => {
    let now: () => unknown = () => at(12);
    const { offer, decision } = await guardOf(release(shop(), 9), { now: () => now() as number });
    now = broken;
    expect(await offer(release(denying(), 10))).toContain("The clock is broken");
    expect(decision()).toBe("allow");
    for (const first of [release(shop(), 9), expiring()])
      await expect(guardOf(first, { now: broken as () => number })).rejects.toThrow("The clock is broken");
  });
});

describe("there is no guard without a model that verifies:", () => {
  test.each([
    ["garbage", "no signed model"],
    [release(shop(), 9, { key: theirs }), "None of the trusted keys"],
  ])("%#", async (text, reason) => expect(guardOf(text)).rejects.toThrow(reason));

  test("a file that is not there", async () => {
    await expect(guardOf("", { from: join(folder(), "gone.json") })).rejects.toThrow("It could not be read: ENOENT");
  });

  test("keys that are none", async () => {
    const text = release(shop(), 9);
    await expect(guardOf(text, { keys: [] })).rejects.toThrow("`keys` is empty");
    await expect(guardOf(text, { keys: ["PUBLIC KEY"] })).rejects.toThrow("no Ed25519 public key");
    const secret = theirs.export({ type: "pkcs8", format: "pem" }) as string;
    await expect(guardOf(text, { keys: [secret] })).rejects.toThrow("no Ed25519 public key");
  });
});

test("a file is watched", async () => {
  const path = join(folder(), "shop.signed.json");
  writeFileSync(path, release(shop(), 9));
  const taken: string[] = [];
  const { decision } = await guardOf("", {
    from: path,
    every: 0.01,
    told: (event) => taken.push(event.kind),
  });
  expect(decision()).toBe("allow");
  writeFileSync(path, release(denying(), 10));
  while (taken.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(decision()).toBe("deny");
});

describe("over a restart", () => {
  test("an older model stays out where the application remembers", async () => {
    const remember = join(folder(), "taken.json");
    const first = await guardOf(release(shop(), 8), { remember });
    expect(await first.offer(release(denying(), 10))).toBeNull();
    await expect(guardOf(release(shop(), 9), { remember })).rejects.toThrow("older ones stay out");
    expect((await guardOf(release(denying(), 10), { remember })).decision()).toBe("deny");
    const { hash } = first.guard.policy;
    const written = JSON.parse(readFileSync(remember, "utf8"));
    expect(written).toEqual({ policy: "shop", signed: "2026-11-21T10:00:00.000Z", hash });
  });

  test("another one of the same moment stays out, unless it was not written down which it was", async () => {
    const remember = join(folder(), "taken.json");
    await guardOf(release(denying(), 10), { remember });
    await expect(guardOf(release(shop(), 10), { remember })).rejects.toThrow("Sign it again.");
    writeFileSync(remember, '{"policy":"shop","signed":"2026-11-21T10:00:00.000Z"}');
    expect((await guardOf(release(denying(), 10), { remember })).decision()).toBe("deny");
    await expect(guardOf(release(shop(), 10), { remember })).rejects.toThrow("Sign it again.");
  });

  test("what another process has taken counts: nothing older is taken, nor written down", async () => {
    const remember = join(folder(), "taken.json");
    const one = await guardOf(release(shop(), 8), { remember });
    const other = await guardOf(release(shop(), 8), { remember });
    expect(await one.offer(release(denying(), 10))).toBeNull();
    const written = readFileSync(remember, "utf8");
    const older = release(shop("two: allow use taste under consent"), 9);
    expect(await other.offer(older)).toContain("older ones stay out");
    expect(other.guard.signed).toBe("2026-11-21T08:00:00.000Z");
    expect(readFileSync(remember, "utf8")).toBe(written);
    await expect(guardOf(older, { remember })).rejects.toThrow("older ones stay out");
    expect(await other.offer(release(denying(), 11))).toBeNull();
    expect(await one.guard.refresh()).toContain("one of 2026-11-21T11:00:00.000Z has been in force");
    expect(one.decision()).toBe("deny");
  });

  test("what another process has written over by an earlier one is written again", async () => {
    const place = folder();
    const remember = join(place, "taken.json");
    const { guard } = await guardOf(release(shop(), 8), { remember });
    const written = readFileSync(remember, "utf8");
    writeFileSync(remember, written.replace("T08", "T07"));
    expect(await guard.refresh()).toBeNull();
    expect(readFileSync(remember, "utf8")).toBe(written);
    expect(readdirSync(place)).toEqual(["taken.json"]);
  });

  test("what cannot be remembered is not taken", async () => {
    const place = folder();
    const { offer, decision } = await guardOf(release(shop(), 9), { remember: join(place, "taken.json") });
    rmSync(place, { recursive: true });
    expect(await offer(release(denying(), 10))).toContain("ENOENT");
    expect(decision()).toBe("allow");
    const { mkdirSync } = await import("node:fs");
    mkdirSync(place);
    expect(await offer(release(denying(), 10))).toBeNull();
    expect(decision()).toBe("deny");
  });

  test("a memory that holds something else is no memory", async () => {
    const remember = join(folder(), "taken.json");
    for (const text of [
      "",
      "{}",
      '{"policy":"store","signed":"2026-11-21T10:00:00.000Z"}',
      '{"policy":"shop","signed":"2026-11-21T10:00:00.000Z","hash":7}',
    ]) {
      writeFileSync(remember, text);
      await expect(guardOf(release(shop(), 9), { remember })).rejects.toThrow("does not say which model of `shop`");
    }
  });
});
