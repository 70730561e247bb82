import { enforcement, InMemoryAudit, InMemoryLimits, InMemoryPermissions } from "@scruple/runtime/enforce";
import { expect, onTestFinished, test } from "vitest";
import { at, release, request, shop, trusted } from "./fixtures/releases.ts";
import { reloading } from "./reloading.ts";

/** The guard as JavaScript sees it: its types come with the module that is built from a policy. */
interface Calls {
  act(call: object, loaders: object, action: () => unknown): Promise<unknown>;
  show(call: object, loaders: object): Promise<unknown>;
  minimize(call: object, profile: object): Promise<unknown>;
  assert(call: object, fields: readonly string[]): Promise<unknown>;
  preview(call: object, fields: readonly string[]): Promise<unknown>;
}
type Acting = Record<string, Pick<Calls, "act">>;

test("what acts goes by the model in force, and the audit trail says which that was", async () => {
  let text = release(shop(), 9);
  const core = await reloading({ policy: "shop", keys: [trusted], from: async () => text, now: () => at(12) });
  onTestFinished(() => core.close());
  const audit = new InMemoryAudit();
  const make = enforcement(core) as unknown as (options: object) => Acting;
  const guard = make({
    stores: { permissions: new InMemoryPermissions(), limits: new InMemoryLimits(), audit },
    subject: () => ({}),
  });
  const use = (key: string) =>
    guard.greet?.act({ subject: "p1", on: "desk", key }, { "stays.pillow": () => "soft" }, () => "done");

  expect(await use("a")).toMatchObject({ done: true });
  const before = core.policy.hash;
  text = release(shop("never: deny use taste"), 10);
  await core.refresh();
  expect(await use("b")).toMatchObject({ done: false, denial: { rules: ["greet.never"] } });
  const models = audit.entries.map(({ model, outcome }) => [outcome, model]);
  expect(models).toEqual([
    ["begun", before],
    ["done", before],
    ["withheld", core.policy.hash],
  ]);
});

test("what a later model obliges to and nobody here does is not begun", async () => {
  const binding =
    "also: allow use taste under contract then note tell: allow disclose taste to guest under contract then note";
  let text = release(shop("tell: allow disclose taste to guest under contract"), 9);
  const core = await reloading({ policy: "shop", keys: [trusted], from: async () => text, now: () => at(12) });
  onTestFinished(() => core.close());
  const stores = {
    permissions: new InMemoryPermissions(),
    limits: new InMemoryLimits(),
    audit: new InMemoryAudit(),
  };
  const given = { stores, subject: () => ({}) };
  const make = enforcement(core) as unknown as (options: object) => Record<string, Calls>;
  const { greet } = make(given);
  const able = make({ ...given, duties: { note: () => {} } });
  text = release(shop(binding), 10);
  expect(await core.refresh()).toBeNull();
  const ran: string[] = [];
  const load = { "stays.pillow": () => ran.push("loaded") };
  const action = () => ran.push("acted");
  const use = { subject: "p1", on: "desk", operation: "use", key: "a" };
  const tell = { subject: "p1", on: "desk", operation: "disclose" };
  const show = { subject: "p1", on: "desk" };
  const denial = {
    reason: "unavailable",
    because: ["Nothing handles the duty `note`, which it obliges to: the guard was made without `duties.note`."],
  };
  expect(await greet?.act(use, load, action)).toMatchObject({ done: false, denial });
  expect(await greet?.show(show, load)).toMatchObject({ values: {}, withheld: { "stays.pillow": denial } });
  const profile = { "stays.pillow": "soft" };
  expect(await greet?.minimize(tell, profile)).toMatchObject({ values: {}, withheld: { "stays.pillow": denial } });
  await expect(greet?.assert(use, ["stays.pillow"])).rejects.toMatchObject({ denial });
  expect(await greet?.preview(use, ["stays.pillow"])).toBe("no");
  expect(ran).toEqual([]);
  expect(stores.audit.entries.map(({ outcome }) => outcome)).toEqual(["failed", "failed", "failed", "withheld"]);
  expect(await able.greet?.act(use, load, action)).toMatchObject({ done: true });
});

/** A guard, and what has a later model taken over: `then` is in force as soon as somebody waits for it. */
async function replaced(first: string, then: string, more: object = {}) {
  let text = release(shop(first), 9);
  const core = await reloading({ policy: "shop", keys: [trusted], from: async () => text, now: () => at(12) });
  onTestFinished(() => core.close());
  const limits = new InMemoryLimits();
  const stores = { permissions: new InMemoryPermissions(), limits, audit: new InMemoryAudit() };
  const make = enforcement(core) as unknown as (options: object) => Record<string, Calls>;
  const { greet } = make({ stores, subject: () => ({}), now: () => at(12), ...more });
  const replace = async () => {
    text = release(shop(then), 10);
    expect(await core.refresh()).toBeNull();
  };
  return { greet: greet as Calls, replace, spent: (counter: string) => limits.spent(counter, 86_400, at(12)) };
}

test("an act counts as the model says that decides last, though the limit bears the same name", async () => {
  const { greet, replace } = await replaced(
    "enough: deny use any after 5 per day",
    "enough: deny use any after 1 per day",
  );
  const use = (key: string, load: () => unknown) =>
    greet.act({ subject: "p1", on: "desk", key }, { "stays.pillow": load }, () => "acted");
  expect(await use("a", () => "soft")).toMatchObject({ done: true });
  expect(await use("b", replace)).toMatchObject({ done: false, denial: { reason: "limit", rules: ["greet.enough"] } });
});

