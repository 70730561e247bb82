import { describe, expect, it } from "vitest";
import { findingLimit } from "./findings.ts";
import { parse } from "./index.ts";

const size = 6_000;
const repeated = (text: string) => text.repeat(Math.ceil(size / text.length));
/** Random bytes as a file of them would be read; the same ones each time. */
function bytes(): string {
  let state = 1;
  const codes = Array.from({ length: size }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return (state >> 12) & 0xff;
  });
  return codes.map((code) => String.fromCharCode(code)).join("");
}

const inputs: readonly (readonly [string, string])[] = [
  ...[
    "(",
    ")",
    "{",
    "}",
    "[",
    '"',
    "'",
    "`",
    "/",
    "*",
    "@",
    "#",
    "\\",
    ";",
    ",",
    ".",
    "|",
    "=",
    "-",
    "0",
    "a",
    " ",
    "\n",
  ],
  ...[
    "/*",
    "//",
    "///",
    "// a\n",
    "a.",
    "a ",
    "1-",
    "1:",
    "1.",
    "not ",
    "except ",
    "except {",
    "except { a |",
    "allow ",
  ],
  ...[
    "r: allow ",
    "r: deny use a for b, ",
    "source ",
    "source a provided {",
    "category a within b ",
    "within a ",
    "@a(",
  ],
  ...[
    'test "',
    'test "t" { given ',
    'promise "p" { never ',
    "a or ",
    "1 < ",
    "x in {",
    '\\"',
    "\0",
    "\ud800",
    "😀",
    "é",
    "\ufeff",
  ],
].map((part) => [JSON.stringify(part), repeated(part)] as const);
const starts = [
  "",
  "policy a ",
  "policy a condition c = ",
  "policy a condition c = x in {",
  "policy a r: deny use ",
  'policy a "',
];

describe("hostile text is read to its end, and little is said of it", () => {
  it.each([...inputs, ["random bytes", bytes()] as const])("%s", (_, text) => {
    for (const start of starts) {
      const { findings, file, tokens } = parse(start + text);
      expect(findings.length).toBeLessThanOrEqual(findingLimit + 1);
      expect(file.end).toBe(start.length + text.length);
      expect(tokens.length).toBeLessThanOrEqual(start.length + text.length);
    }
  });
});

it("what an endless string or comment holds is one token", () => {
  const letters = "x".repeat(5_000_000);
  for (const text of [
    `"${letters}"`,
    `"${letters}`,
    `// ${letters}`,
    `/* ${letters} */`,
    `/* ${letters}`,
    `\`${letters}\``,
  ]) {
    expect(parse(text).tokens).toHaveLength(1);
  }
});

it("a string of nothing but escapes is read without a stack", () => {
  expect(parse(`policy a condition c = x = "${"\\n".repeat(2_000_000)}"`).findings).toEqual([]);
});
