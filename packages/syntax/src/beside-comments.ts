import type { Token } from "./source-token.ts";

/** Where something ends with the comment behind it on its line; documentation belongs to what follows. */
export function behindComment(text: string, end: number): number {
  const comment = /^[ \t]*\/\/(?!\/(?!\/))[^\r\n]*/.exec(text.slice(end));
  return end + (comment?.[0].length ?? 0);
}

/** Where something starts with the comments on the lines directly above it. */
export function aboveComments(text: string, tokens: readonly Token[], at: number): number {
  let start = at;
  for (let i = tokens.findIndex((token) => token.start >= at) - 1; i >= 0; i -= 1) {
    const comment = tokens[i] as Token;
    const isNear = text.slice(comment.end, start).split("\n").length <= 2;
    const beginsLine = i === 0 || text.slice((tokens[i - 1] as Token).end, comment.start).includes("\n");
    if (comment.type !== "comment" || !isNear || !beginsLine) break;
    start = comment.start;
  }
  return start;
}
