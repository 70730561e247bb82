import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import * as runtime from "@scruple/runtime";
import * as enforce from "@scruple/runtime/enforce";
import { expect, test } from "vitest";
import { knowMe, offer } from "../fixtures/know-me.ts";
import { emitJavaScript } from "./emit-javascript.ts";
import { instantiate } from "./instantiate.ts";

const model = knowMe();
const emitted = emitJavaScript(model);

/** What the module exports. */
function load(code: string): runtime.Guard {
  const body = code
    .replace(/import (.*) from "@scruple.runtime";/, "const $1 = runtime;")
    .replace(/import (.*) from "@scruple.runtime.enforce";/, "const $1 = enforce;")
    .replace(/^export const .*= core;$/m, "")
    .replace(/^export .*\n.*$/m, "return core;");
  return new Function("runtime", "enforce", body)(runtime, enforce);
}

test("the module decides as the guard in this process does", () => {
  const { decide, policy } = load(emitted.code);
  expect(decide(offer)).toEqual(instantiate(model).decide(offer));
  expect(policy).toEqual(instantiate(model).policy);
});

test("the policy that it exports names all its rules", () => {
  expect(load(emitted.code).policy).toEqual({
    name: "airline.know_me",
    hash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
    rules: [
      "bookings.keep",
      "greeting.home",
      "greeting.seat",
      "minors",
      "offer.deals",
      "offer.enough",
      "offer.joined",
      "offer.tagged",
      "profile.keep",
      "sms.quiet",
    ],
  });
});

test("the same policy gives the same bytes", () => {
  expect(emitJavaScript(knowMe())).toEqual(emitted);
  expect(emitted.fileName).toBe("airline.know_me.guard.js");
});

test("the module imports the runtime alone", () => {
  expect(emitted.code.match(/\b(import|require|eval|Function)\b.*/g)).toEqual([
    'import { date, duration, guard, set, text, time } from "@scruple/runtime";',
    'import { enforcement } from "@scruple/runtime/enforce";',
  ]);
});

test("the source map leads from a rule to where the policy says it", () => {
  const map = JSON.parse(emitted.map);
  const line = emitted.code.split("\n").findIndex((text) => text.includes('["deals"')) + 1;
  const { source, line: original } = originalPositionFor(new TraceMap(map), { line, column: 6 });
  expect(source).toBe("../policies/know-me.scruple");
  const rule = model.rules.find(({ path }) => path === "offer.deals");
  expect(original).toBe(rule?.at.line);
  expect(map).toMatchObject({ version: 3, file: "airline.know_me.guard.js" });
});
