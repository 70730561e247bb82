import { readCorpus, readMarked } from "@scruple/testkit";
import { describe, expect, test } from "vitest";
import { format, parse, type SyntaxTree, stripRanges } from "./index.ts";
import { expectSound } from "./testing/expect-sound.ts";

const { good, format: layouts, bad, bytes } = readCorpus();
const goodFiles = good.flatMap(({ name, files }) => files.map(({ path, text }) => [`${name}: ${path}`, text] as const));
const badFiles = bad.flatMap(({ name, source }) =>
  readMarked(source).files.map(({ path, text }) => [`${name}: ${path}`, text] as const),
);

describe("good programs are in canonical layout", () => {
  test.each(goodFiles)("%s", (_, text) => {
    const tree = parse(text);
    expect(tree.findings).toEqual([]);
    expectSound(tree);
    expect(format(tree)).toBe(text);
  });
});

describe("layout", () => {
  test.each(layouts.map(({ name, input, output }) => [name, input, output] as const))("%s", (_, input, output) => {
    expect(format(input)).toBe(output);
    expect(format(output), "once is enough").toBe(output);
    expect(images(parse(output))).toEqual(images(parse(input)));
    expect(stripRanges(parse(output).file)).toEqual(stripRanges(parse(input).file));
  });
});

test("bad programs and bytes have sound trees, and stay as they are where they cannot be read", () => {
  const texts = [...badFiles.map(([, text]) => text), ...bytes.map(({ file }) => decode(file.text))];
  for (const text of texts) checkAny(text);
});

describe("programs that lost, gained or swapped a token", () => {
  const words = ["for", "{", "}", "(", "except", "not", ",", '"', "3", "/*", "any", "|", "@", ":", "policy"];
  const mutations: readonly ((text: string, tree: SyntaxTree, at: number) => string)[] = [
    (text, { tokens }, at) => text.slice(0, tokens[at]!.start) + text.slice(tokens[at]!.end),
    (text, { tokens }, at) => text.slice(0, tokens[at]!.end) + text.slice(tokens[at]!.start),
    (text, { tokens }, at) => {
      const [one, other] = [tokens[at]!, tokens[at + 1] ?? tokens[at]!];
      const swapped = text.slice(other.start, other.end) + text.slice(one.end, other.start);
      return text.slice(0, one.start) + swapped + text.slice(one.start, one.end) + text.slice(other.end);
    },
    (text, { tokens }, at) =>
      `${text.slice(0, tokens[at]!.start)}${words[at % words.length]} ${text.slice(tokens[at]!.start)}`,
    (text, { tokens }, at) => text.slice(0, tokens[at]!.end),
  ];
  // At every other token one mutation. The next program begins elsewhere, so that each mutation meets every construct.
  const step = 2 * mutations.length;
  const programs = [...goodFiles, ...badFiles].map(([name, text], start) => [name, text, start] as const);

  test.each([...mutations.keys()])("keep a sound tree (%i)", (turn) => {
    for (const [name, text, start] of programs) {
      const tree = parse(text);
      for (let at = (2 * turn + start) % step; at < tree.tokens.length; at += step) {
        const mutated = mutations[(at + start) % mutations.length]!(text, tree, at);
        try {
          checkAny(mutated);
        } catch (error) {
          throw new Error(`${name}, at token ${at}:\n${mutated}`, { cause: error });
        }
      }
    }
  });
});

/** What holds of every text. */
function checkAny(text: string): void {
  const tree = parse(text);
  expectSound(tree);
  const formatted = format(tree);
  if (tree.findings.length > 0) expect(formatted).toBe(text);
  if (formatted === text) return;
  const again = parse(formatted);
  expect(stripRanges(again.file)).toEqual(stripRanges(tree.file));
  expect(format(again)).toBe(formatted);
}

/** Every token, comments included, as written. */
function images({ text, tokens }: SyntaxTree): readonly string[] {
  return tokens.map(({ start, end }) => text.slice(start, end).replace(/\r\n?/g, "\n"));
}

function decode(text: string | Uint8Array): string {
  return typeof text === "string" ? text : new TextDecoder("utf-8", { ignoreBOM: true }).decode(text);
}
