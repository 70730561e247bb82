import { parse, type Range, type SyntaxTree } from "@scruple/syntax";

/** A piece of source as it is written, on one line and without its comments. */
export function written(text: string, range: Range): string {
  return spaced(text, range, false);
}

/** A piece of source for another place, with its comments; only behind one that goes on to the end of its line a line ends. */
export function moved(text: string, range: Range): string {
  return spaced(text, range, true);
}

/** The comments in a piece of source, to stand before what takes its place; "" where there are none. */
export function commentsIn({ text, tokens }: SyntaxTree, range: Range): string {
  const comments = tokens.filter(
    ({ type, start, end }) => (type === "comment" || type === "doc") && start >= range.start && end <= range.end,
  );
  return comments
    .map(({ start, end }) => text.slice(start, end))
    .map((image) => `${image}${image.startsWith("//") ? "\n" : " "}`)
    .join("");
}

function spaced(text: string, range: Range, withComments: boolean): string {
  const piece = text.slice(range.start, range.end);
  let out = "";
  let last = 0;
  let space = "";
  for (const { type, start, end } of parse(piece).tokens) {
    const isComment = type === "comment" || type === "doc";
    if (isComment && !withComments) continue;
    const image = piece.slice(start, end);
    out += (out !== "" && start > last ? space : "") + image;
    space = image.startsWith("//") ? "\n" : " ";
    last = end;
  }
  return out;
}
