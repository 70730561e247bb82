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
