import { expect, test } from "vitest";
import { knowMe, offer } from "../fixtures/know-me.ts";
import { instantiate } from "./instantiate.ts";
import { interpret } from "./interpret.ts";

test("a guard that is interpreted answers as one whose code was written", () => {
  const [interpreted, written] = [interpret(knowMe()), instantiate(knowMe())];
  expect(interpreted.policy).toEqual(written.policy);
  for (const change of [{}, { subject: { age: 15 } }, { facts: {} }, { subject: { agee: 3 } }, { channel: "post" }])
    expect(interpreted.trace({ ...offer, ...change })).toEqual(written.trace({ ...offer, ...change }));
});

test("in neither does an attribute count that every object has been given", () => {
  const { subject, facts, consents, ...act } = offer;
  const given = { subject, facts, consents, objections: [], dataAge: 60 };
  for (const guard of [interpret(knowMe()), instantiate(knowMe())]) {
    const check = guard.prepare(act);
    Object.defineProperty(Object.prototype, "age", { value: subject.age, configurable: true });
    try {
      expect([check(given), check({ ...given, subject: {} })]).toEqual([true, false]);
    } finally {
      delete (Object.prototype as { age?: number }).age;
    }
  }
});
