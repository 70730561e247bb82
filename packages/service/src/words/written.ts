import { parse, type Range } from "@scruple/syntax";

/** A piece of source as it is written, on one line and without its comments. */
export function written(text: string, range: Range): string {
  return spaced(text, range, false);
}

/** A piece of source for another place, with its comments; only behind one that goes on to the end of its line a line ends. */
export function moved(text: string, range: Range): string {
  return spaced(text, range, true);
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
