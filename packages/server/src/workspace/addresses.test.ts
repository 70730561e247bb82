import { expect, it } from "vitest";
import { below, isBelow, normal, parent, relativePath } from "./addresses.ts";

it("gives each file one spelling", () => {
  expect(normal("file:///c%3A/shop/a%20b.scruple")).toBe(normal("file:///c:/shop/a b.scruple"));
  expect(normal("not a uri")).toBe(normal(normal("not a uri")));
});

it("goes from folders to files and back", () => {
  const file = below("file:///shop", "policies/a b.scruple");
  expect(relativePath("file:///shop", file)).toBe("policies/a b.scruple");
  expect(relativePath("file:///shop/one", "file:///shop/two/a.scruple")).toBe("../two/a.scruple");
  expect(below("file:///shop/one", "../two/a.scruple")).toBe("file:///shop/two/a.scruple");
  expect(relativePath("file:///shop", "untitled:a")).toBeNull();
});

it("knows what is in a folder", () => {
  expect(isBelow("file:///shop", "file:///shop/a.scruple")).toBe(true);
  expect(isBelow("file:///shop", "file:///shopping/a.scruple")).toBe(false);
  expect(isBelow("file:///shop/sub", "file:///shop/a.scruple")).toBe(false);
});

it("climbs up to the top, and no further", () => {
  expect(parent("file:///shop/a.scruple")).toBe("file:///shop");
  expect(parent("file:///shop")).toBe("file:///");
  expect(parent("file:///")).toBeNull();
});
