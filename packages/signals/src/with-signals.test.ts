import type { Permissions } from "@scruple/runtime/enforce";
import { describe, expect, test } from "vitest";
import { together, withSignals } from "./with-signals.ts";

const objection = { purpose: "targeted_advertising", channel: "any" };
const consent = { purpose: "any", channel: "email" };
const none = { consents: [], objections: [] };

test("what a store holds and what a browser says are read together", async () => {
  const store = { read: async (subject: string) => ({ consents: subject === "p1" ? [consent] : [], objections: [] }) };
  const both = withSignals(store, { objections: [objection] }, { consents: [] });
  expect(await both.read("p1")).toEqual({ consents: [consent], objections: [objection] });
  expect(await store.read("p1")).toEqual({ consents: [consent], objections: [] });
});

test("where the store cannot tell, the signals alone do not make an answer", async () => {
  const failing = {
    read: async () => {
      throw new Error("the store is away");
    },
  };
  await expect(withSignals(failing, { consents: [consent] }).read("p1")).rejects.toThrow("the store is away");
});

describe("what the store leaves out stays unknown, whatever signals say", () => {
  const said = { consents: [consent], objections: [objection] };
  test.each<[string, object, object]>([
    ["both lists", {}, { consents: undefined, objections: undefined }],
    ["the objections", { consents: [] }, { consents: [consent], objections: undefined }],
    ["the consents", { objections: [] }, { consents: undefined, objections: [objection] }],
    ["what is no list", { consents: consent, objections: null }, { consents: undefined, objections: undefined }],
  ])("%s", async (_, answer, known) => {
    const store = { read: async () => answer as Permissions };
    expect(await withSignals(store, said, {}).read("p1")).toEqual(known);
    expect(await withSignals(withSignals(store, said)).read("p1")).toEqual(known);
  });
});

test("a signal that is no list is not taken for one that says nothing", () => {
  const broken = { objections: null } as unknown as Permissions;
  expect(together(none, broken, { objections: [objection] })).toEqual({ consents: [], objections: undefined });
});

test("a list with a gap keeps it, for a guard to find", () => {
  const objections = new Array<typeof objection>(1);
  expect(together({ consents: [], objections }, {}).objections).toHaveLength(1);
});

test("nothing said besides is nothing", () => expect(together(none)).toEqual(none));
