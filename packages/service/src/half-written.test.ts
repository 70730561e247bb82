import { compile } from "@scruple/compiler";
import { LineIndex, parse } from "@scruple/syntax";
import { readCorpus } from "@scruple/testkit";
import { expect, it } from "vitest";
import { completion } from "./completion/completion.ts";
import { documentSymbols } from "./document-symbols.ts";
import { hover } from "./hover.ts";
import { toPosition } from "./positions.ts";
import { fileOf, type Snapshot } from "./snapshot.ts";
import { addresses } from "./testing/at.ts";

const corpus = readCorpus().good.flatMap(({ files }) => files.map((file) => ({ ...file, files })));

/** A file as it is when somebody has come so far with it, in the program as it was before. */
function cut({ program }: Pick<Snapshot, "program">, path: string, text: string): Snapshot {
  const tree = parse(text);
  const lines = new LineIndex(text);
  const policy = fileOf(program, path)!.policy;
  return { program, addresses, findings: () => [], file: { path, text, tree, lines, policy, std: false } };
}

it("keeps completion and outline, wherever a program is cut off", { timeout: 240_000 }, () => {
  let offered = 0;
  let places = 0;
  for (const { path, text, files } of corpus) {
    const program = compile(files);
    for (const { end } of parse(text).tokens) {
      const snapshot = cut({ program }, path, text.slice(0, end));
      const position = toPosition(snapshot.file.lines, snapshot.file.text.length);
      const { items } = completion(snapshot, position, { snippets: true });
      documentSymbols(snapshot);
      places++;
      if (items.length > 0) offered++;
    }
  }
  // Comments, texts and new names have nothing to be completed.
  expect(offered / places).toBeGreaterThan(0.5);
});

it("has help in what is half written", () => {
  for (const { path, text } of corpus.slice(0, 40)) {
    const half = text.slice(0, Math.floor(text.length / 2));
    const program = compile([{ path, text: half }]);
    const file = fileOf(program, path)!;
    const snapshot = { program, file, addresses, findings: () => program.checks };
    for (let offset = 0; offset < half.length; offset += 37) hover(snapshot, toPosition(file.lines, offset));
    const names = documentSymbols(snapshot).map(({ name }) => name);
    const declared = [...half.matchAll(/^(?:category|source|purpose|interaction) (\w+)/gm)].map(([, name]) => name);
    expect(names).toEqual(expect.arrayContaining(declared));
  }
});
