import { applyEdits } from "@scruple/syntax";
import { expect, it } from "vitest";
import { compile } from "../compile.ts";
import { spell, spellRulePath } from "./spelling.ts";

const shop = `policy shop
use std.channels
use std.purposes
use std.recipients
category thing precision exact, \`not\`
source s provided {
  x : thing
}
subject {
  size : small | \`true\` | \`not\`
}
facts {
  \`false\` : bool
  \`and\` : bool
}
duty tell(\`within\` : duration)
`;

/** A mistake, and what its only fix makes of it. */
function fixed(rule: string): string {
  const { diagnostics } = compile([{ path: "shop.scruple", text: `${shop}${rule}` }]);
  const [error, ...others] = diagnostics.filter(({ severity }) => severity === "error");
  expect(others).toEqual([]);
  expect(error!.fixes).toHaveLength(1);
  const text = applyEdits(`${shop}${rule}`, error!.fixes[0]!.edits);
  expect(compile([{ path: "shop.scruple", text }]).diagnostics.filter(({ severity }) => severity === "error")).toEqual(
    [],
  );
  return text.slice(shop.length);
}

it.each([
  ["r: deny use s when falze", "r: deny use s when `false`"],
  ["r: deny use s when not ands", "r: deny use s when not `and`"],
  ["r: deny use s when subject.size = trues", "r: deny use s when subject.size = `true`"],
  ['r: deny use s when subject.size = "true"', "r: deny use s when subject.size = `true`"],
  ["r: deny use s at nott", "r: deny use s at `not`"],
])("a fix writes a name that is spelt like a keyword between backticks (%s)", (wrong, right) => {
  expect(fixed(wrong)).toBe(right);
});

it("a fix writes a duty's parameter as a name", () => {
  const interaction = (name: string) => `interaction i started by company {
  purposes customer_care
  channels email
  a: allow use s under contract then tell(${name} = 1 day)
}`;
  expect(fixed(interaction("withn"))).toBe(interaction("`within`"));
});

it("writes the paths of rules as names and numbers", () => {
  expect(spellRulePath("in.to-day/i.#2")).toBe("in.`to-day`/i.#2");
  expect(spellRulePath("in/until")).toBe("`in`/`until`");
});

it("leaves bare what std has as names, and keywords beside dots", () => {
  expect(["customer", "public", "third_party", "until.when"].map(spell)).toEqual([
    ...["customer", "public", "third_party", "until.when"],
  ]);
});
