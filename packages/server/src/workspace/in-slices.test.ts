import { afterEach, expect, it, vi } from "vitest";
import { inSlices } from "./in-slices.ts";

afterEach(() => vi.unstubAllGlobals());

/** Work of steps that each take longer than messages are made to wait. */
function* longSteps(count: number, done: (step: number) => void) {
  for (let step = 1; step <= count; step++) {
    for (const end = Date.now() + 20; Date.now() < end; );
    done(step);
    yield;
  }
}

it("deals in between with all messages that came together, each of which takes a turn", async () => {
  const told: string[] = [];
  const messages = ["change", "complete", "diagnose"];
  const dealWithNext = () => {
    told.push(messages.shift()!);
    if (messages.length > 0) setImmediate(dealWithNext);
  };
  const work = longSteps(2, (step) => {
    told.push(`step ${step}`);
    if (step === 1) setImmediate(dealWithNext);
  });
  await inSlices(work, () => false);
  expect(told).toEqual(["step 1", "change", "complete", "diagnose", "step 2"]);
});

it("does so where there are messages alone to wait for, as in a browser", async () => {
  const told: string[] = [];
  const { port1, port2 } = new MessageChannel();
  port1.addEventListener("message", () => told.push("change"));
  port1.start();
  vi.stubGlobal("setImmediate", undefined);
  const work = longSteps(2, (step) => {
    told.push(`step ${step}`);
    if (step === 1) port2.postMessage(null);
  });
  await inSlices(work, () => false);
  port1.close();
  expect(told).toEqual(["step 1", "change", "step 2"]);
});

it("gives work up once it is of no use any more", async () => {
  const told: number[] = [];
  await inSlices(
    longSteps(9, (step) => told.push(step)),
    () => told.length === 2,
  );
  expect(told).toEqual([1, 2]);
});
