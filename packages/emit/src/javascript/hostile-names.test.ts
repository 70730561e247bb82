import { compile } from "@scruple/compiler";
import { evaluator, type Model } from "@scruple/model";
import { afterEach, expect, test } from "vitest";
import { emitJavaScript } from "./emit-javascript.ts";
import { instantiate } from "./instantiate.ts";
import { interpret } from "./interpret.ts";

/** Each would end a string, a comment or a template, and leave a trace if what follows were run. */
const trace = "globalThis.scrupleRan=true";
const hostile = [
  `"];${trace};["`,
  `'+(${trace})+'`,
  `*/${trace};/*`,
  `\\");${trace};(\\"`,
  `\${${trace}}`,
  `\u2028${trace}\u2029`,
  `\n${trace};\n`,
  `\r${trace}\r`,
  `</script><script>${trace}</script>`,
  "__proto__",
  "constructor",
];

/** A policy in which everything that takes text says something hostile. */
function modelOf(text: string): Model {
  const quoted = JSON.stringify(text);
  // A name holds no space, slash, dot or hash.
  const name = text.replace(/[\s/.#`]/gu, "_");
  const source = `policy p.\`${name}\`
purpose \`${name}\`
recipient r
channel c reaches r
category k
source s provided { \`${name}\` : k }
/// ${text.replace(/[\n\r]/g, " ")}
subject { \`${name}\` : text }
facts { \`f${name}\` : x | \`${name}\` }
duty \`${name}\`(why : text)
interaction i started by company {
  purposes \`${name}\`
  channels c
  \`${name}\`: allow use s under contract
    when subject.\`${name}\` = ${quoted} and \`f${name}\` != x
    then \`${name}\`(why = ${quoted})
    told ${quoted}
    because ${quoted}
}
`;
  const program = compile([{ path: `policies/${name}.scruple`, text: source }]);
  const model = program.model(`p.${name}`);
  if (model === null) throw new Error(JSON.stringify(program.diagnostics.map(({ message }) => message)));
  return model;
}

const ran = () => (globalThis as { scrupleRan?: boolean }).scrupleRan === true;
afterEach(() => {
  delete (globalThis as { scrupleRan?: boolean }).scrupleRan;
});

test.each(hostile)("%j is a name and a text like others", (text) => {
  const model = modelOf(text);
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
  const wanted = evaluator(model).decide(request);
  expect(wanted).toMatchObject({ decision: "allow", told: [text], duties: [{ arguments: { why: text } }] });
  expect(instantiate(model).decide(request)).toEqual(wanted);
  expect(interpret(model).decide(request)).toEqual(wanted);

  const { code } = emitJavaScript(model);
  const body = code.replace(/^import .*$/m, "").replace(/^export const .* = guard\(/m, "return (");
  expect(body, "a module with one import and one export").not.toMatch(/^\s*(import|export)\b/m);
  new Function("guard", body)((tables: object) => tables);
  expect(ran()).toBe(false);
});
