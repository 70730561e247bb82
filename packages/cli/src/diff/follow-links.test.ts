import { expect, test } from "vitest";
import { followLinks } from "./follow-links.ts";

const links = new Map([
  ["policies/shared", "../org/./policies/"],
  ["org/policies", "../common"],
  ["top", "."],
  ["svc/up", "../top/policies"],
  ["out", "../elsewhere"],
  ["root", "/etc"],
  ["circle", "round/circle"],
  ["round", "."],
]);

test.each([
  ["policies/a.scruple", "policies/a.scruple"],
  ["policies/shared/a.scruple", "common/a.scruple"],
  ["svc/up/shared", "common"],
  ["top", ""],
  ["out", null],
  ["root/hosts", null],
  ["circle", null],
])("%s leads to %s", (path, target) => {
  expect(followLinks(path, links)).toBe(target);
});
