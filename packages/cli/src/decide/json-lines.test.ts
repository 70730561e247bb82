import fc from "fast-check";
import { expect, test } from "vitest";
import { jsonLines, type Line } from "./json-lines.ts";

async function* pieces(...chunks: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk as string);
}
async function collect(stream: AsyncIterable<Uint8Array>, longest = 100): Promise<Line[]> {
  const all: Line[] = [];
  for await (const lines of jsonLines(stream, longest)) all.push(...lines);
  return all;
}

test("cuts lines wherever chunks end", async () => {
  expect(await collect(pieces("on", "e\ntw", "o\n", "\nfour"))).toEqual(["one", "two", "", "four"]);
});

test("keeps empty lines wherever chunks end, but for what follows the last line feed", async () => {
  expect(await collect(pieces("\n\none\n\ntwo\n\n"))).toEqual(["", "", "one", "", "two", ""]);
  expect(await collect(pieces("\n", "\n", "one", "\n", "\n", "two\n", "\n"))).toEqual(["", "", "one", "", "two", ""]);
});

test("drops a byte order mark at the start, and leaves carriage returns to JSON", async () => {
  expect(await collect(pieces("\ufeffone\r\ntwo\r\n"))).toEqual(["one\r", "two\r"]);
});

test("puts a letter together whose bytes come in two chunks", async () => {
  const bytes = Buffer.from("größe\n");
  expect(await collect(pieces(bytes.subarray(0, 3), bytes.subarray(3)))).toEqual(["größe"]);
});

test("marks a line that is too long, wherever it stands, and goes on behind it", async () => {
  const long = "x".repeat(30);
  expect(await collect(pieces(`a\n${long}\nb\n`), 10)).toEqual(["a", { bad: "long" }, "b"]);
  expect(await collect(pieces("a\nxxxxxxx", "xxxxxxx", "xx\nb"), 10)).toEqual(["a", { bad: "long" }, "b"]);
  expect(await collect(pieces(long), 10)).toEqual([{ bad: "long" }]);
});

test("marks a line that is no UTF-8, and only that one", async () => {
  const bytes = Buffer.concat([Buffer.from("a\n"), Buffer.from([0xff, 0xfe, 0x0a]), Buffer.from("b\n")]);
  expect(await collect(pieces(bytes))).toEqual(["a", { bad: "encoding" }, "b"]);
});

test("a line with no end in sight is never held", async () => {
  async function* endless() {
    for (let i = 0; i < 1000; i++) yield Buffer.alloc(1 << 16, 0x61);
    yield Buffer.from("\nnext\n");
  }
  expect(await collect(endless(), 1 << 20)).toEqual([{ bad: "long" }, "next"]);
});

test("any text cut into any chunks gives the lines of the text", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: "grapheme" })),
      fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
      async (lines, sizes) => {
        const expected = lines.map((line) =>
          line
            .replaceAll("\n", " ")
            .replace(/^\ufeff+/, "")
            .toWellFormed(),
        );
        const bytes = Buffer.from(expected.map((line) => `${line}\n`).join(""));
        const chunks: Buffer[] = [];
        for (let at = 0; at < bytes.length; ) {
          const size = sizes.next().value as number;
          chunks.push(bytes.subarray(at, at + size));
          at += size;
        }
        expect(await collect(pieces(...chunks), 10_000)).toEqual(expected);
      },
    ),
  );
});
