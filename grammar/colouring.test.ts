import { stdText } from "@scruple/compiler";
import { format, grammarProductions, parse } from "@scruple/syntax";
import { readCorpus } from "@scruple/testkit";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { pickFrom, RandomPolicy, spaceOut } from "../packages/syntax/src/testing/random-policy.ts";
import { loadColours, type Piece } from "./testing/colour.ts";

let colour: (text: string) => readonly Piece[];
beforeAll(async () => {
  colour = await loadColours();
});

/**
 * Of texts as the formatter lays them out. An editor's colouring sees one line at a time: what only the next line tells,
 * such as the colon after a name, it cannot know.
 */
describe("every word of a formatted policy is coloured as the parser takes it", () => {
  const programs = readCorpus().good.flatMap(({ files }) => files.map(({ path, text }) => [path, text] as const));

  test.each([...Object.entries(stdText), ...programs])("%s", (_, text) => {
    expect(words(text).filter(({ taken, coloured }) => taken !== coloured)).toEqual([]);
  });

  test("in policies of chance, in which keywords are names wherever they may be", () => {
    const texts = fc.array(fc.nat({ max: 10_000 }), { maxLength: 600, size: "max" }).map((numbers) => {
      const pick = pickFrom(numbers);
      return format(spaceOut(new RandomPolicy(pick).tokens(), pick, 0));
    });
    fc.assert(
      fc.property(texts, (text) => {
        expect(words(text).filter(({ taken, coloured }) => taken !== coloured)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test("and every keyword of the language is among them", () => {
    const taken = programs.flatMap(([, text]) => words(text)).filter(({ coloured }) => coloured === "keyword");
    const seen = new Set(taken.map(({ word }) => word));
    const labels = JSON.stringify(grammarProductions()).matchAll(/"label":"([a-z_]+)"/g);
    expect([...new Set([...labels].map(([, label]) => label as string))].filter((word) => !seen.has(word))).toEqual([]);
  });
});

/** Each line of carets names the scope of what is above it. */
const marked = {
  "literals and comments": `
/// What passengers told us.
// ^^^^^^^^^^^^^^^^^^^^^^^^^ comment.line.documentation
//// not documentation
// ^^^^^^^^^^^^^^^^^^^ comment.line.double-slash
condition a = b /* why */ != "say \\"no\\" \\q" // because
//              ^^^^^^^^^ comment.block
//                        ^^ keyword.operator.comparison
//                           ^^^^^ string.quoted.double
//                                ^^ constant.character.escape
//                                       ^^ invalid.illegal.escape
//                                           ^^^^^^^^^^ comment.line.double-slash
condition b = today <= 2026-11-21 and local_time in 22:00..06:00 or n = -5
//                     ^^^^^^^^^^ constant.numeric.date
//                                ^^^ keyword.operator.logical
//                                                  ^^^^^ constant.numeric.time
//                                                       ^^ keyword.operator.range
//                                                                      ^^ constant.numeric.integer
condition c = data.age < 30 days and member = true
//            ^^^^ variable.language
//                     ^ keyword.operator.comparison
//                          ^^^^ keyword.other.unit
//                                            ^^^^ constant.language.boolean
`,
  declarations: `
policy airline.know_me
// ^^^ keyword.declaration
//     ^^^^^^^^^^^^^^^ entity.name.namespace
@review(2026-09-01)
// <- punctuation.decorator
// ^^^^ entity.name.function.decorator
//      ^^^^^^^^^^ constant.numeric.date
category health within any special
//       ^^^^^^ entity.name.type
//              ^^^^^^ keyword.other
//                     ^^^ constant.language
//                         ^^^^^^^ keyword.other
source scores derived from bookings.meal
//            ^^^^^^^ storage.modifier.origin
//                         ^^^^^^^^ variable.other
  keep at most 30 days
//     ^^ keyword.other
{
  meal : text, health
//^^^^ variable.other.property
//       ^^^^ variable.other
}
subject {
  text : text
//^^^^ variable.other.property
//       ^^^^ support.type
  when : set of day | for
//       ^^^ support.type
//           ^^ keyword.other
//              ^^^ variable.other.enummember
//                    ^^^ variable.other.enummember
}
`,
  rules: `
use: allow use, disclose use, any
// <- entity.name.function.rule
//   ^^^^^ keyword.control
//         ^^^ support.function.operation
//              ^^^^^^^^ support.function.operation
//                       ^^^ variable.other
//                            ^^^ constant.language
    to to
//  ^^ keyword.other.clause
//     ^^ variable.other
    when consent for for and not objection
//       ^^^^^^^ keyword.other
//               ^^^ keyword.other.clause
//                   ^^^ variable.other
//                       ^^^ keyword.operator.logical
//                               ^^^^^^^^^ keyword.other
    then record(to = 1, per = day)
//       ^^^^^^ variable.other
//              ^^ variable.parameter
//                      ^^^ variable.parameter
//                            ^^^ variable.other
`,
  "names that are operators elsewhere": `
interaction in {
//          ^^ entity.name.type
  purposes or
//^^^^^^^^ keyword.other
//         ^^ variable.other
  allow use a when b in {c, d} or e = {f}
//                       ^ variable.other
//                             ^^ keyword.operator.logical
    unless g
//  ^^^^^^ keyword.other.clause
}
test "t" {
  in or for and
//^^ keyword.operator.logical
//   ^^ variable.other
//      ^^^ keyword.other.clause
//          ^^^ variable.other
  expect allow use a
//^^^^^^ keyword.control
}
`,
  "what is not finished, until the next declaration": `
source bookings provided {
  seat : seat,
purpose care
// ^^^^ keyword.declaration
//      ^^^^ entity.name.type
condition adult = subject.age >=
duty record
// <- keyword.declaration
//   ^^^^^^ entity.name.type
promise "a text without its end
test "words" { in visit for care
//^^ keyword.declaration
//   ^^^^^^^ string.quoted.double
interaction visit {
// ^^^^^^^^ keyword.declaration
//          ^^^^^ entity.name.type
  allow use
}
category
subject {
// ^^^^ keyword.declaration
`,
};

test.each(Object.entries(marked))("%s", (_, source) => {
  const scopes = scopesOf(source);
  let line = { start: 0, end: 0 };
  let offset = 0;
  for (const text of source.split("\n")) {
    const mark = /^\/\/\s*(\^+|<-) (\S+)$/.exec(text);
    if (mark?.[1] === undefined) line = { start: offset, end: offset + text.length };
    else {
      const first = mark[1] === "<-" ? 0 : text.indexOf("^");
      const last = mark[1] === "<-" ? 0 : text.lastIndexOf("^");
      const found = new Set(scopes.slice(line.start + first, line.start + last + 1));
      expect([...found], `${source.slice(line.start, line.end)}\n${text}`).toEqual([mark[2]]);
    }
    offset += text.length + 1;
  }
});

/** The scope of each UTF-16 unit. */
function scopesOf(text: string): string[] {
  const scopes = new Array<string>(text.length).fill("");
  for (const { start, end, scope } of colour(text)) scopes.fill(scope, start, end);
  return scopes;
}

/** What the parser takes each word for, and what it is coloured as. */
function words(text: string) {
  const scopes = scopesOf(text);
  return parse(text)
    .tokens.filter(({ type }) => type === "keyword" || type === "name" || type === "unit")
    .map(({ type, start, end }) => {
      const line = text.slice(text.lastIndexOf("\n", start) + 1, start);
      return { word: text.slice(start, end), taken: type, coloured: kindOf(scopes[start] ?? ""), line };
    });
}

function kindOf(scope: string): "keyword" | "name" | "unit" {
  if (scope === "keyword.other.unit") return "unit";
  return /^(keyword|storage|support|constant\.language\.boolean)/.test(scope) ? "keyword" : "name";
}
