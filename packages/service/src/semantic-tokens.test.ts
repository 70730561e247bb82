import { expect, it } from "vitest";
import { semanticTokens } from "./semantic-tokens.ts";
import { at, shop } from "./testing/at.ts";
import { tokenModifiers, tokenTypes } from "./traits.ts";

/** Each token as `text type.modifier`. */
function tokens(source: string, lines?: [number, number]): string[] {
  const { snapshot } = at(source);
  const range = lines && { start: { line: lines[0], character: 0 }, end: { line: lines[1], character: 0 } };
  const data = semanticTokens(snapshot, range);
  const texts = snapshot.file.text.split("\n");
  const found: string[] = [];
  let line = 0;
  let character = 0;
  for (let at = 0; at < data.length; at += 5) {
    const [down, right, length, type, bits] = data.slice(at, at + 5) as [number, number, number, number, number];
    character = down === 0 ? character + right : right;
    line += down;
    const modifiers = tokenModifiers.filter((_, bit) => bits & (1 << bit)).map((modifier) => `.${modifier}`);
    found.push(`${texts[line]!.slice(character, character + length)} ${tokenTypes[type]}${modifiers.join("")}`);
  }
  return found;
}

it("tells names by what they stand for", () => {
  expect(tokens('policy p\nuse std.purposes\n@id("x")\npurpose a within customer_care // why')).toEqual([
    ...["policy keyword", "p namespace.declaration", "use keyword", "std namespace.defaultLibrary"],
    ...["purposes namespace.defaultLibrary", "id decorator", '"x" string', "purpose keyword", "a enum.declaration"],
    ...["within keyword", "customer_care enum.defaultLibrary", "// why comment"],
  ]);
});

it("knows values, parameters and rules", () => {
  const found = tokens(
    `${shop}\nr: allow use orders.size when subject.region = eu then record_contact(within = 1 day)`,
  );
  expect(found.slice(-15)).toEqual([
    ...["r method.declaration", "allow keyword", "use keyword", "orders struct", "size property", "when keyword"],
    ...[
      "region property",
      "= operator",
      "eu enumMember",
      "then keyword",
      "record_contact function",
      "within parameter",
    ],
    ...["= operator", "1 number", "day keyword"],
  ]);
});

it("splits what goes over several lines", () => {
  expect(tokens("policy p\n/* one\r\ntwo */")).toEqual([
    "policy keyword",
    "p namespace.declaration",
    "/* one comment",
    "two */ comment",
  ]);
});

it("gives the tokens of a range alone", () => {
  expect(tokens("policy p\npurpose a\npurpose b\n", [1, 2])).toEqual([
    "purpose keyword",
    "a enum.declaration",
    "purpose keyword",
  ]);
});
