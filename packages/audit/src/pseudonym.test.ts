import { expect, test } from "vitest";
import { pseudonym } from "./pseudonym.ts";

const key = "0123456789abcdef0123456789abcdef";

test("gives a name the same stand-in each time, and each name its own", () => {
  const standIn = pseudonym(key);
  expect(standIn("p-17")).toBe(pseudonym(key)("p-17"));
  expect(standIn("p-17")).not.toBe(standIn("p-18"));
  expect(standIn("p-17")).toMatch(/^hmac:[0-9a-f]{8}:[0-9a-f]{64}$/);
  expect(standIn("p-17")).not.toContain("p-17");
});

test("gives the stand-in that guards give under the same key", () => {
  expect(pseudonym(key)("p-17")).toBe("hmac:68d6d730:1a60f589d8071388d33899639a51a3c92dcf2a88cf76eb22db9d8f4a8bdc8c66");
});

test("says which key it was made with, and with another key all is otherwise", () => {
  const [, which, mac] = pseudonym(key)("p-17").split(":");
  const [, otherWhich, otherMac] = pseudonym(`${key}0`)("p-17").split(":");
  expect(pseudonym(key)("p-18").split(":")[1]).toBe(which);
  expect(otherWhich).not.toBe(which);
  expect(otherMac).not.toBe(mac);
});

test("takes a key as text, as bytes, or as a file holds it with a line feed behind", () => {
  const expected = pseudonym(key)("p-17");
  expect(pseudonym(`${key}\r\n`)("p-17")).toBe(expected);
  expect(pseudonym(Buffer.from(`${key}\n`))("p-17")).toBe(expected);
});

test("refuses a key that can be guessed", () => {
  expect(() => pseudonym("secret\n")).toThrow("The key has 6 bytes; it takes at least 16, better 32 random ones.");
});
