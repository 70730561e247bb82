import { compile } from "@scruple/compiler";
import type { Expr } from "@scruple/model";
import { expect, test } from "vitest";
import { FALSE } from "../node-store.ts";
import { DecisionSpace } from "./decision-space.ts";

const text = `policy shop
  category note
  purpose marketing purpose care
  recipient customer channel email reaches customer
  source notes provided { text : note }
  subject { member : bool }
  interaction letter { purposes marketing, care channels email allow use note when subject.member }`;

test("what names a purpose is asked of one purpose at a time", () => {
  const model = compile([{ path: "shop.scruple", text }]).model("shop")!;
  const space = new DecisionSpace(model).of(model.interactions[0]!);
  const [cell, ...others] = [...space.partition.cells()];
  expect(others).toEqual([]);
  expect(cell!.purposes).toEqual(["shop.care", "shop.marketing"]);
  const consent: Expr = { op: "consent", explicit: false, purpose: "shop.care" };
  const member: Expr = { op: "fact", fact: "subject.member" };

  expect(() => space.decide(cell!, [consent])).toThrow("ask one by one");
  expect(space.decide(cell!, [member]).decision.allowed).not.toBe(FALSE);
  for (const purpose of cell!.purposes) {
    const { context, decision } = space.decide(cell!.part(cell!.data, [purpose], cell!.routes), [consent]);
    expect(decision.allowed).not.toBe(FALSE);
    expect(context.expression(consent)).not.toBe(FALSE);
  }
});
