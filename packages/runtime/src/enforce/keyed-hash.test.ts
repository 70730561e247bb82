import { expect, test } from "vitest";
import { passingPseudonym, pseudonymUnder } from "./keyed-hash.ts";

test("a key gives the same stand-in as the audit package gives", async () => {
  const standIn = pseudonymUnder(new TextEncoder().encode("0123456789abcdef0123456789abcdef"));
  expect(await standIn("p-17")).toBe("hmac:68d6d730:1a60f589d8071388d33899639a51a3c92dcf2a88cf76eb22db9d8f4a8bdc8c66");
});

test("a passing key is one's own, and stays the same", async () => {
  const [one, other] = [passingPseudonym(), passingPseudonym()];
  expect(await one("p-17")).toBe(await one("p-17"));
  expect(await one("p-17")).not.toBe(await one("p-18"));
  expect(await one("p-17")).not.toBe(await other("p-17"));
});
