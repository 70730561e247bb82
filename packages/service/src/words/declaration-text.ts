import { childrenOf, type Node, type Range } from "@scruple/syntax";

/** Longest declaration that is shown as a whole, in characters. */
const most = 600;

/** A declaration as it is written, without what stands before it; a long block is cut after its head. */
export function declarationText(text: string, whole: Range, name: Range): string {
  const node = whole as Partial<Node>;
  const decorations =
    "kind" in node ? childrenOf(node as Node).filter(({ kind }) => kind === "doc" || kind === "annotation") : [];
  const from = decorations.reduce((at, { end }) => Math.max(at, end), whole.start);
  const body = text.slice(from, whole.end).trim();
  if (body.length <= most) return unindent(body);
  const brace = text.indexOf("{", name.end);
  if (brace === -1 || brace > whole.end) return `${body.slice(0, most).trimEnd()} …`;
  return `${unindent(text.slice(from, brace).trim())} { … }`;
}

/** Takes away what all lines but the first are further in than the least of them. */
function unindent(source: string): string {
  const [first = "", ...rest] = source.split("\n");
  const columns = rest.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
  const least = Math.min(...columns, Number.MAX_SAFE_INTEGER);
  const last = rest.at(-1)?.trim() === "}" ? rest.at(-1)!.length - rest.at(-1)!.trimStart().length : least;
  return [first, ...rest.map((line) => line.slice(Math.min(least, last)))].join("\n");
}
