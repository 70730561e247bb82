import { LineIndex, type Node, type SyntaxTree, syntaxCatalogue, walk } from "../index.ts";

/** Throws unless all is well with a tree, as it is with that of any text, however broken. */
export function expectSound({ text, file, tokens, findings }: SyntaxTree): void {
  const space = (from: number, to: number) => /^\s*$/.test(text.slice(from, to));
  let at = text.startsWith("\ufeff") ? 1 : 0;
  for (const { start, end } of tokens) {
    if (!space(at, start) || end <= start) throw new Error(`more than white space between ${at} and ${start}`);
    at = end;
  }
  if (!space(at, text.length)) throw new Error(`more than white space from ${at} on`);

  walk(file, (node: Node, parent) => {
    const outer = parent ?? { start: 0, end: text.length };
    if (!(outer.start <= node.start && node.start <= node.end && node.end <= outer.end)) {
      const around = `${parent?.kind} ${outer.start}..${outer.end}`;
      throw new Error(`${node.kind} ${node.start}..${node.end} is not within ${around}`);
    }
    if (node.kind === "name" && node.text === "" && !node.quoted && node.start !== node.end) {
      throw new Error("a missing name takes no room");
    }
    if (node.kind === "path" && node.parts.length === 0) throw new Error("a path has parts");
    if ((node.kind === "and" || node.kind === "or") && node.operands.length < 2) throw new Error("nothing is joined");
  });

  const lines = new LineIndex(text);
  let last = 0;
  for (const { code, start, end, message, fixes = [], related = [] } of findings) {
    if (!syntaxCatalogue.has(code)) throw new Error(`${code} is in no catalogue`);
    if (/undefined|NaN|null|\[object/.test(message) && !/undefined|NaN|null|\[object/.test(text))
      throw new Error(message);
    if (start < last) throw new Error("findings are out of order");
    last = start;
    const { line, column } = lines.position(start);
    if (lines.offset(line, column) !== start) throw new Error(`${start} is not at ${line}:${column}`);
    for (const range of [{ start, end }, ...related, ...fixes.flatMap(({ edits }) => edits)]) {
      if (range.start < 0 || range.end < range.start || range.end > text.length)
        throw new Error(`${code} is elsewhere`);
    }
  }
}
