import type { Range } from "@scruple/syntax";
import type * as lsp from "vscode-languageserver-types";
import { nodesAt } from "./nodes-at.ts";
import { toOffset, toRange } from "./positions.ts";
import type { Snapshot } from "./snapshot.ts";

/** For each position, what a selection grows to step by step: the word, what it is a part of, and so on up to the file. */
export function selectionRanges(
  { file }: Pick<Snapshot, "file">,
  positions: readonly lsp.Position[],
): lsp.SelectionRange[] {
  return positions.map((position) => {
    const offset = toOffset(file, position);
    const token = file.tree.tokens.find(({ start, end }) => start <= offset && offset <= end);
    const around: Range[] = [{ start: 0, end: file.text.length }, ...nodesAt(file.tree.file, offset)];
    if (token !== undefined) around.push(token);
    let selected: lsp.SelectionRange | undefined;
    let last: Range | undefined;
    for (const { start, end } of around) {
      if (last !== undefined && (start < last.start || end > last.end || end - start === last.end - last.start))
        continue;
      last = { start, end };
      selected = { range: toRange(file.lines, last), ...(selected === undefined ? {} : { parent: selected }) };
    }
    return selected!;
  });
}
