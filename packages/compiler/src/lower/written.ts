import type { Decorated, Range, Token } from "@scruple/syntax";
import type { Unit } from "../unit.ts";

/** What is written there, without comments and decoration, and with one space wherever there is space. */
export function singleSpaced(unit: Unit, node: Range & Partial<Decorated>): string {
  const { tokens, text } = unit.tree;
  const { start } = undecorated(unit, node);
  let written = "";
  let end = start;
  for (let i = firstFrom(tokens, start); i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.start >= node.end) break;
    if (token.type === "comment" || token.type === "doc") continue;
    written += (written !== "" && token.start > end ? " " : "") + text.slice(token.start, token.end);
    end = token.end;
  }
  return written;
}

/** The range of a node without the documentation and annotations before it. */
export function undecorated(unit: Unit, node: Range & Partial<Decorated>): Range {
  const decorations = [...(node.docs ?? []), ...(node.annotations ?? [])];
  if (decorations.length === 0) return { start: node.start, end: node.end };
  const { tokens } = unit.tree;
  const after = Math.max(...decorations.map((decoration) => decoration.end));
  for (let i = firstFrom(tokens, after); i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.type === "comment" || token.type === "doc") continue;
    return token.start < node.end ? { start: token.start, end: node.end } : node;
  }
  return { start: node.start, end: node.end };
}

/** The index of the first token that starts at an offset or after it. */
function firstFrom(tokens: readonly Token[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle]!.start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
