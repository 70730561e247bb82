import { expect, test } from "vitest";
import { within } from "./within.ts";

test("gives what comes in time, and throws what is thrown", async () => {
  await expect(within(60_000, "The store", async () => 7)).resolves.toBe(7);
  const fail = async () => {
    throw new Error("No.");
  };
  await expect(within(60_000, "The store", fail)).rejects.toThrow("No.");
});

test("waits no longer, and tells who works on it", async () => {
  let told: AbortSignal | undefined;
  const never = (signal: AbortSignal) => {
    told = signal;
    return new Promise<never>(() => undefined);
  };
  await expect(within(1, "The store", never)).rejects.toThrow("The store did not answer within 1 ms.");
  expect(told?.aborted).toBe(true);
});
