import type { Range, SyntaxTree, Token } from "@scruple/syntax";

/** A comment, and what it says. */
export interface Comment extends Range {
  readonly words: string;
}

/** The comment at an offset. Lines of `//`, or of `///`, that stand by themselves and directly below each other are one. */
export function commentAt({ text, tokens }: SyntaxTree, offset: number): Comment | null {
  const imageOf = ({ start, end }: Token) => text.slice(start, end);
  let run: Token[] = [];
  let isOpen = false;
  for (const [place, token] of tokens.entries()) {
    if (token.type !== "comment" && token.type !== "doc") continue;
    const breaks = text.slice(tokens[place - 1]?.end ?? 0, token.start).match(/\r\n?|\n/g)?.length ?? 0;
    const before = run.at(-1);
    const goesOn = isOpen && before === tokens[place - 1] && breaks === 1 && before?.type === token.type;
    const isLine = imageOf(token).startsWith("//");
    if (!goesOn || !isLine) {
      if (isAt(run, offset)) break;
      run = [];
      isOpen = isLine && (place === 0 || breaks > 0);
    }
    run.push(token);
  }
  if (!isAt(run, offset)) return null;
  const words = run.map((token) => wordsOf(imageOf(token))).join(" ");
  return { start: run[0]!.start, end: run.at(-1)!.end, words: words.replace(/\s+/g, " ").trim() };
}

function isAt(run: readonly Token[], offset: number): boolean {
  return run.some(({ start, end }) => start <= offset && offset <= end);
}

/** Without what makes it a comment: slashes, and stars before its lines. */
function wordsOf(comment: string): string {
  if (comment.startsWith("//")) return comment.replace(/^\/+/, "");
  return comment
    .slice(2, -2)
    .replace(/^\*+|\*+$/g, "")
    .replace(/^[ \t]*\*+/gm, "");
}
