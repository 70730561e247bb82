import { expect, it } from "vitest";
import { compile } from "../compile.ts";

const text = `policy shop
use std.categories
use std.purposes
use std.recipients
use std.channels
source people provided
  collected for customer_care
  keep at most 1 year deleted by store
{
  email : email
  illness : health
}
subject { age : int 0..130 }
condition grown = subject.age > 17
interaction letter started by customer {
  purposes customer_care
  channels email
  post: allow use people.email under contract told "We write to you."
}
promise "We always write to you." {
  always allow use people.email when grown and subject.age < 10
  always allow use people.email for direct_marketing
  always allow use people.email when outbound and consent unless consent
}
`;

/** What logic has to say of promises, after edits. */
function saidOf(...texts: readonly string[]): readonly (readonly string[])[] {
  let program: ReturnType<typeof compile> | undefined;
  return texts.map((one) => {
    program = compile([{ path: "shop.scruple", text: one }], {}, program);
    return program.diagnostics
      .filter(({ code, start }) => code.startsWith("SCR4") && start > one.indexOf("promise"))
      .map(({ code, start, end }) => `${code} ${one.slice(start, end)}`);
  });
}

const never = "SCR4007 when grown and subject.age < 10";
const nothing = "SCR4001 always allow use people.email for direct_marketing";
const neither = "SCR4002 always allow use people.email when outbound and consent unless consent";

it("says after an edit what it says without one, whatever makes a line mean something", () => {
  const edited = [
    text,
    text.replace("subject.age > 17", "subject.age > 7"),
    text.replace("age < 10", "age < 20"),
    `// Lines shift.\n${text}`,
    text.replace("purposes customer_care", "purposes customer_care, direct_marketing"),
    text.replace("started by customer", "started by company").replace("unless consent", "unless subject.age > 12"),
  ];
  const said = saidOf(...edited);
  expect(said).toEqual([
    [never, nothing, neither],
    [nothing, neither],
    [nothing, neither],
    [never, nothing, neither],
    [never, neither],
    [never, nothing],
  ]);
  expect(said).toEqual(edited.map((one) => saidOf(one)[0]));
});

it("says of a promise of a used policy what it says there, and nothing where it is used", () => {
  const other = text.slice(0, text.indexOf("source")).replace("policy shop", "policy other\nuse shop");
  const files = [
    { path: "shop.scruple", text },
    { path: "other.scruple", text: `${other}interaction none { purposes customer_care channels email }` },
  ];
  const { diagnostics } = compile(files);
  const ofLogic = diagnostics.filter(({ code }) => /^SCR400[1-9]/.test(code)).map(({ file, code }) => [file, code]);
  expect(ofLogic).toEqual([
    ["other.scruple", "SCR4009"],
    ...["SCR4007", "SCR4001", "SCR4002"].map((code) => ["shop.scruple", code]),
  ]);
});

it("lets a line, or the promise, accept it", () => {
  const accepted = text
    .replace(
      "  always allow use people.email for",
      '  @accept("rule-selects-nothing", "soon")\n  always allow use people.email for',
    )
    .replace("promise", '@accept("condition-always-false", "for now")\n@accept("SCR4002", "nobody asks")\npromise');
  expect(saidOf(accepted)[0]).toEqual([]);
  const program = compile([{ path: "shop.scruple", text: accepted }]);
  expect(program.accepted("shop").map(({ reason }) => reason)).toEqual(["for now", "soon", "nobody asks"]);
  expect(program.diagnostics.filter(({ name }) => name === "unneeded-accept")).toEqual([]);
});
