import { expect, test } from "vitest";
import { originComment, originIn } from "./origin.ts";

test.each(["..", ".", "../a b", '../"`', "../a\\", "../a\n", "../a\u2028b", "../größe"])(
  "the comment is one line, and tells again what it was told: %j",
  (sourceRoot) => {
    const comment = originComment("The guard", "shop.visits", sourceRoot);
    expect(comment).not.toMatch(/[\n\r\u2028\u2029]/);
    expect(originIn(`${comment} Change those.\ncode`)).toEqual({ policy: "shop.visits", sourceRoot });
  },
);

test.each([
  "// my scruple helper",
  "/* Scruple notes */",
  originComment("The guard", "shop", undefined),
  `\n${originComment("The guard", "shop", "..")}`,
])("no other text tells of one: %j", (text) => expect(originIn(text)).toBeNull());
