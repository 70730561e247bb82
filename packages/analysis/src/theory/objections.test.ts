import { compile } from "@scruple/compiler";
import { indexModel, lastPart } from "@scruple/model";
import { expect, test } from "vitest";
import { Diagrams } from "../diagrams.ts";
import { Objections } from "./objections.ts";
import { purposesOf } from "./purposes.ts";

/** What each objection of its own reaches, of the purposes asked for. */
function reached(purposes: string, ...asked: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const text = `policy p ${purposes} recipient r channel c reaches r category k source s provided { f : k }
    interaction i { purposes a channels c allow use k }`;
  const world = indexModel(compile([{ path: "p.scruple", text }]).model("p")!);
  const ids = new Set(asked.map((name) => `p.${name}`));
  const { made } = new Objections(new Diagrams(), purposesOf(world), ids, 0, () => 1);
  return Object.fromEntries(made.map(({ about, reaches }) => [lastPart(about), [...reaches].map(lastPart)]));
}

test("one purpose asked for needs one objection", () => {
  expect(reached("purpose a purpose b within a purpose c", "a")).toEqual({ a: ["a"] });
});

test("strangers are objected to apart", () => {
  expect(reached("purpose a purpose b", "a", "b")).toEqual({ a: ["a"], b: ["b"] });
});

test("an objection to what is within another reaches both, and one to another part only that", () => {
  const family = "purpose a purpose b within a purpose c within a";
  expect(reached(family, "a", "b")).toEqual({ a: ["a", "b"], c: ["a"] });
  expect(reached(family, "a", "b", "c")).toEqual({ b: ["a", "b"], c: ["a", "c"] });
});

test("an objection to another parent reaches the child alone", () => {
  expect(reached("purpose a purpose x purpose b within a, x", "a", "b")).toEqual({ a: ["a", "b"], x: ["b"] });
});
