import type { Declaration, Range } from "@scruple/syntax";
import * as lsp from "vscode-languageserver-types";
import { toPosition } from "./positions.ts";
import type { Snapshot } from "./snapshot.ts";

/** What can be folded: declarations, the rules and lines in them, runs of `use`, and comments of several lines. */
export function foldingRanges({ file }: Pick<Snapshot, "file">): lsp.FoldingRange[] {
  const { lines, tree } = file;
  const found: lsp.FoldingRange[] = [];
  const fold = ({ start, end }: Range, kind?: lsp.FoldingRangeKind) => {
    const from = toPosition(lines, start).line;
    const to = toPosition(lines, end).line;
    if (to > from) found.push({ startLine: from, endLine: to, ...(kind === undefined ? {} : { kind }) });
  };
  for (const declaration of tree.file.declarations) for (const part of partsOf(declaration)) fold(part);
  for (const run of runsOf(tree.file.declarations, ({ kind }) => kind === "use"))
    fold(run, lsp.FoldingRangeKind.Imports);
  for (const run of commentsIn(file.tree.tokens, file.text)) fold(run, lsp.FoldingRangeKind.Comment);
  return found;
}

/** Where several of a kind follow each other. */
function runsOf<Part extends Range>(parts: readonly Part[], isWanted: (part: Part) => boolean): readonly Range[] {
  const runs: { start: number; end: number }[] = [];
  let isOpen = false;
  for (const part of parts) {
    const run = runs.at(-1);
    if (isWanted(part) && isOpen && run !== undefined) run.end = part.end;
    else if (isWanted(part)) runs.push({ start: part.start, end: part.end });
    isOpen = isWanted(part);
  }
  return runs;
}

/** A declaration and what is in it, each without the documentation before it. */
function partsOf(declaration: Declaration): readonly Range[] {
  const own = { start: headOf(declaration), end: declaration.end };
  if (declaration.kind !== "interaction") return [own];
  return [own, ...declaration.rules.map((rule) => ({ start: headOf(rule), end: rule.end }))];
}

function headOf({ docs, annotations, start }: Declaration): number {
  return Math.max(start, ...docs.map(({ end }) => end + 1), ...annotations.map(({ end }) => end + 1));
}

/** Comments that stand on lines directly below each other, together. */
function commentsIn(tokens: Snapshot["file"]["tree"]["tokens"], text: string): readonly Range[] {
  const runs: Range[] = [];
  for (const [place, token] of tokens.entries()) {
    if (token.type !== "comment" && token.type !== "doc") continue;
    const before = tokens[place - 1];
    const run = runs.at(-1);
    const goesOn = run !== undefined && before?.end === run.end && /^\s*$/.test(text.slice(run.end, token.start));
    const isNext = goesOn && (text.slice(run.end, token.start).match(/\r\n?|\n/g)?.length ?? 0) === 1;
    if (isNext) runs[runs.length - 1] = { start: run.start, end: token.end };
    else runs.push({ start: token.start, end: token.end });
  }
  return runs;
}
