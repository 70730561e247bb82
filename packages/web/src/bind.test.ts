import { instantiate } from "@scruple/emit";
import { enforcement } from "@scruple/runtime/enforce";
import { expect, test } from "vitest";
import { named } from "../../emit/src/fixtures/named.ts";
import { desk, world } from "../../runtime/src/enforce/fixtures/desk.ts";
import { bind, interactionOf } from "./bind.ts";
import { guarded } from "./express.ts";

const guard = desk().inMemory(world);
const bound = bind(guard.offer, { on: "mail" }, "p1");
const facts = { local_time: "10:00", "data.age": "10 days" } as const;

test("what is bound need not be said", async () => {
  expect(await bound.decide({ facts }, ["bookings.seat"])).toMatchObject({ decision: "allow" });
});

test("what is bound cannot be said otherwise", async () => {
  const elsewhere = { facts, subject: "p2", on: "desk" };
  expect(await bound.decide(elsewhere, ["bookings.seat"])).toMatchObject({ decision: "allow" });
  const stranger = bind(guard.offer, { on: "mail" }, "p2");
  expect(await stranger.decide({ facts, ...{ subject: "p1" } }, ["bookings.seat"])).toMatchObject({ decision: "deny" });
});

test("a call that throws when it is read is denied", async () => {
  const hostile = {
    get facts(): typeof facts {
      throw new Error("no");
    },
  };
  expect(await bound.decide(hostile, ["bookings.seat"])).toMatchObject({ decision: "deny" });
});

test.each([["p1"], [undefined as unknown as string]])(
  "and one that throws once, for %s, is not read again",
  async (whom) => {
    let reads = 0;
    const hostile = {
      get facts() {
        if (reads++ === 0) throw new Error("no");
        return facts;
      },
      ...{ subject: "p1", on: "mail" },
    };
    const calls = bind(guard.offer, { on: "mail" }, whom);
    expect(await calls.decide(hostile, ["bookings.seat"])).toMatchObject({
      decision: "deny",
      errors: ["The call could not be read."],
    });
    expect(reads).toBe(1);
  },
);

test("a place stays what it was when it was bound", async () => {
  const place: { on: "mail" } = { on: "mail" };
  const calls = bind(guard.offer, place, "p1");
  Object.assign(place, { on: "desk" });
  expect(await calls.decide({ facts }, ["bookings.seat"])).toMatchObject({ decision: "allow" });
});

test("an interaction that there is not is told by those that there are", () => {
  const misspelt = "ofer" as "offer";
  expect(() => interactionOf(desk().inMemory(world), misspelt)).toThrow(/no interaction `ofer`; it has .*`offer`/);
});

test("an interaction is there that is named like a part of a small world", () => {
  const small = enforcement(instantiate(named())).inMemory() as unknown as Record<"spent", typeof guard.offer>;
  const spent = bind(interactionOf(small, "spent"), { on: "mail" }, "p1");
  expect(Object.keys(spent)).toEqual(Object.keys(bound));
});

test("nobody in particular has no consents", async () => {
  expect(await bind(guard.offer, { on: "mail" }, null).decide({ facts }, ["bookings.seat"])).toMatchObject({
    decision: "deny",
    missing: expect.arrayContaining(["consents"]),
  });
});

test("what the policy never allows there does not compile", () => {
  // Only types are looked at: nobody calls this.
  const calls = async () => {
    // @ts-expect-error The interaction has no such channel.
    bind(guard.offer, { on: "desk" }, "p1").decide({ facts }, ["bookings.seat"]);
    // @ts-expect-error An answer depends on the local time.
    await bound.decide({}, ["bookings.seat"]);
    // @ts-expect-error Nobody is greeted by their address.
    await bind(guard.greeting, { on: "desk" }, "p1").show({}, { "people.email": () => "p1@example.org" });
    // @ts-expect-error It has several purposes, and none is bound.
    await bind(guard.letter, { on: "desk" }, "p1").decide({ facts: { sober: true } }, ["people.email"]);
    const at = guarded(desk()({ ...guard, subject: () => null, duties: { note: () => undefined } }), () => "p1");
    // @ts-expect-error There is no such interaction.
    at("ofer", { on: "mail" }, () => null);
    // @ts-expect-error A route names its channel, which the interaction has.
    at("offer", { on: "desk" }, () => null);
    // @ts-expect-error Who asks is said already, and nobody else can be named.
    at("offer", { on: "mail" }, (request) => request.guard.decide({ facts, subject: "p2" }, ["bookings.seat"]));
    at("offer", { on: "mail" }, (request) => request.guard.decide({ facts }, ["bookings.seat"]));
    await bind(guard.letter, { on: "desk", for: "care" }, "p1").decide({ facts: { sober: true } }, ["people.email"]);
  };
  expect(calls).toBeTypeOf("function");
});
