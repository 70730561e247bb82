import { evaluator } from "@scruple/model";
import * as runtime from "@scruple/runtime";
import * as enforce from "@scruple/runtime/enforce";
import { afterEach, expect, test } from "vitest";
import { hostile, hostilePolicy } from "../fixtures/hostile-policy.ts";
import { emitJavaScript } from "./emit-javascript.ts";
import { instantiate } from "./instantiate.ts";
import { interpret } from "./interpret.ts";

const ran = () => (globalThis as { scrupleRan?: boolean }).scrupleRan === true;
afterEach(() => {
  delete (globalThis as { scrupleRan?: boolean }).scrupleRan;
});

test.each(hostile)("%j is a name and a text like others", (text) => {
  const model = hostilePolicy(text);
  const name = text.replace(/[\s/.#`]/gu, "_");
  const request = {
    interaction: "i",
    operation: "use",
    data: `s.${name}`,
    purpose: name,
    channel: "c",
    subject: Object.fromEntries([[name, text]]),
    facts: Object.fromEntries([[`f${name}`, name]]),
    consents: [],
    objections: [],
  };
  const argumentsOf = Object.fromEntries([[name, text]]);
  const wanted = evaluator(model).decide(request);
  expect(wanted).toMatchObject({ decision: "allow", told: [text], duties: [{ arguments: argumentsOf }] });
  expect(instantiate(model).decide(request)).toEqual(wanted);
  expect(interpret(model).decide(request)).toEqual(wanted);

  const { code } = emitJavaScript(model);
  const body = code
    .replace(/^import (.*) from "@scruple\/runtime";$/m, "const $1 = runtime;")
    .replace(/^import (.*) from "@scruple\/runtime\/enforce";$/m, "const $1 = enforce;")
    .replace(/^export const \{ decide, policy, trace \} = core;$/m, "")
    .replace(/^export \{ factory as default, factory as [\p{ID_Continue}]+ \};$/mu, "");
  expect(body, "a module with these imports and exports, and no others").not.toMatch(/^\s*(import|export)\b/m);
  const module: runtime.Guard = new Function("runtime", "enforce", `${body}\nreturn core;`)(runtime, enforce);
  expect(module.decide(request)).toEqual(wanted);
  expect(ran()).toBe(false);
});
