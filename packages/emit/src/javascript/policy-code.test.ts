import { compile } from "@scruple/compiler";
import type { Model } from "@scruple/model";
import { expect, test } from "vitest";
import { emitJavaScript } from "./emit-javascript.ts";

/** The code for a rule with this condition. */
function codeFor(condition: string): string {
  const text = `policy shop.visits
category behaviour
purpose care
recipient customer
channel desk reaches customer
source visits observed { last : behaviour }
subject {
  home : text
  town : text
}
interaction greeting {
  purposes care
  channels desk
  near: allow use visits.last when ${condition}
}
`;
  return emitJavaScript(compile([{ path: "shop.scruple", text }]).model("shop.visits") as Model).code;
}

test("texts that are compared with each other are let go of after each request; others are not kept", () => {
  expect(codeFor("subject.home = subject.town")).toMatch(/ t\[\d+\] = v;[\s\S]*forget: \(\) => \{\n\s*t\.length = 0;/);
  expect(codeFor('subject.home = "Rome"')).not.toMatch(/ t\[\d+\] =|forget/);
});
