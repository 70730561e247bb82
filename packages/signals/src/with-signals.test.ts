import { expect, test } from "vitest";
import { together, withSignals } from "./with-signals.ts";

const objection = { purpose: "targeted_advertising", channel: "any" };
const consent = { purpose: "any", channel: "email" };

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

test("nothing said is nothing", () => expect(together()).toEqual({ consents: [], objections: [] }));
