import { describe, expect, test } from "vitest";
import { desk, world } from "../../runtime/src/enforce/fixtures/desk.ts";
import { answerOf, headersOf, problemOf } from "./problem-details.ts";

const call = { subject: "p2", on: "mail", facts: { local_time: "10:00" }, key: "a" } as const;
const act = async () => {
  const out = await desk()
    .inMemory(world)
    .offer.act(call, { "bookings.seat": () => "12A" }, () => "sent");
  if (out.done) throw new Error("Nothing is offered to children.");
  return out;
};

describe("a handler's answer", () => {
  test("is what it returns", async () => {
    expect(await answerOf(() => ({ done: false }))).toEqual({ value: { done: false } });
  });

  test("is a problem where an act was denied", async () => {
    const { denial } = await act();
    expect(await answerOf(act)).toEqual({ problem: problemOf(denial) });
  });

  test("is a problem where it throws a violation, of whichever copy of the runtime", async () => {
    const { denial } = await act();
    const violation = Object.assign(new Error("denied"), { name: "PolicyViolation", denial });
    expect(await answerOf(() => Promise.reject(violation))).toEqual({ problem: problemOf(denial) });
  });

  test("is any other error itself", async () => {
    await expect(answerOf(() => Promise.reject(new RangeError("ours")))).rejects.toThrow(RangeError);
  });
});

test("a problem says nothing of what was wrong with the call: that repeats it", async () => {
  const { denial } = await act();
  const errors = ["There is no channel `p2@example.org`."];
  const faulty = { ...denial, because: errors, decision: { ...denial.decision, errors } };
  expect(problemOf(faulty).detail).toBe("The policy does not know what was asked for.");
});

test("a limit that never grants anything is nothing to wait for", async () => {
  const { denial } = await act();
  const never = problemOf({ ...denial, reason: "limit", retryAfter: null });
  expect(never).toMatchObject({ status: 403, title: "Forbidden" });
  expect(headersOf(never)).not.toHaveProperty("retry-after");
});

test("a client waits for whole seconds", async () => {
  const { denial } = await act();
  expect(headersOf(problemOf({ ...denial, retryAfter: 0.4 }))).toMatchObject({ "retry-after": "1" });
});