test("an act counts by channel where the model that decides last does", async () => {
  const { greet, replace, spent } = await replaced(
    "enough: deny use any after 5 per day",
    "enough: deny use any after 5 per day per channel",
  );
  const load = { "stays.pillow": replace };
  expect(await greet.act({ subject: "p1", on: "desk", key: "a" }, load, () => "acted")).toMatchObject({ done: true });
  expect([await spent("shop/greet.enough p1"), await spent("shop/greet.enough#desk p1")]).toEqual([0, 1]);
});

test("what is shown together is decided by one model, and counts as that says, whichever field was loaded first", async () => {
  const shown = (count: number) => `tell: allow disclose taste to guest under contract
  enough: deny disclose any after ${count} per day
} source rooms provided { view : taste } category loud within taste interaction bye { purposes care channels desk`;
  for (const fields of [
    ["stays.pillow", "rooms.view"],
    ["rooms.view", "stays.pillow"],
  ] as const) {
    const { greet, replace } = await replaced(shown(5), shown(1));
    const show = (loaders: object) => greet.show({ subject: "p1", on: "desk" }, loaders);
    expect(await show({ "stays.pillow": () => "soft" })).toMatchObject({ values: { "stays.pillow": "soft" } });
    const loaders = { "stays.pillow": () => "soft", "rooms.view": () => replace().then(() => "sea") };
    const limit = { reason: "limit", rules: ["greet.enough"] };
    expect(await show(Object.fromEntries(fields.map((field) => [field, loaders[field]])))).toMatchObject({
      values: {},
      withheld: { "stays.pillow": limit, "rooms.view": limit },
    });
  }
});

test("what is given coarsely is told as such, though a later model knows nothing finer", async () => {
  const scaled = (levels: string) => `home: allow disclose place at city to guest under contract
} category place precision ${levels} source homes provided { home : place } interaction bye { purposes care channels desk`;
  let replace = async () => {};
  const city = async () => {
    await replace();
    return "Oslo";
  };
  const made = await replaced(scaled("exact, city"), scaled("city, country"), {
    generalise: { "homes.home": { city } },
  });
  replace = made.replace;
  const call = { subject: "p1", on: "desk", operation: "disclose" };
  expect(await made.greet.minimize(call, { "homes.home": "Storgata 1" })).toMatchObject({
    values: { "homes.home": "Oslo" },
    precision: { "homes.home": "city" },
  });
});

test("an interaction that is new takes a build, and both the one who releases and the one who calls are told", async () => {
  let text = release(shop(), 9);
  const uncalled: (readonly string[])[] = [];
  const core = await reloading({
    policy: "shop",
    keys: [trusted],
    from: async () => text,
    now: () => at(12),
    told: (event) => event.kind === "taken" && uncalled.push(event.uncalled),
  });
  onTestFinished(() => core.close());
  const stores = {
    permissions: new InMemoryPermissions(),
    limits: new InMemoryLimits(),
    audit: new InMemoryAudit(),
  };
  const guard = (enforcement(core) as unknown as (options: object) => Acting)({ stores, subject: () => ({}) });
  expect(guard.bye).toBeUndefined();
  text = release(shop("} interaction bye { purposes care channels desk seat: allow use taste under contract"), 10);
  await core.refresh();
  expect(uncalled).toEqual([[], ["bye"]]);
  expect(core.decide({ ...request, interaction: "bye" })).toMatchObject({ decision: "allow" });
  expect(() => guard.bye).toThrow(
    "The interaction `bye` came with a model that is later than this guard of `shop`. Build the policy",
  );
  expect(Object.keys(guard)).toEqual(["greet"]);
});

test("a check that was prepared goes by the model in force", async () => {
  let text = release(shop(), 9);
  const core = await reloading({ policy: "shop", keys: [trusted], from: async () => text, now: () => at(12) });
  onTestFinished(() => core.close());
  const { subject, facts, consents, objections, ...act } = request as Record<string, unknown>;
  const check = core.prepare(act);
  const given = { subject, facts, consents, objections };
  expect(check(given)).toBe(true);
  text = release(shop("never: deny use taste"), 10);
  await core.refresh();
  expect(check(given)).toBe(false);
});

test("a check stays about the act that was prepared, whatever becomes of the object", async () => {
  const health =
    "} category health source files provided { ache : health } interaction bye { purposes care channels desk";
  let text = release(shop(health), 9);
  const core = await reloading({ policy: "shop", keys: [trusted], from: async () => text, now: () => at(12) });
  onTestFinished(() => core.close());
  const { subject, facts, consents, objections, data, ...act } = request as Record<string, unknown>;
  const given = { subject, facts, consents, objections };
  const piece = { field: "stays.pillow" };
  const list = ["files.ache"];
  const allowed = core.prepare({ ...act, data: [piece] });
  const denied = core.prepare({ ...act, data: list });
  piece.field = "files.ache";
  list[0] = "stays.pillow";
  expect([allowed(given), denied(given)]).toEqual([true, false]);
  text = release(shop(health), 10);
  expect(await core.refresh()).toBeNull();
  expect([allowed(given), denied(given)]).toEqual([true, false]);
});

test("what cannot be kept as it is cannot be prepared", async () => {
  const text = release(shop(), 9);
  const core = await reloading({ policy: "shop", keys: [trusted], from: async () => text, now: () => at(12) });
  onTestFinished(() => core.close());
  expect(() => core.prepare({ interaction: "greet", data: () => "stays.pillow" })).toThrow(TypeError);
  expect(() => core.prepare(undefined as unknown as object)).toThrow(TypeError);
});
